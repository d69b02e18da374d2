package dev.polder.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.*;

/// Functions in Java: one that answers what it is given, one that waits.
abstract class LambdaFixture extends FunctionFixture {
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
}
