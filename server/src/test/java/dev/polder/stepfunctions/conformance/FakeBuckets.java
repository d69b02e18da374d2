package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Buckets in memory.
final class FakeBuckets implements S3Client {
  final Map<String, TreeMap<String, byte[]>> buckets = new TreeMap<>();

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  Object call(String action, Map<String, @Nullable Object> given) {
    TreeMap<String, byte[]> bucket = buckets.get(String.valueOf(given.get("Bucket")));
    if (bucket == null) {
      throw FakeCalls.refusal(
          "S3",
          "NoSuchBucket",
          "NoSuchBucketException",
          404,
          "The specified bucket does not exist");
    }
    String key = String.valueOf(given.get("Key"));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    switch (action) {
      case "getObject" -> {
        byte[] bytes = bucket.get(key);
        if (bytes == null) {
          throw FakeCalls.refusal(
              "S3", "NoSuchKey", "NoSuchKeyException", 404, "The specified key does not exist.");
        }
        answer.put("AcceptRanges", "bytes");
        answer.put("ContentLength", bytes.length);
        answer.put("ContentType", "binary/octet-stream");
        answer.put("ETag", etag(bytes));
        answer.put("LastModified", "2025-01-01T00:00:00Z");
        answer.put("Metadata", Map.of());
        answer.put("ServerSideEncryption", "AES256");
        answer.put("Body", new String(bytes, StandardCharsets.UTF_8));
      }
      case "putObject" -> {
        Object body = given.get("Body");
        byte[] bytes =
            (body instanceof String s ? s : Json.write(body)).getBytes(StandardCharsets.UTF_8);
        bucket.put(key, bytes);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        byte[] sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        answer.put("ChecksumCRC32", Base64.getEncoder().encodeToString(sum));
        answer.put("ChecksumType", "FULL_OBJECT");
        answer.put("ETag", etag(bytes));
        answer.put("ServerSideEncryption", "AES256");
      }
      default -> throw new IllegalStateException(action);
    }
    return answer;
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
      return "\"" + HexFormat.of().formatHex(md5) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    TreeMap<String, byte[]> bucket = buckets.get(request.bucket());
    byte[] bytes = bucket == null ? null : bucket.get(request.key());
    if (bytes == null) {
      throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
    }
    try {
      return transformer.transform(
          GetObjectResponse.builder().build(),
          AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    return getObject(request, ResponseTransformer.toInputStream());
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    TreeMap<String, byte[]> bucket = buckets.get(request.bucket());
    if (bucket == null) {
      throw NoSuchBucketException.builder().message("The specified bucket does not exist").build();
    }
    String prefix = request.prefix() == null ? "" : request.prefix();
    List<S3Object> found =
        bucket.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(e ->
                S3Object.builder()
                    .key(e.getKey())
                    .eTag(etag(e.getValue()))
                    .size((long) e.getValue().length)
                    .lastModified(Instant.parse("2025-01-01T00:00:00Z"))
                    .storageClass("STANDARD")
                    .build())
            .toList();
    return ListObjectsV2Response.builder().contents(found).isTruncated(false).build();
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    TreeMap<String, byte[]> bucket = buckets.get(request.bucket());
    if (bucket == null) {
      throw NoSuchBucketException.builder().message("The specified bucket does not exist").build();
    }
    try (var in = body.contentStreamProvider().newStream()) {
      bucket.put(request.key(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PutObjectResponse.builder().build();
  }
}
