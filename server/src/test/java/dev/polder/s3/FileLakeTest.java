package dev.polder.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The lake as engines use it.
final class FileLakeTest extends LakeFixture {
  @Test
  void publishedFilesAreObjectsOnceAndForAll() throws Exception {
    Path stage = fixture.lake.stage("query-1");
    Path one = Files.writeString(stage.resolve("1"), "one");
    Path two = Files.writeString(stage.resolve("2"), "two");
    fixture.put("t/year=2020/a", "before");
    var files = new LinkedHashMap<Path, String>();
    files.put(one, "t/year=2020/a");
    files.put(two, "t/year=2021/b");

    fixture.lake.publish("lake", files);
    String etag = fixture.s3.headObject(r -> r.bucket("lake").key("t/year=2020/a")).eTag();
    fixture.lake.publish("lake", files);

    assertThat(fixture.get("t/year=2020/a")).isEqualTo("one");
    assertThat(fixture.get("t/year=2021/b")).isEqualTo("two");
    assertThat(fixture.s3.headObject(r -> r.bucket("lake").key("t/year=2020/a")).eTag())
        .isEqualTo(etag);
    assertThat(fixture.lake.folders("lake", "t/")).containsExactly("year=2020/", "year=2021/");
    try (var listed = fixture.lake.list("lake", "t/year=2021")) {
      assertThat(listed)
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.key()).isEqualTo("t/year=2021/b");
            assertThat(entry.size()).isEqualTo(3);
            assertThat(entry.file()).hasContent("two");
            assertThat(entry.lastModified()).isEqualTo(fixture.platform.time().instant());
          });
    }
  }

  @Test
  void publishingInPartIsFinishedByDoingItAgain() throws Exception {
    Path stage = fixture.lake.stage("query-1");
    Path one = Files.writeString(stage.resolve("1"), "one");
    Path two = Files.writeString(stage.resolve("2"), "two");
    fixture.lake.publish("lake", Map.of(one, "a"));
    fixture.close();
    fixture = new S3Fixture(directory);

    fixture.lake.publish("lake", Map.of(one, "a", two, "b"));

    assertThat(fixture.get("a") + fixture.get("b")).isEqualTo("onetwo");
  }

  @Test
  void stagesAreEmptyAndOutsideTheBuckets() throws Exception {
    Path stage = fixture.lake.stage("q");
    Files.writeString(stage.resolve("left"), "");
    assertThat(fixture.lake.stage("q")).isEqualTo(stage).isEmptyDirectory();
    assertThatThrownBy(() -> fixture.lake.stage("../q"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.lake.file("lake", "x".repeat(2000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.lake.file("../lake", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyFoldersAreListedFast() throws Exception {
    for (int i = 0; i < 2000; i++) {
      Path folder = fixture.root.resolve("lake/t/day=%05d".formatted(i));
      Files.createDirectories(folder);
      for (int j = 0; j < 5; j++) {
        Files.createFile(folder.resolve("part-" + j));
      }
    }
    long begin = System.nanoTime();
    int folders = fixture.lake.folders("lake", "t/").size();
    long middle = System.nanoTime();
    long objects;
    try (var listed = fixture.lake.list("lake", "t/").map(Lake.Entry::key)) {
      objects = listed.count();
    }
    System.out.printf(
        "2,000 folders in %d ms, 10,000 objects in %d ms%n",
        (middle - begin) / 1_000_000, (System.nanoTime() - middle) / 1_000_000);
    assertThat(folders).isEqualTo(2000);
    assertThat(objects).isEqualTo(10_000);
  }
}
