package dev.polder.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys as paths.
final class KeyPathTest {
  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          ".",
          "..",
          "~",
          ".~",
          ".~=",
          ".~@",
          ".~+",
          "%",
          "%25",
          "%00",
          "\0",
          "a",
          "é",
          "\uD83D\uDE00",
          "x".repeat(260),
          "%".repeat(130),
          "\0".repeat(100));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "year=2020/month=05/ts=2020-05-01 00%3A00%3A00/part-0.parquet",
        ".hoodie/x",
        "_SUCCESS",
        "a:b",
        "~",
        ".a",
        "...",
        "..a",
        "é/\uD83D\uDE00",
        "100%",
        "x.~y",
        "a b",
        "$folder$"
      })
  void ordinaryKeysAreTheirOwnPaths(String key) {
    assertThat(KeyPath.of(key)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "../x, .~=../x",
    "a//b, a/.~/b",
    "a/, a/.~",
    "., .~=.",
    ".~a, .~=.~a",
    ".~%, .~=.~%25",
  })
  void oddSegmentsAreEscaped(String key, String path) {
    assertThat(KeyPath.of(key)).isEqualTo(path);
  }

  @Test
  void everyKeyHasItsOwnPathWithinTheBucket() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KeyPathTest -Dseed=" + seed);
    var random = new Random(seed);
    var keys = new HashMap<String, String>();
    for (int i = 0; i < 20_000; i++) {
      String key = key(random);
      for (String path : List.of(KeyPath.of(key), KeyPath.aside(key))) {
        assertThat(keys.merge(path, key, (before, _) -> before)).isEqualTo(key);
        assertThat(path.getBytes(StandardCharsets.UTF_8).length).isLessThan(3700);
        Path resolved = Path.of("/bucket/" + path);
        assertThat(resolved.normalize()).isEqualTo(resolved).startsWithRaw(Path.of("/bucket"));
        assertThat(resolved.toString()).isEqualTo("/bucket/" + path);
        for (Path name : resolved) {
          assertThat(name.toString().getBytes(StandardCharsets.UTF_8).length)
              .isLessThanOrEqualTo(255);
        }
        assertThat(KeyPath.canonical(path, read(path))).isTrue();
        assertThat(read(path)).isEqualTo(key);
      }
    }
  }

  private static String key(Random random) {
    var key = new StringBuilder();
    int most = random.nextInt(1, 30);
    for (int i = 0; i < most; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      if ((key + piece).getBytes(StandardCharsets.UTF_8).length <= 1024) {
        key.append(piece);
      }
    }
    return key.isEmpty() ? "k" : key.toString();
  }

  private static String read(String path) {
    var key = new StringBuilder();
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      KeyPath.Name name = KeyPath.read(names[i]).orElseThrow();
      key.append(name.text());
      boolean last = i == names.length - 1;
      key.append(last || name.kind() == KeyPath.Kind.PIECE ? "" : "/");
    }
    return key.toString();
  }
}
