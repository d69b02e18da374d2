package dev.polder.glue.crawler;

import dev.polder.glue.crawler.JsonScanner.CutShort;
import dev.polder.glue.crawler.JsonScanner.NotJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// JSON: objects one after the other, on lines or not, or one array. Without a path, an array at
/// the top is one column named `array`.
///
/// The sample grows from 1 MB to 10 MB until it holds a whole record.
public final class JsonClassifier implements Classifier {
  private static final int LARGEST = 10 << 20;

  private final JsonPath path;

  private JsonClassifier(JsonPath path) {
    this.path = path;
  }

  /// The built-in one.
  public static Classifier builtIn() {
    return new JsonClassifier(new JsonPath(List.of()));
  }

  /// A custom one.
  public static Classifier of(JsonPath path) {
    return new JsonClassifier(path);
  }

  @Override
  public Finding classify(Source source) throws IOException {
    for (int most = SAMPLE; ; most += SAMPLE) {
      Source.Head head = source.head(most);
      var sample = new Sample(head);
      if (!sample.looksLikeJson()) {
        return Finding.OTHER;
      }
      sample.read();
      if (sample.records > 0) {
        return sample.finding(source);
      }
      if (head.whole() || most >= LARGEST) {
        return sample.bad > 0
            ? Finding.OTHER
            : new Finding.Unrecognised(
                "no whole JSON record in the first " + head.bytes().length + " bytes");
      }
    }
  }

  /// What one sample of a file gives.
  private final class Sample {
    private final Source.Head head;
    private final JsonScanner scanner;
    private final Map<String, TypeTally> fields = new LinkedHashMap<>();
    private long records;
    private int bad;
    private boolean cut;

    Sample(Source.Head head) {
      this.head = head;
      this.scanner = new JsonScanner(head.bytes());
    }

    boolean looksLikeJson() {
      try {
        byte first = scanner.peek();
        return first == '{' || first == '[';
      } catch (CutShort empty) {
        return false;
      }
    }

    void read() {
      while (records < RECORDS && !cut && !scanner.atEnd()) {
        try {
          select(0);
        } catch (CutShort e) {
          cut = true;
        } catch (NotJson e) {
          bad++;
          scanner.reset();
          cut = records == 0 || !scanner.skipLine();
        }
      }
    }

    /// Walks to what the path selects, and gathers each object there as a record.
    private void select(int step) throws CutShort, NotJson {
      if (step == path.steps().size()) {
        record();
        return;
      }
      switch (path.steps().get(step)) {
        case JsonPath.Step.Member(String name) -> member(name, step + 1);
        case JsonPath.Step.Elements() -> {
          if (scanner.peek() != '[') {
            scanner.value(new TypeTally());
            return;
          }
          scanner.beginArray();
          while (records < RECORDS && scanner.nextElement()) {
            select(step + 1);
          }
          cut = records >= RECORDS;
        }
      }
    }

    private void member(String name, int step) throws CutShort, NotJson {
      if (scanner.peek() != '{') {
        scanner.value(new TypeTally());
        return;
      }
      scanner.beginObject();
      for (String each = scanner.nextName(); each != null; each = scanner.nextName()) {
        if (each.equals(name)) {
          select(step);
        } else {
          scanner.value(new TypeTally());
        }
      }
    }

    private void record() throws CutShort, NotJson {
      if (scanner.peek() == '{') {
        scanner.object(fields);
        records++;
        return;
      }
      if (scanner.peek() != '[') {
        throw NotJson.INSTANCE;
      }
      TypeTally element = fields.computeIfAbsent("array", _ -> new TypeTally()).element();
      scanner.beginArray();
      while (records < RECORDS && scanner.nextElement()) {
        scanner.value(element);
        records++;
      }
      cut = records >= RECORDS;
    }

    Finding finding(Source source) {
      Map<String, HiveType> types = new LinkedHashMap<>();
      fields.forEach((name, tally) ->
          types.merge(name.toLowerCase(Locale.ROOT), tally.type(), HiveType::merge));
      long read = Math.max(1, scanner.position());
      long size = Math.max(1, Math.round((double) read / records));
      long estimate = Math.round((double) source.size() * records / read);
      boolean all = head.whole() && !cut && scanner.atEnd();
      List<String> warnings = new ArrayList<>();
      if (bad > 0) {
        warnings.add(bad + " malformed JSON records were passed over");
      }
      if (cut && head.whole() && records < RECORDS) {
        warnings.add("the last JSON record is cut short");
      }
      return new Finding.Recognised(
          Format.of("json", source.compression()),
          Schema.of(types),
          all ? records : Math.max(records, estimate),
          size,
          List.copyOf(fields.keySet()),
          warnings);
    }
  }
}
