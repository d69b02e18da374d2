package dev.polder.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionExpressionTest {
  private static final Item ITEM =
      Samples.item(
          "a",
          Map.of("b", List.of(2, 4, Map.of("x", "hi", "y", "yo")), "c", 5),
          "a.b",
          "dotted",
          "z",
          "last");

  private static Item projected(String expression) {
    return Expressions.of(Map.of("#d", "a.b"), null).projection(expression).of(ITEM);
  }

  @Test
  void keepsTheShapeOfWhatIsAskedFor() {
    assertThat(projected("z, q")).isEqualTo(Samples.item("z", "last"));
    assertThat(projected("#d")).isEqualTo(Samples.item("a.b", "dotted"));
    assertThat(projected("a.b[2].y , a.c"))
        .isEqualTo(Samples.item("a", Map.of("b", List.of(Map.of("y", "yo")), "c", 5)));
    assertThat(projected("a.b[ 1 ], a.b[0]"))
        .isEqualTo(Samples.item("a", Map.of("b", List.of(2, 4))));
    assertThat(projected("a.x, a.b[3].x, z.q").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,|Syntax error; token: \"<EOF>\", near: \",\"",
        "a b|Syntax error; token: \"b\", near: \"a b\"",
        "!!!|Syntax error; token: \"!\", near: \"!!\"",
        "a.name, #zz|Attribute name is a reserved keyword; reserved keyword: name",
        "#zz|An expression attribute name used in the document path is not defined; attribute name: #zz",
        "a.b, a.b[2]|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, b, [2]]",
        "a.b, a[1]|Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]"
      })
  void refuses(String expression, String message) {
    assertThatThrownBy(() -> projected(expression))
        .hasMessage("Invalid ProjectionExpression: " + message);
  }
}
