package dev.polder.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A bucket named `lake`, for each test a new one.
abstract class LakeFixture {
  @TempDir Path directory;
  S3Fixture fixture;

  @BeforeEach
  void open() {
    fixture = S3Fixture.withBucket(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }
}
