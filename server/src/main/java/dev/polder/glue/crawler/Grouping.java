package dev.polder.glue.crawler;

import dev.polder.glue.crawler.FoundTable.FoundPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes tables of folders.
///
/// A folder is one table if everything below it fits: files in folders of one depth only, of one
/// format and one compression, and similar schemas; the folders between are its partitions. If not,
/// each folder in it is tried by itself, and files that lie beside folders, or that do not go
/// together, are each a table of their own. See
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
public final class Grouping {

  private static final class Node {
    final String key;
    final TreeMap<String, Node> children = new TreeMap<>();
    @Nullable Folder folder;

    Node(String key) {
      this.key = key;
    }
  }

  private final GroupingPolicy policy;
  private final Function<Folder, List<Folder.Summary>> files;
  private final List<FoundTable> tables = new ArrayList<>();

  private Grouping(GroupingPolicy policy, Function<Folder, List<Folder.Summary>> files) {
    this.policy = policy;
    this.files = files;
  }

  /// The tables in the folders below an include path.
  ///
  /// @param folders those that have files
  /// @param files looks again into a folder whose files do not go together, and answers each
  public static List<FoundTable> tables(
      Iterable<Folder> folders,
      GroupingPolicy policy,
      Function<Folder, List<Folder.Summary>> files) {
    var root = new Node("");
    for (Folder folder : folders) {
      Node node = root;
      for (String name : segments("", folder.key())) {
        String key = node.key + name + "/";
        node = node.children.computeIfAbsent(name, _ -> new Node(key));
      }
      node.folder = folder;
    }
    var grouping = new Grouping(policy, files);
    grouping.group(root, policy.includeLevel());
    return grouping.tables;
  }

  private void group(Node node, int level) {
    if (level >= policy.tableLevel()) {
      FoundTable table = one(node);
      if (table != null) {
        tables.add(table);
        return;
      }
    }
    if (node.folder != null && node.folder.summary() != null) {
      for (Folder.Summary file : files.apply(node.folder)) {
        tables.add(table(file.key(), List.of(file), List.of()));
      }
    }
    node.children.values().forEach(child -> group(child, level + 1));
  }

  /// The whole subtree as one table, or null.
  private @Nullable FoundTable one(Node node) {
    List<Folder.Summary> contents = new ArrayList<>();
    int depth = gather(node, 0, contents);
    if (depth < 0 || contents.isEmpty()) {
      return null;
    }
    Format first = contents.getFirst().format();
    if (!contents.stream().allMatch(content -> content.format().isCompatible(first))) {
      return null;
    }
    if (!policy.combinesCompatible()) {
      var clusters = new Clusters();
      contents.forEach(content -> clusters.add(content.schema(), 1));
      if (!clusters.alike()) {
        return null;
      }
    }
    return table(node.key, contents, keys(node, contents, depth));
  }

  /// Collects the folders with files. Answers how deep they lie, or -1 where they do not go
  /// together.
  private int gather(Node node, int depth, List<Folder.Summary> into) {
    int found = -2;
    if (node.folder != null) {
      Folder.Summary summary = node.folder.summary();
      boolean together = policy.combinesCompatible() || node.folder.alike();
      if (summary != null && !together) {
        return -1;
      }
      if (summary != null) {
        into.add(summary);
        found = depth;
      }
    }
    for (Node child : node.children.values()) {
      int below = gather(child, depth + 1, into);
      if (below == -1 || (found >= 0 && below >= 0 && below != found)) {
        return -1;
      }
      found = found == -2 ? below : found;
    }
    return found;
  }

  private static List<String> keys(Node node, List<Folder.Summary> contents, int depth) {
    List<Set<String>> names = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      names.add(new TreeSet<>());
    }
    for (Folder.Summary content : contents) {
      String[] path = segments(node.key, content.key());
      for (int i = 0; i < depth; i++) {
        names.get(i).add(path[i]);
      }
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      String key = PartitionNames.key(i, names.get(i));
      keys.add(keys.contains(key) ? "partition_" + i : key);
    }
    return keys;
  }

  private static String[] segments(String root, String key) {
    String below = key.substring(root.length());
    return below.isEmpty() ? new String[0] : below.substring(0, below.length() - 1).split("/", -1);
  }

  private FoundTable table(String key, List<Folder.Summary> contents, List<String> keys) {
    Schema schema = contents.getFirst().schema();
    Totals totals = Totals.NONE;
    Set<String> paths = new LinkedHashSet<>();
    for (Folder.Summary content : contents) {
      schema = schema.merge(content.schema());
      totals = totals.plus(content.totals());
      paths.addAll(content.paths());
    }
    Format format = contents.getFirst().format();
    Set<String> repeated = new TreeSet<>(keys);
    repeated.retainAll(schema.columns().stream().map(Schema.Column::name).toList());
    // Values without names must all have a column.
    Set<String> dropped = format.classification().equals("csv") ? Set.of() : repeated;
    return new FoundTable(
        key,
        format,
        schema.without(dropped),
        List.copyOf(paths),
        keys,
        keys.isEmpty() ? List.of() : partitions(key, contents, keys, dropped),
        totals,
        repeated.isEmpty()
            ? List.of()
            : List.of("columns " + repeated + " have the names of partition keys"));
  }

  private static List<FoundPartition> partitions(
      String key, List<Folder.Summary> contents, List<String> keys, Set<String> dropped) {
    List<FoundPartition> partitions = new ArrayList<>();
    for (Folder.Summary content : contents) {
      List<String> values = PartitionNames.values(keys, content.key().substring(key.length()));
      partitions.add(new FoundPartition(values, without(content, dropped)));
    }
    return partitions;
  }

  private static Folder.Summary without(Folder.Summary content, Set<String> names) {
    return names.isEmpty()
        ? content
        : new Folder.Summary(
            content.key(),
            content.format(),
            content.schema().without(names),
            content.paths(),
            content.totals());
  }
}
