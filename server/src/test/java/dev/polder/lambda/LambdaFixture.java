package dev.polder.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;

/// Functions in Java: one that answers what it is given, one that waits.
abstract class LambdaFixture {
  static final String ROLE = "arn:aws:iam::000000000000:role/r";
  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  static final byte[] ECHO =
      Compiled.jar(
          "fn.Echo",
          """
          package fn;
          import com.amazonaws.services.lambda.runtime.*;
          import java.util.*;
          public class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
            public Map<String, Object> handleRequest(Map<String, Object> in, Context context) {
              System.out.println("in " + in);
              if (in.containsKey("fail")) throw new IllegalStateException("asked to");
              if (in.containsKey("big")) return Map.of("big", "x".repeat(7_000_000));
              in.put("env", System.getenv("GREETING"));
              in.put("version", context.getFunctionVersion());
              return new TreeMap<>(in);
            }
            public String variables(String name) { return System.getenv(name); }
          }
          """);
  static final byte[] WAIT =
      Compiled.jar(
          "fn.Wait",
          """
          package fn;
          import java.nio.file.*;
          public class Wait {
            public String forFile(String[] names) throws Exception {
              Path began = Path.of(names[0]);
              Files.writeString(began.resolveSibling("began" + System.nanoTime()), "");
              while (!Files.exists(Path.of(names[1]))) Thread.onSpinWait();
              return "done";
            }
          }
          """);

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
    platform.close();
    open();
  }

  CreateFunctionResponse create(
      String name, byte[] zip, Consumer<CreateFunctionRequest.Builder> more) {
    return lambda.createFunction(b -> {
      b.functionName(name)
          .runtime("java21")
          .role(ROLE)
          .handler("fn.Echo")
          .code(c -> c.zipFile(SdkBytes.fromByteArray(zip)));
      more.accept(b);
    });
  }

  InvokeResponse invoke(String name, String payload) {
    return lambda.invoke(b -> b.functionName(name).payload(SdkBytes.fromUtf8String(payload)));
  }

  static void refused(ThrowingCall call, String code, int status, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  interface ThrowingCall {
    void run() throws Exception;
  }

  static void await(ThrowingCondition condition) throws Exception {
    // A real wait for work of other threads; ends the test if that never comes.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  interface ThrowingCondition {
    boolean holds() throws Exception;
  }
}
