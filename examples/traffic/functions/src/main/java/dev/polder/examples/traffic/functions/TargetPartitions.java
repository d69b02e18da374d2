package dev.polder.examples.traffic.functions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The hours of the target table: their objects in S3 and their partitions in the catalogue. */
final class TargetPartitions {
  private static final Pattern HOUR =
      Pattern.compile("year=(\\d{1,4})/month=(\\d{1,2})/day=(\\d{1,2})/hour=(\\d{1,2})/[^/]+");

  /** The most keys that DeleteObjects takes. */
  private static final int DELETE_BATCH = 1000;

  /** The most partitions that BatchDeletePartition takes. */
  private static final int PARTITION_BATCH = 25;

  private final GlueClient glue;
  private final S3Client s3;
  private final String database;
  private final String table;

  TargetPartitions(GlueClient glue, S3Client s3, String database, String table) {
    this.glue = glue;
    this.s3 = s3;
    this.database = database;
    this.table = table;
  }

  /** What was removed from a range. */
  record Removed(int objects, int partitions) {
    Removed plus(Removed other) {
      return new Removed(objects + other.objects, partitions + other.partitions);
    }
  }

  /** The folder of the table. */
  S3Location location() {
    String location =
        glue.getTable(request -> request.databaseName(database).name(table))
            .table()
            .storageDescriptor()
            .location();
    return S3Location.parse(location).asFolder();
  }

  /**
   * Removes from one UTC day of the range what the query replaced, then the partitions that hold
   * nothing any more.
   *
   * @param folder the folder of the table
   */
  Removed replace(S3Location folder, Instant day, TimeRange range, Manifests.Written written) {
    ZonedDateTime utc = day.atZone(ZoneOffset.UTC);
    String prefix =
        folder.key()
            + "year="
            + utc.getYear()
            + "/month="
            + utc.getMonthValue()
            + "/day="
            + utc.getDayOfMonth()
            + "/";
    Set<Instant> filled = new HashSet<>();
    List<String> replaced = new ArrayList<>();
    var pages =
        s3.listObjectsV2Paginator(request -> request.bucket(folder.bucket()).prefix(prefix));
    for (S3Object object : pages.contents()) {
      Optional<Instant> hour =
          hour(object.key().substring(folder.key().length())).filter(range::contains);
      if (hour.isEmpty()) {
        continue;
      }
      String uri = new S3Location(folder.bucket(), object.key()).uri();
      if (object.lastModified().isBefore(written.submitted()) && !written.objects().contains(uri)) {
        replaced.add(object.key());
      } else {
        filled.add(hour.get());
      }
    }
    delete(folder.bucket(), replaced);
    return new Removed(replaced.size(), removePartitions(utc, range, filled));
  }

  private static Optional<Instant> hour(String path) {
    Matcher matcher = HOUR.matcher(path);
    return matcher.matches()
        ? instant(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String year, String month, String day, String hour) {
    try {
      return Optional.of(
          LocalDateTime.of(
                  Integer.parseInt(year),
                  Integer.parseInt(month),
                  Integer.parseInt(day),
                  Integer.parseInt(hour),
                  0)
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void delete(String bucket, List<String> keys) {
    for (int from = 0; from < keys.size(); from += DELETE_BATCH) {
      List<ObjectIdentifier> batch =
          keys.subList(from, Math.min(keys.size(), from + DELETE_BATCH)).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      DeleteObjectsResponse response =
          s3.deleteObjects(request ->
              request.bucket(bucket).delete(delete -> delete.objects(batch).quiet(true)));
      if (!response.errors().isEmpty()) {
        var error = response.errors().getFirst();
        throw new IllegalStateException(
            "s3://"
                + bucket
                + "/"
                + error.key()
                + " was not deleted: "
                + error.code()
                + " "
                + error.message());
      }
    }
  }

  private int removePartitions(ZonedDateTime day, TimeRange range, Set<Instant> filled) {
    String expression =
        "year = "
            + day.getYear()
            + " AND month = "
            + day.getMonthValue()
            + " AND day = "
            + day.getDayOfMonth();
    List<PartitionValueList> empty = new ArrayList<>();
    var pages =
        glue.getPartitionsPaginator(
            request -> request.databaseName(database).tableName(table).expression(expression));
    for (var page : pages) {
      for (Partition partition : page.partitions()) {
        List<String> values = partition.values();
        Optional<Instant> hour =
            instant(values.get(0), values.get(1), values.get(2), values.get(3));
        if (hour.filter(range::contains).isPresent() && !filled.contains(hour.get())) {
          empty.add(PartitionValueList.builder().values(values).build());
        }
      }
    }
    for (int from = 0; from < empty.size(); from += PARTITION_BATCH) {
      deletePartitions(empty.subList(from, Math.min(empty.size(), from + PARTITION_BATCH)));
    }
    return empty.size();
  }

  private void deletePartitions(List<PartitionValueList> batch) {
    var response =
        glue.batchDeletePartition(
            request -> request.databaseName(database).tableName(table).partitionsToDelete(batch));
    for (PartitionError error : response.errors()) {
      if (!"EntityNotFoundException".equals(error.errorDetail().errorCode())) {
        throw new IllegalStateException(
            "Partition "
                + error.partitionValues()
                + " of "
                + table
                + " was not deleted: "
                + error.errorDetail().errorCode()
                + " "
                + error.errorDetail().errorMessage());
      }
    }
  }
}
