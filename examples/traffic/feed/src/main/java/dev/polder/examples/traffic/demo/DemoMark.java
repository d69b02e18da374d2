package dev.polder.examples.traffic.demo;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Keeps two different feeds from being mixed in one lake: the first demo leaves a note of what it
/// landed, and one that would land something else is refused. The same demo may run again; its
/// objects replace those of the first.
final class DemoMark {
  private static final String KEY = "demo.txt";

  private final S3Client s3;
  private final String bucket;

  DemoMark(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  void claim(Options options) throws DemoException {
    String mark =
        "seed %d, %d points, %d days from %s"
            .formatted(options.seed(), options.points(), options.days(), options.start());
    String found = found();
    if (found.isEmpty() && isLandingEmpty()) {
      s3.putObject(request -> request.bucket(bucket).key(KEY), RequestBody.fromString(mark));
    } else if (!found.equals(mark)) {
      throw DemoException.cannotBegin(
          "The lake "
              + bucket
              + " holds other events ("
              + (found.isEmpty() ? "not of a demo" : found)
              + ") than this demo's ("
              + mark
              + "); start Polder on a fresh data directory, or ask for the same");
    }
  }

  private String found() {
    try {
      return s3.getObjectAsBytes(request -> request.bucket(bucket).key(KEY)).asUtf8String();
    } catch (NoSuchKeyException e) {
      return "";
    }
  }

  private boolean isLandingEmpty() {
    return s3.listObjectsV2(request -> request.bucket(bucket).prefix("landing/").maxKeys(1))
        .contents()
        .isEmpty();
  }
}
