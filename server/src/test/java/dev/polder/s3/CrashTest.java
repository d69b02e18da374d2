package dev.polder.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed in the middle of its writes leaves every acknowledged object, and no
/// object that is not whole.
final class CrashTest {
  private static final int KILLS = 5;

  @TempDir Path directory;

  @Test
  void killedWritersLoseNothingAndLeaveNothingHalfDone() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("CrashTest -Dseed=" + seed);
    var random = new Random(seed);
    var acknowledged = new HashMap<String, Long>();
    for (int kill = 0; kill < KILLS; kill++) {
      runAndKill(1 + random.nextInt(120), kill * 100_000L, acknowledged);
      try (var fixture = new S3Fixture(directory)) {
        check(fixture, acknowledged);
      }
    }
    assertThat(acknowledged).isNotEmpty();
  }

  private void runAndKill(int writes, long version, Map<String, Long> acknowledged)
      throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                CrashWriter.class.getName(),
                directory.toString(),
                Long.toString(version))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] half = line.split(" ");
        if (half.length == 2) {
          acknowledged.merge(half[0], Long.valueOf(half[1]), Math::max);
        }
        if (++count == writes) {
          process.toHandle().destroyForcibly(); // Leaves the pipe open to the last line.
        }
      }
      assertThat(count).isGreaterThanOrEqualTo(writes);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void check(S3Fixture fixture, Map<String, Long> acknowledged) throws Exception {
    var found = new HashMap<String, Long>();
    for (String key : fixture.keys("")) {
      String text = fixture.get(key);
      long version = Long.parseLong(text.substring(text.indexOf('#') + 1, text.indexOf('\n')));
      assertThat(text.equals(CrashWriter.content(key, version))).as(key + " is whole").isTrue();
      String etag = fixture.s3.headObject(r -> r.bucket("lake").key(key)).eTag();
      if (!etag.endsWith("-1\"")) {
        byte[] md5 = Hashing.md5().digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(etag).isEqualTo('"' + HexFormat.of().formatHex(md5) + '"');
      }
      found.put(key, version);
    }
    acknowledged.forEach((key, version) ->
        assertThat(found.getOrDefault(key, -1L)).as(key).isGreaterThanOrEqualTo(version));
    assertThat(fixture.root.resolve(".draft")).isEmptyDirectory();
    try (var left = Files.list(fixture.root.resolve(".upload"))) {
      var open = fixture.s3.listMultipartUploads(r -> r.bucket("lake")).uploads();
      assertThat(left.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(open.stream().map(each -> each.uploadId()).toList());
    }
  }
}
