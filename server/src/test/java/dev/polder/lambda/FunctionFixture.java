package dev.polder.lambda;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Lambda in a directory of its own.
abstract class FunctionFixture {
  static final String ROLE = "arn:aws:iam::000000000000:role/r";

  @TempDir Path directory;
  TestPlatform platform;
  LambdaClient lambda;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(LambdaService::new);
    lambda = platform.client(LambdaClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  void restart() {
    close();
    open();
  }
}
