package dev.polder.glue;

import dev.polder.kernel.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `Configuration` of a crawler; see
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
///
/// @param combinesCompatible `Grouping.TableGroupingPolicy` is `CombineCompatibleSchemas`
/// @param tableLevel `Grouping.TableLevelConfiguration`; 0 where it is not set
/// @param mergesColumns `CrawlerOutput.Tables.AddOrUpdateBehavior` is `MergeNewColumns`
/// @param inheritsFromTable `CrawlerOutput.Partitions.AddOrUpdateBehavior` is `InheritFromTable`
/// @param tableThreshold the most tables that a crawl may find; 0 for any number
record CrawlerConfiguration(
    boolean combinesCompatible,
    int tableLevel,
    boolean mergesColumns,
    boolean inheritsFromTable,
    long tableThreshold) {

  private static final int LONGEST = 128 << 10;

  /// Reads the configuration. `CreatePartitionIndex` is accepted and changes nothing: partitions
  /// are always read by index here.
  static CrawlerConfiguration parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return new CrawlerConfiguration(false, 0, false, false, 0);
    }
    Check.length(text, "configuration", 0, LONGEST);
    Map<String, Object> root = object(text);
    only(
        root,
        "Configuration",
        Set.of("Version", "Grouping", "CrawlerOutput", "CreatePartitionIndex", "TableThreshold"));
    if (!(root.get("Version") instanceof Object version) || !isOne(version)) {
      throw GlueErrors.invalid("Configuration.Version must be 1.0");
    }
    Map<String, Object> grouping = child(root, "Grouping");
    only(grouping, "Grouping", Set.of("TableGroupingPolicy", "TableLevelConfiguration"));
    Map<String, Object> output = child(root, "CrawlerOutput");
    only(output, "CrawlerOutput", Set.of("Tables", "Partitions"));
    Map<String, Object> tables = child(output, "Tables");
    only(tables, "CrawlerOutput.Tables", Set.of("AddOrUpdateBehavior", "TableThreshold"));
    Map<String, Object> partitions = child(output, "Partitions");
    only(partitions, "CrawlerOutput.Partitions", Set.of("AddOrUpdateBehavior"));
    Object threshold = tables.getOrDefault("TableThreshold", root.get("TableThreshold"));
    return new CrawlerConfiguration(
        is(grouping, "TableGroupingPolicy", "CombineCompatibleSchemas"),
        (int) number(grouping.get("TableLevelConfiguration"), "TableLevelConfiguration"),
        is(tables, "AddOrUpdateBehavior", "MergeNewColumns"),
        is(partitions, "AddOrUpdateBehavior", "InheritFromTable"),
        number(threshold, "TableThreshold"));
  }

  private static Map<String, Object> object(String text) {
    try {
      return Json.parseObject(text);
    } catch (Json.Malformed e) {
      throw GlueErrors.invalid("Configuration is not valid JSON: " + e.getMessage(), e);
    }
  }

  private static boolean isOne(Object version) {
    return version instanceof Number n
        ? n.doubleValue() == 1
        : version.equals("1.0") || version.equals("1");
  }

  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    Object value = parent.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?>)) {
      throw GlueErrors.invalid("Configuration." + name + " must be an object");
    }
    return Documents.object(value);
  }

  private static void only(Map<String, Object> object, String place, Set<String> names) {
    for (String name : object.keySet()) {
      if (!names.contains(name)) {
        throw GlueErrors.invalid(place + " has an unknown member " + name);
      }
    }
  }

  private static boolean is(Map<String, Object> object, String name, String value) {
    Object given = object.get(name);
    if (given != null && !given.equals(value)) {
      throw GlueErrors.invalid(name + " must be " + value + " but was " + given);
    }
    return given != null;
  }

  private static long number(@Nullable Object value, String name) {
    if (value == null) {
      return 0;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole || ((Number) value).longValue() < 1 || ((Number) value).longValue() > 1_000_000) {
      throw GlueErrors.invalid(name + " must be a positive whole number but was " + value);
    }
    return ((Number) value).longValue();
  }
}
