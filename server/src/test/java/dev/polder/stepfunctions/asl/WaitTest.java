package dev.polder.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a Wait state makes of its input.
final class WaitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'SecondsPath':'$.n' | {'n':3} | SUCCEEDED",
        "'SecondsPath':'$.n' | {'n':0} | SUCCEEDED",
        "'SecondsPath':'$.n' | {} | The SecondsPath parameter does not reference an input value: $.n",
        "'SecondsPath':'$.n' | {'n':1.5} | The SecondsPath parameter cannot be parsed as a long value: $.n == 1.5",
        "'SecondsPath':'$.n' | {'n':99999999999} | Wait state delay is too long.",
        "'TimestampPath':'$.t' | {'t':'2016-12-05T21:29:29Z'} | SUCCEEDED",
        "'TimestampPath':'$.t' | {'t':'2016-12-05T21:29:29.123456789+01:00'} | SUCCEEDED",
        "'TimestampPath':'$.t' | {'t':'2016-12-05T21:29:29'} | The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 2016-12-05T21:29:29",
        "'TimestampPath':'$.t' | {'t':'2200-01-01T00:00:00Z'} | Wait state delay is too long.",
        "'QueryLanguage':'JSONata','Seconds':'{% $states.input.n %}' | {'n':2} | SUCCEEDED",
        "'QueryLanguage':'JSONata','Seconds':'{% $states.input.n %}' | {'n':'2'} | The JSONata expression '$states.input.n' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"2\"",
        "'QueryLanguage':'JSONata','Timestamp':'{% $states.input.t %}' | {'t':'2016-12-05 21:29:29Z'} | The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05 21:29:29Z",
      })
  void waitsEndOrFail(String fields, String input, String expected) {
    String text =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\","
            + fields.replace('\'', '"')
            + ",\"End\":true}}}";
    Parsed parsed = DefinitionParser.parse(text);
    assertThat(parsed).as(text).isInstanceOf(Parsed.Valid.class);
    if (parsed instanceof Parsed.Valid valid) {
      Map<String, Object> data = Json.parseObject(input.replace('\'', '"'));
      var ended = TinyRunner.run(valid.definition(), data);
      String cause = String.valueOf(ended.cause());
      assertThat(ended.status().equals("SUCCEEDED") ? "SUCCEEDED" : cause).endsWith(expected);
    }
  }
}
