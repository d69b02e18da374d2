package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.polder.examples.traffic.feed.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The files of the example fit each other: what one of them names, another has.
class ExampleFilesTest {
  private static final Path EXAMPLE = Path.of("..");

  @Test
  void handlersOfTheTemplateAreHandlers() throws Exception {
    List<String> handlers = found("template.yaml", "Handler: (\\S+)::handleRequest");

    assertThat(handlers).hasSize(6);
    for (String handler : handlers) {
      assertThat(RequestHandler.class).isAssignableFrom(Class.forName(handler));
      assertThat(Class.forName(handler).getConstructor().getParameterCount()).isZero();
    }
  }

  @Test
  void templateSetsEveryVariableThatTheFunctionsRead() throws Exception {
    List<String> read = new ArrayList<>();
    try (var sources =
        Files.list(
            EXAMPLE.resolve("functions/src/main/java/dev/polder/examples/traffic/functions"))) {
      for (Path source : sources.toList()) {
        read.addAll(
            matches(
                Files.readString(source), "(?:settings\\.(?:text|number)|number)\\(\"([A-Z_]+)\""));
      }
    }

    assertThat(read).isNotEmpty();
    assertThat(found("template.yaml", "(?m)^ {10}([A-Z_]+):")).containsAll(read);
  }

  @Test
  void templateSubstitutesEveryNameInTheStateMachines() throws IOException {
    List<String> substituted = found("template.yaml", "(?m)^ {8}([A-Za-z]+): !(?:Ref|GetAtt)");
    for (String machine : List.of("article", "better")) {
      assertThat(substituted)
          .containsAll(found("statemachines/" + machine + ".asl.yaml", "\\$\\{(\\w+)}"));
    }
  }

  @Test
  void statesThatAreNamedExist() throws IOException {
    for (String machine : List.of("article", "better")) {
      String file = "statemachines/" + machine + ".asl.yaml";
      List<String> states = found(file, "(?m)^(?: {2}| {8})([A-Z]\\w+):$");
      assertThat(states)
          .doesNotHaveDuplicates()
          .containsAll(found(file, "(?:Next|Default|StartAt): (\\w+)"));
    }
  }

  @Test
  void targetIsDeclaredAlikeInTemplateAndDdl() throws IOException {
    List<String> template = found("template.yaml", "\\{ Name: (\\w+, Type: \\w+) }");
    List<String> ddl =
        matches(
            Files.readString(EXAMPLE.resolve("sql/create_minutes.sql")),
            "\\b(\\w+ (?:int|bigint|double))\\b");

    assertThat(template.stream().map(column -> column.replace(", Type: ", " ")))
        .containsExactlyInAnyOrderElementsOf(ddl)
        .hasSize(18);
  }

  @Test
  void etlNamesOnlyColumnsThatTheFeedHas() throws IOException {
    List<String> named =
        found(
            "sql/etl.sql", "\\b((?:verkeersintensiteit|voertuigsnelheid|rekendata|tijd)_\\w+)\\b");

    assertThat(named).isNotEmpty().allSatisfy(column -> assertThat(Field.of(column)).isNotNull());
  }

  private static List<String> found(String file, String pattern) throws IOException {
    return matches(Files.readString(EXAMPLE.resolve(file)), pattern);
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
