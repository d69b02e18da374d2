package dev.polder.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder with many objects, whose names are kept between pages.
final class LargeFolderTest {
  private static final int OBJECTS = 1200;

  @TempDir Path directory;
  private S3Fixture fixture;
  private Path folder;
  private final TreeSet<String> keys = new TreeSet<>();

  @BeforeEach
  void open() throws Exception {
    fixture = S3Fixture.withBucket(directory);
    folder = Files.createDirectories(fixture.root.resolve("lake/t"));
    for (int i = 0; i < OBJECTS; i++) {
      String name = "%05d".formatted(i * 7919 % OBJECTS);
      Files.createFile(folder.resolve(name));
      keys.add("t/" + name);
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void everyAcknowledgedChangeIsInTheNextListing() {
    assertThat(fixture.keys("t/")).containsExactlyElementsOf(keys);
    for (int i = 0; i < 20; i++) {
      change("t/new" + i, true);
      change("t/folder" + i + "/x", true);
      change("t/%05d".formatted(i), false);
      change("t/%05d/x".formatted(OBJECTS - 1 - i), true);
    }
    fixture.s3.deleteObject(r -> r.bucket("lake").key("t/folder3/x"));
    keys.remove("t/folder3/x");
    assertThat(fixture.keys("t/")).containsExactlyElementsOf(keys);
  }

  private void change(String key, boolean put) {
    if (put) {
      fixture.put(key, "");
      keys.add(key);
    } else {
      fixture.s3.deleteObject(r -> r.bucket("lake").key(key));
      keys.remove(key);
    }
    assertThat(fixture.keys("t/")).hasSameSizeAs(keys);
  }

  @Test
  void aFilePutByHandIsListedToo() throws Exception {
    assertThat(fixture.keys("t/")).hasSize(OBJECTS);
    Files.createFile(folder.resolve("by hand"));
    assertThat(fixture.keys("t/")).hasSize(OBJECTS + 1);
  }
}
