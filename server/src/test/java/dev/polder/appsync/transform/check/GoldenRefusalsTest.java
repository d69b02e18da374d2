package dev.polder.appsync.transform.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.SharedCases;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.TransformOptions;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Schemas that Amplify's own tool refuses, and its words; and those that it accepts.
final class GoldenRefusalsTest {
  /// Recorded messages are cut here.
  private static final int RECORDED = 300;

  private static final TransformOptions OPTIONS =
      new TransformOptions(
          Generation.V2,
          Map.of(),
          new AuthModes(AuthMode.API_KEY, Set.of(AuthMode.values())),
          Map.of("env", "dev"));

  @Test
  void refusalsAreAmplifysOwn() throws IOException {
    List<String> misses = new ArrayList<>();
    int refused = 0;
    int accepted = 0;
    for (String line :
        Files.readAllLines(SharedCases.conformance("graphql/amplify-v2-golden.jsonl"))) {
      Map<String, Object> recorded = Json.parseObject(line);
      String expected = String.valueOf(recorded.getOrDefault("v2err", ""));
      String found = found(String.valueOf(recorded.get("schema")));
      if (!expected.equals(found)) {
        misses.add(recorded.get("id") + "\n  expected " + expected + "\n  found    " + found);
      } else if (expected.isEmpty()) {
        accepted++;
      } else {
        refused++;
      }
    }
    misses.forEach(System.out::println);
    System.out.println("refused " + refused + ", accepted " + accepted);
    assertThat(misses).isEmpty();
  }

  private static String found(String schema) {
    List<Problem> problems = SchemaCheck.check(schema, OPTIONS);
    if (problems.isEmpty()) {
      return "";
    }
    String message = problems.getFirst().message();
    return problems.getFirst().kind()
        + ": "
        + message.substring(0, Math.min(RECORDED, message.length()));
  }
}
