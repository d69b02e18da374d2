package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Separated values; see https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html, section
/// "Built-in CSV classifier", and custom-classifier.html.
public final class CsvClassifier implements Classifier {
  private static final char[] DELIMITERS = {',', '|', '\t', ';', '\u0001'};
  private static final int HEADER = 150;
  private static final double REGULAR = 0.9;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern FRACTION =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COLUMN = Pattern.compile("[^\\p{Cc}]+");

  /// Whether the first row holds the names.
  public enum Header {
    UNKNOWN,
    PRESENT,
    ABSENT
  }

  /// The reader that tables get.
  public enum SerDe {
    LAZY_SIMPLE,
    OPEN_CSV
  }

  /// How a custom classifier reads.
  ///
  /// @param delimiter null for any of the built-in ones
  /// @param quote null for `"`
  /// @param names of the columns; empty to take them from the file
  /// @param types of the columns in order; empty to infer them
  /// @param trims whether values are trimmed before their types are told
  /// @param singleColumn whether one column is enough
  public record Options(
      @Nullable Character delimiter,
      @Nullable Character quote,
      Header header,
      List<String> names,
      List<String> types,
      boolean trims,
      boolean singleColumn,
      SerDe serde) {
    public Options {
      names = List.copyOf(names);
      types = List.copyOf(types);
    }
  }

  private static final Options BUILT_IN =
      new Options(null, null, Header.UNKNOWN, List.of(), List.of(), true, false, SerDe.LAZY_SIMPLE);

  private final Options options;

  private CsvClassifier(Options options) {
    this.options = options;
  }

  public static Classifier builtIn() {
    return new CsvClassifier(BUILT_IN);
  }

  public static Classifier of(Options options) {
    return new CsvClassifier(options);
  }

  @Override
  public Finding classify(Source source) throws IOException {
    Source.Head head = source.head(SAMPLE);
    String text = new String(head.bytes(), UTF_8);
    if (text.indexOf('\0') >= 0) {
      return Finding.OTHER;
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    char quote = options.quote() == null ? '"' : options.quote();
    Rows best = null;
    Character given = options.delimiter();
    for (char delimiter : given == null ? DELIMITERS : new char[] {given}) {
      Rows rows = rows(CsvRows.read(plain, delimiter, quote, head.whole()), delimiter);
      if (rows != null && (best == null || rows.regularity > best.regularity)) {
        best = rows;
      }
    }
    return best == null ? Finding.OTHER : finding(source, head, best, quote);
  }

  /// Rows that are regular enough to be a table.
  ///
  /// @param regularity the share of rows that have as many values as the first
  private record Rows(List<List<String>> rows, char delimiter, double regularity) {
    int width() {
      return rows.getFirst().size();
    }
  }

  private @Nullable Rows rows(List<List<String>> rows, char delimiter) {
    boolean single = options.singleColumn();
    if (rows.size() < 2 && !(options != BUILT_IN && rows.size() == 1)) {
      return null;
    }
    int width = rows.getFirst().size();
    long same = rows.stream().filter(row -> row.size() == width).count();
    double regularity = (double) same / rows.size();
    return width < (single ? 1 : 2) || regularity < REGULAR
        ? null
        : new Rows(rows, delimiter, regularity);
  }

  private Finding finding(Source source, Source.Head head, Rows rows, char quote) {
    boolean header =
        switch (options.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case UNKNOWN -> hasHeader(rows);
        };
    List<List<String>> data = header ? rows.rows().subList(1, rows.rows().size()) : rows.rows();
    List<HiveType> types = types(data, rows.width());
    Schema schema = schema(names(rows, header), types);
    boolean all = head.whole() && rows.rows().size() <= RECORDS;
    long size = Math.max(1, bytes(rows.rows()) / rows.rows().size());
    long records = all ? data.size() : Math.max(data.size(), source.size() / size);
    return new Finding.Recognised(
        new Format("csv", source.compression(), traits(rows.delimiter(), quote, header)),
        schema,
        records,
        size,
        List.of(),
        List.of());
  }

  private static long bytes(List<List<String>> rows) {
    long bytes = 0;
    for (List<String> row : rows) {
      for (String value : row) {
        bytes += value.length() + 1;
      }
    }
    return bytes;
  }

  private Map<String, String> traits(char delimiter, char quote, boolean header) {
    Map<String, String> traits = new TreeMap<>();
    traits.put("delimiter", String.valueOf(delimiter));
    traits.put("columnsOrdered", "true");
    boolean open = options.serde() == SerDe.OPEN_CSV;
    traits.put("areColumnsQuoted", Boolean.toString(open));
    if (open) {
      traits.put("customSerde", "OpenCSVSerDe");
      traits.put("quoteChar", String.valueOf(quote));
    }
    if (header) {
      traits.put("skip.header.line.count", "1");
    }
    return traits;
  }

  /// Every name must be a text of fewer than 150 characters that can name a column, save that the
  /// last may be empty, and some row below must hold something else than text.
  private boolean hasHeader(Rows rows) {
    List<String> first = rows.rows().getFirst();
    for (int i = 0; i < first.size(); i++) {
      String name = first.get(i).strip();
      boolean last = i == first.size() - 1;
      if (last && name.isEmpty()) {
        continue;
      }
      boolean text = type(name).equals(HiveType.STRING);
      if (!text || !COLUMN.matcher(name).matches() || (!last && name.length() >= HEADER)) {
        return false;
      }
    }
    List<List<String>> data = rows.rows().subList(1, rows.rows().size());
    return data.stream()
        .flatMap(List::stream)
        .map(this::type)
        .anyMatch(type -> !type.equals(HiveType.STRING) && !type.equals(HiveType.UNSEEN));
  }

  private List<String> names(Rows rows, boolean header) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.width(); i++) {
      String name = "";
      if (i < options.names().size()) {
        name = options.names().get(i);
      } else if (header && options.names().isEmpty()) {
        name = rows.rows().getFirst().get(i).strip();
      }
      names.add(name.isEmpty() ? "col" + i : name.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /// Columns of equal names are told apart by a number.
  private static Schema schema(List<String> names, List<HiveType> types) {
    Map<String, HiveType> columns = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      while (columns.containsKey(name)) {
        name = names.get(i) + "_" + seen.merge(names.get(i), 1, Integer::sum);
      }
      columns.put(name, types.get(i));
    }
    return Schema.of(columns);
  }

  private List<HiveType> types(List<List<String>> rows, int width) {
    List<HiveType> types = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (i < options.types().size()) {
        types.add(HiveType.parse(options.types().get(i).toLowerCase(Locale.ROOT)));
        continue;
      }
      HiveType type = HiveType.UNSEEN;
      for (List<String> row : rows) {
        if (i < row.size() && !type.equals(HiveType.STRING)) {
          type = type.merge(type(row.get(i)));
        }
      }
      types.add(type);
    }
    return types;
  }

  private HiveType type(String value) {
    String text = options.trims() ? value.strip() : value;
    if (text.isEmpty()) {
      return HiveType.UNSEEN;
    }
    if (WHOLE.matcher(text).matches()) {
      return HiveType.BIGINT;
    }
    if (FRACTION.matcher(text).matches()) {
      return HiveType.DOUBLE;
    }
    boolean bool = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return bool ? HiveType.BOOLEAN : HiveType.STRING;
  }
}
