package dev.polder.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Intrinsic functions: examples of
/// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html, and edges.
final class IntrinsicTest {
  private static final String INPUT =
      "{\"a\":[1,2,3,4,5,6,7,8,9],\"i\":5,\"t\":\"Hello, my name is {}.\",\"name\":\"Arnav\","
          + "\"o\":{\"k\":[1,{\"x\":\"y\"}]},\"j\":\"{\\\"foo\\\": \\\"bar\\\"}\","
          + "\"d\":[1,2,3,3,3,4],\"m1\":{\"a\":{\"a1\":1,\"a2\":2},\"b\":2},"
          + "\"m2\":{\"a\":{\"a3\":1},\"c\":5},\"none\":null}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "States.Array('Foo', 2020, $.i, null) | [\"Foo\",2020,5,null]",
        "States.Array() | []",
        "States.ArrayPartition($.a, 4) | [[1,2,3,4],[5,6,7,8],[9]]",
        "States.ArrayContains($.a, $.i) | true",
        "States.ArrayContains($.a, '5') | false",
        "States.ArrayRange(1, 9, 2) | [1,3,5,7,9]",
        "States.ArrayRange(9, 1, -4) | [9,5,1]",
        "States.ArrayGetItem($.a, $.i) | 6",
        "States.ArrayLength($.a) | 9",
        "States.ArrayUnique($.d) | [1,2,3,4]",
        "States.Base64Encode('Data to encode') | \"RGF0YSB0byBlbmNvZGU=\"",
        "States.Base64Decode('RGVjb2RlZCBkYXRh') | \"Decoded data\"",
        "States.Hash('input data', 'SHA-1') | \"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
        "States.JsonMerge($.m1, $.m2, false) | {\"a\":{\"a3\":1},\"b\":2,\"c\":5}",
        "States.StringToJson($.j) | {\"foo\":\"bar\"}",
        "States.JsonToString($.m1) | \"{\\\"a\\\":{\\\"a1\\\":1,\\\"a2\\\":2},\\\"b\\\":2}\"",
        "States.MathAdd(111, -1) | 110",
        "States.MathAdd(1.49, 1.5) | 3",
        "States.StringSplit('1,2,3,4,5', ',') | [\"1\",\"2\",\"3\",\"4\",\"5\"]",
        "States.StringSplit('This.is+a,test=string', '.+,=') | [\"This\",\"is\",\"a\",\"test\",\"string\"]",
        "States.Format($.t, $.name) | \"Hello, my name is Arnav.\"",
        "States.Format('{} {} {}', $.o, $.none, 1.5) | \"{k=[1, {x=y}]} null 1.5\"",
        "States.Format('\\{\\} \\'{}\\' \\\\', 1) | \"{} '1' \\\\\"",
        "States.Format('{}-{}', States.ArrayLength($.a), States.Format('{}', $v)) | \"9-42\"",
        "States.ArrayLength($.a[?(@ > 5)]) | 4",
        "States.Array($$.State.Name) | [\"S\"]",
        "States.ArrayLength($list) | 3",
      })
  void callsHaveValues(String call, String expected) {
    assertThat(Try.template(call, INPUT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "States.ArrayGetItem($.a, 9)",
        "States.ArrayGetItem($.a, -1)",
        "States.ArrayRange(0, 2000, 1)",
        "States.ArrayRange(0, 10, 0)",
        "States.ArrayPartition($.a, 0)",
        "States.ArrayLength($.i)",
        "States.Hash('x', 'SHA-3')",
        "States.JsonMerge($.m1, $.m2, true)",
        "States.StringToJson('{')",
        "States.Base64Decode('!!!')",
        "States.Format('{} {}', 1)",
        "States.Format('{}', 1, 2)",
        "States.MathRandom(5, 5)",
      })
  void badArgumentsAreFailuresThatQuoteTheCall(String call) {
    assertThat(Try.template(call, INPUT))
        .startsWith(
            "States.IntrinsicFailure: The function '" + call + "' had the following error: ");
  }

  @Test
  void argumentsThatLeadNowhereAreNamed() {
    assertThat(Try.template("States.Array($.no.where)", "{\"a\":1}"))
        .isEqualTo(
            "States.Runtime: The JsonPath argument for the field '$.no.where' could not be found"
                + " in the input '{\"a\":1}'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "States.NoSuch(1)",
        "States.Array(1",
        "States.Array(1,)",
        "States.Array 1",
        "States.UUID(1)",
        "States.Format('\\n')",
        "States.Format('open)",
        "States.Array(1) x",
        "foo",
      })
  void whatIsNotACallIsRefused(String call) {
    assertThat(Try.template(call, INPUT))
        .isEqualTo(
            "SCHEMA_VALIDATION_FAILED: The value for the field 'field.$' must be a valid JSONPath"
                + " or a valid intrinsic function call at /States/S/Parameters");
  }

  @Test
  void randomNumbersStayInRangeAndFollowTheirSeed() {
    String seeded = Try.template("States.MathRandom(0, 1000, 3)", INPUT);
    assertThat(Try.template("States.MathRandom(0, 1000, 3)", INPUT)).isEqualTo(seeded);
    for (int i = 0; i < 100; i++) {
      assertThat(Integer.parseInt(Try.template("States.MathRandom(1, 4)", INPUT))).isBetween(1, 3);
    }
  }
}
