package dev.polder.glue.crawler;

/// The sizes of a set of files.
///
/// @param objects how many there are
/// @param bytes as they are stored
/// @param records estimated where files were only sampled
public record Totals(long objects, long bytes, long records) {
  public static final Totals NONE = new Totals(0, 0, 0);

  public Totals plus(Totals other) {
    return new Totals(objects + other.objects, bytes + other.bytes, records + other.records);
  }

  /// The average size of a record in bytes, at least 1 where there are any.
  public long averageRecordSize() {
    return records == 0 ? 0 : Math.max(1, bytes / records);
  }
}
