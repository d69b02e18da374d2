package dev.polder.glue;

import dev.polder.glue.crawler.Folder;
import dev.polder.glue.crawler.Format;
import dev.polder.glue.crawler.FoundTable;
import dev.polder.glue.crawler.FoundTable.FoundPartition;
import dev.polder.glue.crawler.Reader;
import dev.polder.glue.crawler.Schema;
import dev.polder.glue.crawler.Totals;
import dev.polder.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/// What a crawler writes into the catalogue, member for member as the real one does (recorded).
///
/// @param crawler its name
/// @param crawlId of this run
/// @param now when the crawl writes
/// @param exclusions of the target
record CrawlerInputs(String crawler, String crawlId, Instant now, List<String> exclusions) {
  /// The mark of this run, which alone is no change.
  static final String RUN = "CRAWL_RUN_ID";

  static final String UPDATED_BY = "UPDATED_BY_CRAWLER";
  static final String DEPRECATED_BY = "DEPRECATED_BY_CRAWLER";

  /// A table as the crawl found it.
  ///
  /// @param location with a slash at its end unless it is a file
  TableInput table(String name, String location, FoundTable found) {
    Map<String, String> parameters = parameters(found.format(), found.totals());
    if (!found.keys().isEmpty()) {
      parameters.put("partition_filtering.enabled", "true");
    }
    if (!exclusions.isEmpty()) {
      parameters.put("exclusions", Json.write(exclusions));
    }
    return TableInput.builder()
        .name(name)
        .owner("owner")
        .retention(0)
        .tableType("EXTERNAL_TABLE")
        .lastAccessTime(now)
        .parameters(parameters)
        .partitionKeys(
            found.keys().stream()
                .map(key -> Column.builder().name(key).type("string").build())
                .toList())
        .storageDescriptor(
            storage(location, found.format(), found.schema(), found.paths(), parameters))
        .build();
  }

  /// A partition as the crawl found it.
  PartitionInput partition(String location, FoundPartition found) {
    Folder.Summary content = found.content();
    Map<String, String> parameters = parameters(content.format(), content.totals());
    return PartitionInput.builder()
        .values(found.values())
        .lastAccessTime(now)
        .parameters(parameters)
        .storageDescriptor(
            storage(location, content.format(), content.schema(), content.paths(), parameters))
        .build();
  }

  private static StorageDescriptor storage(
      String location,
      Format format,
      Schema schema,
      List<String> paths,
      Map<String, String> parameters) {
    Reader reader = Reader.of(format, paths);
    return StorageDescriptor.builder()
        .columns(columns(schema))
        .location(location)
        .inputFormat(reader.inputFormat())
        .outputFormat(reader.outputFormat())
        .compressed(false)
        .numberOfBuckets(-1)
        .serdeInfo(s -> s.serializationLibrary(reader.serde()).parameters(reader.parameters()))
        .bucketColumns(List.of())
        .sortColumns(List.of())
        .parameters(parameters)
        .storedAsSubDirectories(false)
        .build();
  }

  static List<Column> columns(Schema schema) {
    return schema.columns().stream()
        .map(column -> Column.builder().name(column.name()).type(column.type().text()).build())
        .toList();
  }

  /// The parameters that stand both in the table or partition and in its storage descriptor.
  Map<String, String> parameters(Format format, Totals totals) {
    Map<String, String> parameters = new TreeMap<>();
    format.traits().forEach((name, value) -> putTrait(parameters, name, value));
    parameters.put("CrawlerSchemaSerializerVersion", "1.0");
    parameters.put("CrawlerSchemaDeserializerVersion", "1.0");
    parameters.put(UPDATED_BY, crawler);
    parameters.put(RUN, crawlId);
    parameters.put("averageRecordSize", Long.toString(totals.averageRecordSize()));
    parameters.put("recordCount", Long.toString(totals.records()));
    parameters.put("objectCount", Long.toString(totals.objects()));
    parameters.put("sizeKey", Long.toString(totals.bytes()));
    parameters.put("classification", format.classification());
    parameters.put("compressionType", format.compression());
    parameters.put("typeOfData", "file");
    return parameters;
  }

  // The quote character is the SerDe's matter alone.
  private static void putTrait(Map<String, String> parameters, String name, String value) {
    if (!name.equals("quoteChar")) {
      parameters.put(name, value);
    }
  }
}
