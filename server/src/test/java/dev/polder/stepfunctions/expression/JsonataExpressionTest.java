package dev.polder.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// JSONata as Step Functions has it. Causes are those measured on the real service where a source
/// is given in the code, else those of the reference implementation.
final class JsonataExpressionTest {
  private static final String INPUT =
      "{\"n\":5,\"none\":null,\"list\":[1,2,3],\"objs\":[{\"k\":1},{\"k\":2}],\"s\":\"abc\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "$states.input.n + 1 | 6",
        "$states.input.none | null",
        "$states.input.objs.k | [1,2]",
        "$states.input.objs[k = 2].k | 2",
        "$states.input.list.{'a': $} | [{\"a\":1},{\"a\":2},{\"a\":3}]",
        "$map($states.input.list, function($x) { $x * $v }) | [42,84,126]",
        "$states.context.State.Name | \"S\"",
        "$v & '' | \"42\"",
        "{'a': null, 'b': [null]} | {\"a\":null,\"b\":[null]}",
        "4 / 2 | 2",
        "2 * 1.5 | 3",
        "$power(2, 60) | 1152921504606846976",
        "1 / 0 | \"Infinity\"",
        "$parse('{\"a\":[1,2]}').a | [1,2]",
        "$parse('null') | null",
        "$partition([1,2,3,4,5], 2) | [[1,2],[3,4],[5]]",
        "$range(0, 6, 2) | [0,2,4,6]",
        "$range(1, 9, 9) | 1",
        "$range(5, 1, -2) | [5,3,1]",
        "$hash('input', 'SHA-1') | \"140f86aae51ab9e1cda9b4254fe98a74eb54c1a1\"",
        "$random(42) | 0.7275636800328681",
        "$length($uuid()) | 36",
        "$now() | \"2030-01-01T00:00:00.000Z\"",
        "$now('[Y0001]-[M01]') | \"2030-01\"",
        "$millis() | 1893456000000",
        "($x := 3; $x * 2) | 6",
        "($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5)) | 120",
      })
  void expressionsHaveValues(String expression, String expected) {
    assertThat(Try.jsonata(expression, INPUT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "$states.input.missing |  returned nothing (undefined).",
        "$undefined |  returned nothing (undefined).",
        "function($x) { $x } |  returned nothing (undefined).",
        "$eval('1+1') |  threw an error during evaluation. T1006: Attempted to invoke a non-function",
        "$noSuch(1) |  threw an error during evaluation. T1006: Attempted to invoke a non-function",
        "$sum([1, 'a']) |  threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
        "$abs('a') |  threw an error during evaluation. T0410: Argument 1 of function \"abs\" does not match function signature",
        "1 + 'a' |  threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
        "1 < 'a' |  threw an error during evaluation. T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type",
        "-'a' |  threw an error during evaluation. D1002: Cannot negate a non-numeric value: \"a\"",
        "$number('x') |  threw an error during evaluation. D3030: Unable to cast value to a number: \"x\"",
        "$error('gone') |  threw an error during evaluation. D3137: gone",
        "$count([1..900000]) |  threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
      })
  void failuresNameExpressionAndField(String expression, String ending) {
    assertThat(Try.jsonata(expression, INPUT))
        .isEqualTo(
            "States.QueryEvaluationError: The JSONata expression '"
                + expression
                + "' specified for the field 'Output' "
                + ending);
  }

  @Test
  void evaluationsThatGoTooDeepAreEnded() {
    assertThat(Try.jsonata("1" + "+1".repeat(199), INPUT))
        .contains("threw an error during evaluation: Stack overflow error: ");
    assertThat(Try.jsonata("($f := function($x) { 1 + $f($x) }; $f(1))", INPUT))
        .contains("Stack overflow error: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "phone | Reference to 'phone' at the top level is not supported.",
        "phone.number | Reference to 'phone' at the top level is not supported.",
        "$sum(a.b) | Reference to 'a' at the top level is not supported.",
        "$$ | Reference to '$$' at the top level is not supported.",
      })
  void fieldsWithoutContextItemAreRefused(String expression, String message) {
    assertThat(Try.jsonata(expression, INPUT))
        .isEqualTo("UNSUPPORTED_JSONATA_EXPRESSION: " + message + " at /States/S/Output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "a[1,2) | Expected \"]\", got \",\"",
        "\"unterminated | String literal must be terminated by a matching quote",
        "1 + | Unexpected end of expression",
        "{\"a\":} | The symbol \"}\" cannot be used as a unary operator",
        "$x := | Unexpected end of expression",
        "$match(\"a\", /abc | No terminating / in regular expression",
      })
  void malformedExpressionsAreRefused(String expression, String message) {
    assertThat(Try.jsonata(expression, INPUT))
        .isEqualTo("INVALID_JSONATA_EXPRESSION: " + message + " at /States/S/Output");
  }
}
