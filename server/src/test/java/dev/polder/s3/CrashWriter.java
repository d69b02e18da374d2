package dev.polder.s3;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A process that writes objects without end and says which were acknowledged. To be killed.
public final class CrashWriter {
  private static final int THREADS = 4;

  private CrashWriter() {}

  /// The content of an object: its key and version, again and again, up to a length that both give.
  static String content(String key, long version) {
    String line = key + "#" + version + "\n";
    int length = new Random(key.hashCode() * 31L + version).nextInt(300_000);
    return line.repeat(1 + length / line.length());
  }

  /// @param arguments the data directory, and a number above all versions written there before
  public static void main(String[] arguments) {
    var fixture = new S3Fixture(Path.of(arguments[0]));
    if (!fixture.lake.hasBucket("lake")) {
      fixture.s3.createBucket(r -> r.bucket("lake"));
    }
    long first = Long.parseLong(arguments[1]);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        int own = thread;
        threads.submit(() -> writeOrHalt(fixture, own, first));
      }
    }
  }

  // A writer that fails must end the process: whoever reads its lines waits for them.
  private static void writeOrHalt(S3Fixture fixture, int thread, long first) {
    try {
      write(fixture, thread, first);
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  private static void write(S3Fixture fixture, int thread, long first) {
    for (long version = first; ; version++) {
      String key = "t%d/part=%d/f".formatted(thread, version % 7);
      String text = content(key, version);
      if (version % 5 == 0) {
        upload(fixture, key, text);
      } else {
        fixture.put(key, text);
      }
      synchronized (System.out) {
        System.out.println(key + " " + version);
      }
    }
  }

  private static void upload(S3Fixture fixture, String key, String text) {
    String id = fixture.s3.createMultipartUpload(r -> r.bucket("lake").key(key)).uploadId();
    var part =
        fixture.s3.uploadPart(
            r -> r.bucket("lake").key(key).uploadId(id).partNumber(1),
            RequestBody.fromString(text));
    fixture.s3.completeMultipartUpload(r ->
        r.bucket("lake")
            .key(key)
            .uploadId(id)
            .multipartUpload(
                u -> u.parts(CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
  }
}
