package dev.polder.examples.traffic.functions;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The bucket `lake` and the table `minutes` in it, as far as the functions use them. Pages hold
/// two entries.
final class FakeLake {
  private static final int PAGE = 2;

  final TreeMap<String, Instant> objects = new TreeMap<>();
  final TreeMap<String, String> manifests = new TreeMap<>();
  final List<List<String>> partitions = new ArrayList<>();

  /// Puts an object of the table and the partition that it lies in.
  void put(String hour, String name, String modified) {
    List<String> values = List.of(hour.split("-"));
    String folder =
        "year=%s/month=%s/day=%s/hour=%s/"
            .formatted(values.get(0), values.get(1), values.get(2), values.get(3));
    objects.put("minutes/" + folder + name, Instant.parse(modified));
    if (!partitions.contains(values)) {
      partitions.add(values);
    }
  }

  List<String> names() {
    return objects.keySet().stream().map(key -> key.substring(key.lastIndexOf('/') + 1)).toList();
  }

  S3Client s3() {
    return new Bucket();
  }

  GlueClient glue() {
    return new Catalog();
  }

  private final class Bucket implements S3Client {
    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
      String after = request.continuationToken() == null ? "" : request.continuationToken();
      List<S3Object> found =
          objects.tailMap(after, false).entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(request.prefix()))
              .limit(PAGE + 1L)
              .map(entry ->
                  S3Object.builder().key(entry.getKey()).lastModified(entry.getValue()).build())
              .toList();
      List<S3Object> page = found.subList(0, Math.min(PAGE, found.size()));
      boolean more = found.size() > PAGE;
      return ListObjectsV2Response.builder()
          .contents(page)
          .isTruncated(more)
          .nextContinuationToken(more ? page.getLast().key() : null)
          .build();
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
      request.delete().objects().forEach(object -> objects.remove(object.key()));
      return DeleteObjectsResponse.builder().build();
    }

    @Override
    public <R> R getObject(
        GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> reader) {
      String text = manifests.get(request.key());
      if (text == null) {
        throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
      }
      try {
        return reader.transform(
            GetObjectResponse.builder().build(),
            AbortableInputStream.create(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  private final class Catalog implements GlueClient {
    @Override
    public GetTableResponse getTable(GetTableRequest request) {
      return GetTableResponse.builder()
          .table(table ->
              table
                  .name("minutes")
                  .storageDescriptor(storage -> storage.location("s3://lake/minutes")))
          .build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
      String[] words = request.expression().split(" ");
      List<Partition> found =
          partitions.stream()
              .filter(values ->
                  values.get(0).equals(words[2])
                      && values.get(1).equals(words[6])
                      && values.get(2).equals(words[10]))
              .map(values -> Partition.builder().values(values).build())
              .toList();
      int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      int to = Math.min(found.size(), from + PAGE);
      return GetPartitionsResponse.builder()
          .partitions(found.subList(from, to))
          .nextToken(to < found.size() ? String.valueOf(to) : null)
          .build();
    }

    @Override
    public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest request) {
      if (request.partitionsToDelete().size() > 25) {
        throw new IllegalArgumentException("At most 25 partitions");
      }
      request.partitionsToDelete().forEach(values -> partitions.remove(values.values()));
      return BatchDeletePartitionResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "glue";
    }

    @Override
    public void close() {}
  }
}
