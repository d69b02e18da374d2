package dev.polder.athena;

import dev.polder.athena.PublishIntent.NewTable;
import dev.polder.athena.sql.Ddl;
import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.athena.sql.SqlFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/// Tables as the catalogue takes them.
final class TableInputs {
  private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TEXT_OUTPUT =
      "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
  private static final String PARQUET_INPUT =
      "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
  private static final String PARQUET_OUTPUT =
      "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";

  private TableInputs() {}

  /// How a format is stored.
  private record Storage(String serde, String input, String output) {}

  private static Storage storage(String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "parquet" -> new Storage(TableFormats.PARQUET, PARQUET_INPUT, PARQUET_OUTPUT);
      case "json" -> new Storage(TableFormats.OPENX, TEXT_INPUT, TEXT_OUTPUT);
      case "textfile" -> new Storage(TableFormats.LAZY, TEXT_INPUT, TEXT_OUTPUT);
      case "orc" ->
          new Storage(
              "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
              "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
              "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat");
      case "avro" ->
          new Storage(
              "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
              "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
              "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat");
      default ->
          throw new SqlFailure(
              "",
              "FAILED: SemanticException Unrecognized file format in STORED AS clause: '"
                  + format
                  + "'");
    };
  }

  static TableInput of(String name, NewTable t) {
    Storage storage = storage(t.format());
    Map<String, String> serde = new LinkedHashMap<>();
    if (t.format().equals("textfile")) {
      serde.put("field.delim", t.delimiter());
      serde.put("serialization.format", t.delimiter());
    } else {
      serde.put("serialization.format", "1");
    }
    Map<String, String> parameters = new LinkedHashMap<>(t.properties());
    parameters.put("EXTERNAL", "TRUE");
    return table(name, t.comment(), parameters, t.keys())
        .storageDescriptor(descriptor(t.columns(), t.location(), storage, serde))
        .build();
  }

  static TableInput of(Ddl.CreateTable t) {
    boolean text =
        t.storedAs() == null && t.inputFormat() == null || "textfile".equals(t.storedAs());
    Storage base = storage(t.storedAs() == null ? "textfile" : t.storedAs());
    Map<String, String> serde = new LinkedHashMap<>(t.delimiters());
    serde.putAll(t.serdeProperties());
    serde.putIfAbsent("serialization.format", "1");
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("EXTERNAL", "TRUE");
    parameters.putAll(t.properties());
    String library =
        t.serde() != null
            ? t.serde()
            : text || t.inputFormat() == null ? base.serde() : library(t.inputFormat());
    var storage =
        new Storage(
            library,
            t.inputFormat() == null ? base.input() : t.inputFormat(),
            t.outputFormat() == null ? base.output() : t.outputFormat());
    return table(t.table().name(), t.comment(), parameters, t.keys())
        .storageDescriptor(descriptor(t.columns(), t.location(), storage, serde))
        .build();
  }

  private static String library(@Nullable String inputFormat) {
    return PARQUET_INPUT.equals(inputFormat) ? TableFormats.PARQUET : TableFormats.LAZY;
  }

  private static TableInput.Builder table(
      String name,
      @Nullable String comment,
      Map<String, String> parameters,
      List<ColumnDefinition> keys) {
    return TableInput.builder()
        .name(name)
        .description(comment)
        .tableType("EXTERNAL_TABLE")
        .parameters(parameters)
        .partitionKeys(columns(keys));
  }

  private static StorageDescriptor descriptor(
      List<ColumnDefinition> columns,
      @Nullable String location,
      Storage storage,
      Map<String, String> serde) {
    return StorageDescriptor.builder()
        .columns(columns(columns))
        .location(location)
        .inputFormat(storage.input())
        .outputFormat(storage.output())
        .compressed(false)
        .numberOfBuckets(-1)
        .serdeInfo(
            SerDeInfo.builder().serializationLibrary(storage.serde()).parameters(serde).build())
        .bucketColumns(List.of())
        .sortColumns(List.of())
        .storedAsSubDirectories(false)
        .build();
  }

  static List<Column> columns(List<ColumnDefinition> columns) {
    return columns.stream()
        .map(c -> Column.builder().name(c.name()).type(c.type()).comment(c.comment()).build())
        .toList();
  }
}
