package dev.polder.glue;

import dev.polder.glue.Crawl.Discovery;
import dev.polder.glue.CrawlerSettings.Target;
import dev.polder.glue.crawler.Folder;
import dev.polder.glue.crawler.FoundTable;
import dev.polder.glue.crawler.FoundTable.FoundPartition;
import dev.polder.glue.crawler.HiveType;
import dev.polder.glue.crawler.PartitionNames;
import dev.polder.glue.crawler.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/// `CRAWL_NEW_FOLDERS_ONLY`: lists the names of folders and compares them with the catalogue; only
/// what is in new folders is opened. New files in old folders are not seen; see
/// https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html
final class NewFolders {
  private final Crawl crawl;
  private final Target target;
  private final KnownTables known;
  private final S3Location root;
  private final List<Discovery> found = new ArrayList<>();

  NewFolders(Crawl crawl, Target target, KnownTables known) {
    this.crawl = crawl;
    this.target = target;
    this.known = known;
    this.root = target.location();
  }

  /// Adds the partitions of new folders to their tables, and answers what lies outside all tables.
  List<Discovery> look() {
    walk("");
    return found;
  }

  private void walk(String key) {
    crawl.checkStop();
    S3Location here = root.resolve(key);
    Table table = known.at(here.toString());
    if (table != null) {
      if (!table.partitionKeys().isEmpty()) {
        addPartitions(key, table);
      }
    } else if (known.below(here.toString()).isEmpty()) {
      found.add(crawl.look(target, here));
    } else {
      crawl.lake().folders(here.bucket(), here.key()).forEach(name -> walk(key + name));
    }
  }

  private void addPartitions(String key, Table table) {
    List<String> keys =
        table.partitionKeys().stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    List<String> fresh = new ArrayList<>();
    var records = new PartitionRecords(crawl.catalog(), table.databaseName(), table.name());
    collect(key, keys, List.of(), records, fresh);
    if (fresh.isEmpty()) {
      return;
    }
    var folders = crawl.sampler(target).folders(root, fresh);
    List<FoundPartition> partitions = new ArrayList<>();
    for (String each : fresh) {
      Folder.Summary content = content(folders, each, table);
      if (content != null) {
        List<String> values = PartitionNames.values(keys, each.substring(key.length()));
        partitions.add(new FoundPartition(values, content));
      }
    }
    crawl
        .partitions(crawl.inputs(target.exclusions()))
        .publish(table.databaseName(), table.name(), root, partitions);
  }

  /// Collects the folders, as deep as the table has keys, whose values the catalogue does not have.
  private void collect(
      String key,
      List<String> keys,
      List<String> values,
      PartitionRecords records,
      List<String> fresh) {
    crawl.checkStop();
    int depth = values.size();
    for (String name : crawl.lake().folders(root.bucket(), root.key() + key)) {
      String plain = name.substring(0, name.length() - 1);
      if (plain.startsWith("_") || plain.startsWith(".")) {
        continue;
      }
      List<String> longer = new ArrayList<>(values);
      longer.add(PartitionNames.value(keys.get(depth), plain));
      if (depth + 1 < keys.size()) {
        collect(key + name, keys, longer, records, fresh);
      } else if (crawl.catalog().store().get(records.key(longer)) == null) {
        fresh.add(key + name);
      }
    }
  }

  /// What a new folder holds, if it goes with its table; otherwise it is reported and skipped.
  private Folder.@Nullable Summary content(
      TreeMap<String, Folder> folders, String key, Table table) {
    boolean deeper =
        folders.subMap(key + '\0', key + Character.MAX_VALUE).values().stream()
            .anyMatch(folder -> folder.objects() > 0);
    Folder folder = folders.get(key);
    if (folder == null && !deeper) {
      return null;
    }
    Folder.Summary summary = folder == null ? null : folder.summary();
    String why =
        deeper
            ? "its files lie deeper than the table's partitions"
            : summary == null ? "no file in it is readable" : mismatch(summary, table);
    if (why.isEmpty()) {
      return summary;
    }
    crawl.log().warn(key + " was skipped: " + why);
    return null;
  }

  private String mismatch(Folder.Summary summary, Table table) {
    for (var expected : FoundTable.identity(summary.format()).entrySet()) {
      String value = table.parameters().get(expected.getKey());
      if (value != null && !value.equals(expected.getValue())) {
        return "its %s is %s where table %s has %s"
            .formatted(expected.getKey(), expected.getValue(), table.name(), value);
      }
    }
    boolean similar =
        crawl.settings().configuration().combinesCompatible()
            || table.storageDescriptor() == null
            || schema(table.storageDescriptor().columns()).isSimilar(summary.schema());
    return similar ? "" : "its schema does not match that of table " + table.name();
  }

  private static Schema schema(List<Column> columns) {
    return new Schema(
        columns.stream()
            .map(c ->
                new Schema.Column(
                    c.name().toLowerCase(Locale.ROOT),
                    HiveType.parse(c.type() == null ? "string" : c.type())))
            .toList());
  }
}
