package dev.polder.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HelidonServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP server restricts Java deserialisation for the whole process; the expression library
/// copies its syntax trees by it.
class JsonataBesideTheServerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.missing ?: 'x'",
        "$states.input.missing ?? 'x'",
        "($states.input.list ^ (>$))[0] = 3 ? 'x' : 'y'",
        "($f := function($a) { $a }; $f('x'))",
        "$match('axa', /x/).match",
        "$string({'a': 'x'})"
      })
  void everyKindOfExpressionIsReadOnceTheServerRuns(String expression) {
    try (var server = new HelidonServer((_, response) -> response.empty(204, Headers.of()))) {
      assertThat(server.start("127.0.0.1", 0)).isPositive();
      assertThat(Try.jsonata(expression, "{\"list\":[1,3],\"objs\":[{\"s\":\"a\",\"k\":1}]}"))
          .contains("x");
    }
  }

  @Test
  void theListOfWhatMayBeReadIsPartOfTheJar() {
    assertThat(HelidonServer.class.getResource("/META-INF/helidon/serial-config.properties"))
        .isNotNull();
  }
}
