package dev.polder.glue.crawler;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the files directly in one folder hold, gathered file by file in any order; the outcome is
/// that of their order by name. May be used by several threads.
public final class Folder {
  // Schemas that are kept apart until the end; beyond, they are merged as they come.
  private static final int SCHEMAS = 200;
  private static final int PATHS = 10_000;

  /// One kind of content in the folder.
  private static final class Content {
    final Format format;
    Schema schema;
    final Set<String> paths = new LinkedHashSet<>();
    long files;

    Content(Format format, Schema schema) {
      this.format = format;
      this.schema = schema;
    }

    boolean is(Finding.Recognised found) {
      return format.equals(found.format()) && schema.equals(found.schema());
    }
  }

  /// What is asked of the content of folders and files alike.
  ///
  /// @param key below the include path; of a folder, empty or ending with a slash
  /// @param paths the top-level names of JSON records, as in the files
  public record Summary(
      String key, Format format, Schema schema, List<String> paths, Totals totals) {
    public Summary {
      paths = List.copyOf(paths);
    }
  }

  private final String key;
  // By the first file that has it, so that the order of columns is that of the files.
  private final TreeMap<String, Content> contents = new TreeMap<>();
  private long objects;
  private long bytes;
  private long sampledBytes;
  private long records;

  /// @param key below the include path, ending with a slash unless it is empty
  public Folder(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /// Counts a file that is not looked into.
  public synchronized void count(long size) {
    objects++;
    bytes += size;
  }

  /// How many files there are so far.
  public synchronized long objects() {
    return objects;
  }

  /// Adds a file.
  public synchronized void add(String file, long size, Finding.Recognised found) {
    objects++;
    bytes += size;
    sampledBytes += size;
    records += found.records();
    Content content = null;
    var same = contents.entrySet().stream().filter(e -> e.getValue().is(found)).findFirst();
    if (same.isPresent()) {
      content = same.get().getValue();
      if (file.compareTo(same.get().getKey()) < 0) {
        contents.remove(same.get().getKey());
        contents.put(file, content);
      }
    } else if (contents.size() >= SCHEMAS) {
      content = ofFormat(found.format());
    }
    if (content == null) {
      content = new Content(found.format(), found.schema());
      contents.put(file, content);
    }
    content.schema = content.schema.merge(found.schema());
    content.files++;
    if (content.paths.size() < PATHS) {
      content.paths.addAll(found.paths());
    }
  }

  private @Nullable Content ofFormat(Format format) {
    return contents.values().stream()
        .filter(content -> content.format.equals(format))
        .findFirst()
        .orElse(null);
  }

  /// True where the files are of one format and of similar schemas, so that they can be one table
  /// or partition; true of an empty folder.
  public synchronized boolean alike() {
    Format format = null;
    var clusters = new Clusters();
    for (Content content : contents.values()) {
      if (format != null && !format.isCompatible(content.format)) {
        return false;
      }
      format = content.format;
      clusters.add(content.schema, content.files);
    }
    return format == null || clusters.alike();
  }

  /// The folder as one; null where no file of it was recognised.
  public synchronized @Nullable Summary summary() {
    Format format = null;
    Schema schema = null;
    long most = 0;
    Set<String> paths = new LinkedHashSet<>();
    for (Content content : contents.values()) {
      schema = schema == null ? content.schema : schema.merge(content.schema);
      if (content.files > most) {
        most = content.files;
        format = content.format;
      }
      paths.addAll(content.paths);
    }
    if (format == null || schema == null) {
      return null;
    }
    return new Summary(key, format, schema, List.copyOf(paths), totals());
  }

  private Totals totals() {
    long all =
        sampledBytes == 0 || sampledBytes == bytes
            ? records
            : Math.round((double) records * bytes / sampledBytes);
    return new Totals(objects, bytes, all);
  }
}
