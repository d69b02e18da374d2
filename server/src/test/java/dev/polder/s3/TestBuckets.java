package dev.polder.s3;

import dev.polder.kernel.TestPlatform;

/// S3 for tests of other services.
public final class TestBuckets {
  private TestBuckets() {}

  /// Adds S3 to a platform, whose lake it is from then on.
  public static S3Service in(TestPlatform platform) {
    return platform.add(p -> {
      var s3 = new S3Service(p);
      platform.use(s3.lake());
      return s3;
    });
  }
}
