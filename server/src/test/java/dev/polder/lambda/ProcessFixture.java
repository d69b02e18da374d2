package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Functions that run in processes, as their users write them.
abstract class ProcessFixture extends FunctionFixture {
  static void need(String program) {
    boolean found =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, "There is no " + program + " on this machine");
  }

  void create(
      String runtime,
      String handler,
      Map<String, String> files,
      Consumer<CreateFunctionRequest.Builder> more) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    files.forEach((name, text) -> entries.put(name, text.getBytes(UTF_8)));
    byte[] zip = Compiled.zip(entries);
    lambda.createFunction(b -> {
      b.functionName("f")
          .runtime(runtime)
          .role(ROLE)
          .handler(handler)
          .timeout(10)
          .memorySize(256)
          .code(c -> c.zipFile(SdkBytes.fromByteArray(zip)));
      more.accept(b);
    });
  }

  void node(String file, String source) {
    need("node");
    create("nodejs20.x", "index.handler", Map.of(file, source), _ -> {});
  }

  void python(String source) {
    need("python3");
    create("python3.12", "app.handler", Map.of("app.py", source), _ -> {});
  }

  InvokeResponse invoke(String payload) {
    return lambda.invoke(
        b -> b.functionName("f").logType("Tail").payload(SdkBytes.fromUtf8String(payload)));
  }

  String answer(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).as(response.payload().asUtf8String()).isNull();
    return response.payload().asUtf8String();
  }

  Map<String, Object> error(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    return Json.parseObject(response.payload().asUtf8String());
  }

  static String log(InvokeResponse response) {
    return new String(Base64.getDecoder().decode(response.logResult()), UTF_8);
  }

  String layer(String file, String text) {
    byte[] zip = Compiled.zip(Map.of(file, text.getBytes(UTF_8)));
    return lambda
        .publishLayerVersion(
            b -> b.layerName("shared").content(c -> c.zipFile(SdkBytes.fromByteArray(zip))))
        .layerVersionArn();
  }

  /// Whether a process has ended. One whose parent is gone stays in the table of processes where
  /// nobody asks how it ended, as in a container without an init.
  static boolean ended(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return !process.isAlive();
    }
  }
}
