package dev.polder.stepfunctions.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries of one turn as bytes, which is how the log is stored.
final class LogCodec {
  private LogCodec() {}

  static byte[] write(List<Entry> entries) {
    Bytes out = Bytes.empty();
    for (Entry entry : entries) {
      write(out, entry);
    }
    return out.written();
  }

  static List<Entry> read(byte[] bytes) {
    Bytes in = Bytes.of(bytes);
    List<Entry> entries = new ArrayList<>();
    while (in.hasMore()) {
      entries.add(entry(in));
    }
    return entries;
  }

  private static void write(Bytes out, Entry entry) {
    switch (entry) {
      case Entry.HistoryEvent e -> {
        out.number(0)
            .number(e.branch())
            .number(e.id())
            .number(e.previous())
            .number(e.time())
            .text(e.type().name());
        DetailCodec.write(out, e.detail());
      }
      case Entry.Forked e -> out.number(1).number(e.branch()).number(e.total()).number(e.limit());
      case Entry.Opened e -> {
        out.number(2)
            .number(e.branch())
            .number(e.parent())
            .number(e.index())
            .number(e.chain())
            .payload(e.input());
        write(out, e.item(), e.input());
      }
      case Entry.Closed e -> out.number(3).number(e.branch()).payload(e.output());
      case Entry.Dropped e -> out.number(4).number(e.branch());
      case Entry.Chained e -> out.number(5).number(e.branch()).number(e.chain());
      case Entry.Stands e -> {
        out.number(6).number(e.branch());
        StandingCodec.write(out, e.standing());
      }
      case Entry.Retried e ->
          out.number(7).number(e.branch()).number(e.retrier()).number(e.until());
      case Entry.Redone e -> out.number(8).number(e.branch());
    }
  }

  private static Entry entry(Bytes in) {
    int kind = in.small();
    int branch = in.small();
    return switch (kind) {
      case 0 ->
          new Entry.HistoryEvent(
              in.number(),
              in.number(),
              in.number(),
              EventType.valueOf(in.text()),
              branch,
              DetailCodec.read(in));
      case 1 -> new Entry.Forked(branch, in.small(), in.small());
      case 2 -> opened(branch, in);
      case 3 -> new Entry.Closed(branch, in.payload());
      case 4 -> new Entry.Dropped(branch);
      case 5 -> new Entry.Chained(branch, in.number());
      case 6 -> new Entry.Stands(branch, StandingCodec.read(in));
      case 7 -> new Entry.Retried(branch, in.small(), in.number());
      case 8 -> new Entry.Redone(branch);
      default -> throw new IllegalStateException("No kind of entry has the number " + kind);
    };
  }

  private static Entry opened(int branch, Bytes in) {
    int parent = in.small();
    int index = in.small();
    long chain = in.number();
    Payload input = in.payload();
    return new Entry.Opened(branch, parent, index, chain, input, item(in, input));
  }

  /// An item, whose value is left out where it is the iteration's input.
  static void write(Bytes out, Entry.@Nullable Item item, @Nullable Payload input) {
    if (item == null) {
      out.number(-1);
      return;
    }
    out.number(item.index());
    out.payload(item.value() == input ? null : item.value());
    out.text(item.key()).text(item.source());
  }

  static Entry.@Nullable Item item(Bytes in, Payload input) {
    int index = in.small();
    if (index < 0) {
      return null;
    }
    Payload value = in.optionalPayload();
    return new Entry.Item(
        index, value == null ? input : value, in.optionalText(), in.optionalText());
  }
}
