package dev.polder.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths into input, context object and variables.
final class PathTest {
  private static final String INPUT =
      "{\"a\":{\"b\":[10,{\"c\":null}]},\"x y\":1,\"items\":[{\"n\":1},{\"n\":2},{\"n\":3}],\"é\":2}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "$.a.b[0] | 10",
        "$.a.b[-2] | 10",
        "$.a.b[1].c | null",
        "$['x y'] | 1",
        "$['a']['b'][0] | 10",
        "$[\"a\"][\"b\"][0] | 10",
        "$.é | 2",
        "$.items[*].n | [1,2,3]",
        "$.items[1:].n | [2,3]",
        "$.items[?(@.n > 1)].n | [2,3]",
        "$..n | [1,2,3]",
        "$.missing[*] | []",
        "$.missing[:1].n | []",
        "$['a','x y'] | {\"a\":{\"b\":[10,{\"c\":null}]},\"x y\":1}",
        "$$.State.Name | \"S\"",
        "$$ | {\"State\":{\"Name\":\"S\"}}",
        "$v | 42",
        "$list[1] | 2",
      })
  void pathsLeadToValues(String path, String expected) {
    assertThat(Try.template(path, INPUT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"$.nope", "$.a.nope.deeper", "$.a.b[7]", "$.items.length()", "$.items.sum()"})
  void templatesNamePathFieldAndInput(String path) {
    assertThat(Try.template(path, "{\"items\":[1]}"))
        .isEqualTo(
            "States.Runtime: The JSONPath '"
                + path
                + "' specified for the field 'field.$' could not be found in the input"
                + " '{\"items\":[1]}'");
  }

  @Test
  void fieldsGiveTheWordsOfTheLibrary() {
    assertThat(Try.evaluated(new FieldPath(Path.of("$.no.such")), "{}"))
        .isEqualTo("States.Runtime: Invalid path '$.no.such' : Missing property in path $['no']");
  }

  @Test
  void nothingCannotBeSearched() {
    assertThat(Try.template("$.a", "null"))
        .isEqualTo("States.Runtime: Unable to apply Path transformation to null or empty input.");
  }

  @Test
  void resultsAreMergedWithoutChangingTheInput() {
    Map<String, Object> input = Map.of("a", Map.of("b", List.of(1, 2)));
    assertThat(reference("$.a.c.d").put(input, 7))
        .isEqualTo(Map.of("a", Map.of("b", List.of(1, 2), "c", Map.of("d", 7))));
    assertThat(reference("$.a.b[1]").put(input, 7))
        .isEqualTo(Map.of("a", Map.of("b", List.of(1, 7))));
    assertThat(reference("$").put(input, 7)).isEqualTo(7);
  }

  @Test
  void resultsNeedAPlace() {
    for (String path : List.of("$.a.b", "$.l[2]", "$.l.x")) {
      try {
        reference(path).put(Map.of("a", 1, "l", List.of(1)), 7);
        throw new AssertionError(path);
      } catch (EvaluationFailure e) {
        assertThat(e.error()).isEqualTo("States.ResultPathMatchFailure");
      }
    }
  }

  @Test
  void referencePathsNameOnePlace() {
    for (String path : List.of("$.a[*]", "$..a", "$.a[1:2]", "a", "$.a[?(@.b)]", "$$.a", "$v")) {
      assertThat(ReferencePath.parse(path)).as(path).isNull();
    }
  }

  private static ReferencePath reference(String text) {
    ReferencePath path = ReferencePath.parse(text);
    return path == null ? ReferencePath.ROOT : path;
  }
}
