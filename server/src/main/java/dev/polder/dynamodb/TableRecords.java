package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.item.Type;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tables as they are stored.
final class TableRecords {
  private TableRecords() {}

  static byte[] write(Table table) {
    return JsonObject.bytes(members(table));
  }

  static Map<String, @Nullable Object> members(Table table) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", table.name());
    out.put("id", table.id());
    out.put("created", table.created().toString());
    out.put("key", key(table.key()));
    Map<String, String> types = new LinkedHashMap<>();
    table.attributes().forEach((name, type) -> types.put(name, type.name()));
    out.put("attributes", types);
    out.put("indexes", table.indexes().stream().map(TableRecords::index).toList());
    out.put("nextIndex", table.nextIndex());
    out.put("onDemand", table.billing().onDemand());
    out.put("onDemandSince", text(table.billing().onDemandSince()));
    out.put("throughput", throughput(table.billing().throughput()));
    TableStream stream = table.stream();
    if (stream != null) {
      out.put(
          "stream",
          Map.of("label", stream.label(), "view", stream.view().name(), "open", stream.open()));
    }
    Table.TimeToLive timeToLive = table.timeToLive();
    if (timeToLive != null) {
      out.put(
          "timeToLive", Map.of("attribute", timeToLive.attribute(), "filled", timeToLive.filled()));
    }
    Table.Recovery recovery = table.recovery();
    if (recovery != null) {
      out.put("recovery", Map.of("since", recovery.since().toString(), "days", recovery.days()));
    }
    out.put("protected", table.settings().deletionProtected());
    out.put("class", table.settings().tableClass());
    out.put("encryptionKey", table.settings().encryptionKey());
    return out;
  }

  static Table read(Scope scope, byte[] stored) {
    return read(scope, JsonObject.of(stored));
  }

  static Table read(Scope scope, JsonObject in) {
    Map<String, Type> types = new LinkedHashMap<>();
    in.texts("attributes").forEach((name, type) -> types.put(name, Type.valueOf(type)));
    KeySchema key = key(in.list("key"), types);
    List<Index> indexes = new ArrayList<>();
    in.objects("indexes").forEach(index -> indexes.add(index(index, types, key.names())));
    return new Table(
        scope,
        in.text("name"),
        in.text("id"),
        Instant.parse(in.text("created")),
        key,
        types,
        indexes,
        in.number("nextIndex"),
        billing(in),
        in.has("stream") ? stream(in.object("stream")) : null,
        in.has("timeToLive") ? timeToLive(in.object("timeToLive")) : null,
        in.has("recovery") ? recovery(in.object("recovery")) : null,
        new Table.Settings(
            in.flag("protected"), in.optionalText("class"), in.optionalText("encryptionKey")));
  }

  /// Records without `onDemand` are of tables whose moment says it: that of others was not kept.
  private static Table.Billing billing(JsonObject in) {
    Instant since = instant(in, "onDemandSince");
    return new Table.Billing(
        in.has("onDemand") ? in.flag("onDemand") : since != null,
        since,
        throughput(in.object("throughput")));
  }

  private static Table.TimeToLive timeToLive(JsonObject in) {
    return new Table.TimeToLive(in.text("attribute"), in.flag("filled"));
  }

  private static Table.Recovery recovery(JsonObject in) {
    return new Table.Recovery(in.instant("since"), in.whole("days"));
  }

  private static TableStream stream(JsonObject in) {
    return new TableStream(in.text("label"), StreamView.valueOf(in.text("view")), in.flag("open"));
  }

  private static List<String> key(KeySchema key) {
    return key.names();
  }

  private static KeySchema key(List<String> names, Map<String, Type> types) {
    return new KeySchema(
        attribute(names.getFirst(), types),
        names.size() == 1 ? null : attribute(names.get(1), types));
  }

  private static KeyAttribute attribute(String name, Map<String, Type> types) {
    return new KeyAttribute(name, Objects.requireNonNull(types.get(name), name));
  }

  private static Map<String, @Nullable Object> index(Index index) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("number", index.number());
    out.put("name", index.name());
    out.put("kind", index.kind().name());
    out.put("key", key(index.key()));
    out.put("projection", index.projection().kind().name());
    out.put("included", index.projection().included());
    out.put("throughput", throughput(index.throughput()));
    out.put("filled", index.filled());
    return out;
  }

  private static Index index(JsonObject in, Map<String, Type> types, List<String> tableKey) {
    return new Index(
        in.number("number"),
        in.text("name"),
        Index.Kind.valueOf(in.text("kind")),
        key(in.list("key"), types),
        tableKey,
        new IndexProjection(
            IndexProjection.Kind.valueOf(in.text("projection")), in.list("included")),
        throughput(in.object("throughput")),
        in.flag("filled"));
  }

  private static Map<String, @Nullable Object> throughput(Throughput throughput) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("read", throughput.read());
    out.put("write", throughput.write());
    out.put("increased", text(throughput.increased()));
    out.put("decreased", text(throughput.decreased()));
    out.put("decreases", throughput.decreases());
    out.put("mostReads", throughput.ceilings().reads());
    out.put("mostWrites", throughput.ceilings().writes());
    return out;
  }

  private static Throughput throughput(JsonObject in) {
    return new Throughput(
        in.number("read"),
        in.number("write"),
        instant(in, "increased"),
        instant(in, "decreased"),
        in.has("decreases") ? in.number("decreases") : 0,
        new Ceilings(optional(in, "mostReads"), optional(in, "mostWrites")));
  }

  private static @Nullable Long optional(JsonObject in, String name) {
    return in.has(name) ? in.number(name) : null;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable Instant instant(JsonObject in, String name) {
    String text = in.optionalText(name);
    return text == null ? null : Instant.parse(text);
  }
}
