package dev.polder.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.00, 0",
    "0e125, 0",
    "00042, 42",
    "0042.1200, 42.12",
    "1.0, 1",
    "1.5E2, 150",
    "1e+3, 1000",
    "1e-3, 0.001",
    ".5, 0.5",
    "-7., -7",
    "-12, -12",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678"
  })
  void printsWithoutExponentAndWithoutIdleZeros(String written, String printed) {
    assertThat(Value.N.parse(written).text()).isEqualTo(printed);
  }

  @Test
  void reachesFrom1EMinus130To10E125() {
    assertThat(Value.N.parse("1e125").text()).isEqualTo("1" + "0".repeat(125));
    assertThat(Value.N.parse("-1e-130").text()).isEqualTo("-0." + "0".repeat(129) + "1");
    assertThat(Value.N.parse("9." + "9".repeat(37) + "e125").text()).hasSize(126);
  }

  @ParameterizedTest
  @CsvSource({
    "'', The parameter cannot be converted to a numeric value",
    "b, The parameter cannot be converted to a numeric value: b",
    "' 1', The parameter cannot be converted to a numeric value:  1",
    "1e, The parameter cannot be converted to a numeric value: 1e",
    "0x1, The parameter cannot be converted to a numeric value: 0x1",
    "1e9223372036854775808, The parameter cannot be converted to a numeric value: 1e9223372036854775808",
    "1e2147483648, Number overflow. Attempting to store a number with magnitude larger than supported range",
    "0e126, Number overflow. Attempting to store a number with magnitude larger than supported range",
    "0e-131, Number underflow. Attempting to store a number with magnitude smaller than supported range",
    "1e126, Number overflow. Attempting to store a number with magnitude larger than supported range",
    "-1e99999999999, Number overflow. Attempting to store a number with magnitude larger than supported range",
    "1e-131, Number underflow. Attempting to store a number with magnitude smaller than supported range",
    "123456789012345678901234567890123456789, Attempting to store more than 38 significant digits in a Number"
  })
  void refusesWhatIsNoNumberOfItsOwn(String written, String message) {
    assertThatThrownBy(() -> Value.N.parse(written))
        .isInstanceOf(ValidationException.class)
        .hasMessage(message);
  }

  /// Measured at the real service's limit of 400 KB, to the byte.
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 2",
    "12, 2",
    "123, 3",
    "1234, 3",
    "12345678901234567890123456789012345678, 20",
    "0042, 2",
    "100, 2",
    "1010, 3",
    "0.0000001, 2",
    "1E125, 2",
    "1E-100, 2",
    "1.5, 3",
    "15, 2",
    "1.200, 3",
    "1.234, 4",
    "3.14159, 5",
    "123456, 4",
    "100.5, 4",
    "0.15, 2",
    "-42, 3",
    "-0, 1"
  })
  void costsAByteForTwoDigitsOnEachSideOfThePoint(String written, int bytes) {
    assertThat(Samples.item("n", Value.N.parse(written)).size()).isEqualTo(1 + bytes);
  }

  @Test
  void equalNumbersAreOneMemberOfASet() {
    assertThatThrownBy(() -> Value.NS.of(List.of("1", "1.0")))
        .hasMessage("Input collection contains duplicates");
  }
}
