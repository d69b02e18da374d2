package dev.polder.examples.traffic.lander;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A bucket. Large objects are uploaded in parts.
public final class S3Bucket implements ObjectSink {
  /// From this size on an object goes in parts, each this large; S3 wants at least 5 MiB.
  private static final int PART_BYTES = 16 << 20;

  private final S3Client s3;
  private final String bucket;

  public S3Bucket(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, Path file) throws IOException {
    try {
      if (Files.size(file) <= PART_BYTES) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
      } else {
        putInParts(key, file);
      }
    } catch (SdkException e) {
      throw new IOException("s3://" + bucket + "/" + key + " was not stored: " + e.getMessage(), e);
    }
  }

  private void putInParts(String key, Path file) throws IOException {
    String upload = s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    boolean complete = false;
    try (FileChannel channel = FileChannel.open(file)) {
      List<CompletedPart> parts = new ArrayList<>();
      for (long at = 0; at < channel.size(); at += PART_BYTES) {
        ByteBuffer part =
            channel.map(
                FileChannel.MapMode.READ_ONLY, at, Math.min(PART_BYTES, channel.size() - at));
        int number = parts.size() + 1;
        String tag =
            s3.uploadPart(
                    request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                    RequestBody.fromRemainingByteBuffer(part))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      }
      s3.completeMultipartUpload(request ->
          request
              .bucket(bucket)
              .key(key)
              .uploadId(upload)
              .multipartUpload(whole -> whole.parts(parts)));
      complete = true;
    } finally {
      if (!complete) {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
      }
    }
  }
}
