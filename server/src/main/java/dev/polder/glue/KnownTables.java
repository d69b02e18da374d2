package dev.polder.glue;

import dev.polder.glue.crawler.TableName;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;

/// The tables of a database by name and, those with a place in S3, by location, as they were when a
/// crawl began, and those it has made since.
final class KnownTables {
  private final Map<String, String> locations = new HashMap<>();
  private final TreeMap<String, Table> tables = new TreeMap<>();

  private KnownTables() {}

  /// @param below the locations that matter; other tables are known by name alone
  static KnownTables of(Catalog catalog, String database, Collection<S3Location> below) {
    var known = new KnownTables();
    try (Scan scan = catalog.store().scan(KeyRange.prefix(catalog.key("table", database)))) {
      while (scan.hasNext()) {
        Table table = Documents.read(scan.next().value(), Table.builder(), Table.class);
        String location = location(table);
        known.locations.put(table.name(), location);
        if (below.stream().anyMatch(each -> location.startsWith(each.toString()))) {
          known.tables.merge(location, table, (first, _) -> first);
        }
      }
    }
    return known;
  }

  /// Where a table lies, with a slash at its end unless that is a file.
  static String location(Table table) {
    var storage = table.storageDescriptor();
    if (storage == null || storage.location() == null) {
      return "";
    }
    String location = storage.location().replaceFirst("^s3[an]://", "s3://");
    String last = location.substring(location.lastIndexOf('/') + 1);
    boolean file = last.contains(".") && table.partitionKeys().isEmpty();
    return last.isEmpty() || file ? location : location + "/";
  }

  @Nullable Table at(String location) {
    Table table = tables.get(location);
    // A folder with a dot in its name looks like a file where its slash was left out.
    return table == null && location.endsWith("/")
        ? tables.get(location.substring(0, location.length() - 1))
        : table;
  }

  /// The tables at and below a location.
  SortedMap<String, Table> below(String location) {
    return tables.subMap(location, location + Character.MAX_VALUE);
  }

  /// A name for a new table at a location, which is then taken.
  String name(String prefix, String location) {
    String plain = TableName.of(prefix, location);
    String name = locations.containsKey(plain) ? TableName.unique(plain, location) : plain;
    locations.put(name, location);
    return name;
  }
}
