package dev.polder.s3;

import dev.polder.kernel.Lake;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// S3 in a directory, with what most tests do.
final class S3Fixture implements AutoCloseable {
  final TestPlatform platform;
  final S3Service service;
  final S3Client s3;
  final Lake lake;
  final Path root;

  S3Fixture(Path directory) {
    platform = TestPlatform.in(directory);
    service = TestBuckets.in(platform);
    s3 = service.client(Scope.DEFAULT);
    lake = service.lake();
    root = directory.resolve("s3");
  }

  /// With a bucket `lake`.
  static S3Fixture withBucket(Path directory) {
    var fixture = new S3Fixture(directory);
    fixture.s3.createBucket(r -> r.bucket("lake"));
    return fixture;
  }

  S3Client as(String account, String region) {
    return service.client(new Scope(account, region));
  }

  String put(String key, String text) {
    return s3.putObject(r -> r.bucket("lake").key(key), RequestBody.fromString(text)).eTag();
  }

  String get(String key) {
    return new String(
        s3.getObjectAsBytes(r -> r.bucket("lake").key(key)).asByteArray(), StandardCharsets.UTF_8);
  }

  List<String> keys(String prefix) {
    return s3.listObjectsV2Paginator(r -> r.bucket("lake").prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /// Asserts the error code and status that a call is answered with.
  static void assertRefused(String code, int status, ThrowingCallable call) {
    Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              Assertions.assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              Assertions.assertThat(e.statusCode()).isEqualTo(status);
            });
  }

  @Override
  public void close() {
    platform.close();
  }
}
