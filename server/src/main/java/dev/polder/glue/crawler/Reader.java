package dev.polder.glue.crawler;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How Hive, Athena and Spark read a format: the SerDe with its parameters and the file formats
/// that real crawlers write.
public record Reader(
    String serde, Map<String, String> parameters, String inputFormat, String outputFormat) {
  private static final String TEXT_IN = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TEXT_OUT =
      "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
  private static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.";

  /// The reader of a format.
  ///
  /// @param paths the top-level names of JSON records
  public static Reader of(Format format, List<String> paths) {
    return switch (format.classification()) {
      case "parquet" ->
          new Reader(
              PARQUET + "serde.ParquetHiveSerDe",
              Map.of("serialization.format", "1"),
              PARQUET + "MapredParquetInputFormat",
              PARQUET + "MapredParquetOutputFormat");
      case "json" ->
          new Reader(
              "org.openx.data.jsonserde.JsonSerDe",
              Map.of("paths", String.join(",", paths.stream().sorted().toList())),
              TEXT_IN,
              TEXT_OUT);
      default -> csv(format);
    };
  }

  private static Reader csv(Format format) {
    String delimiter = format.traits().getOrDefault("delimiter", ",");
    Map<String, String> parameters = new TreeMap<>();
    String serde = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    if ("OpenCSVSerDe".equals(format.traits().get("customSerde"))) {
      serde = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
      parameters.put("quoteChar", format.traits().getOrDefault("quoteChar", "\""));
      parameters.put("separatorChar", delimiter);
      parameters.put("serialization.format", "1");
    } else {
      parameters.put("field.delim", delimiter);
    }
    return new Reader(serde, parameters, TEXT_IN, TEXT_OUT);
  }
}
