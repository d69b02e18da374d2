package dev.polder.glue.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFilterTest {
  private static List<String> selected(String type, String expression, String... values) {
    var filter = PartitionFilter.of(expression, List.of(new PartitionKey("k", type)));
    return List.of(values).stream().filter(v -> filter.test(List.of(v)) == Truth.TRUE).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k = 2",
        "k = '2'",
        "2 = k",
        "K IN (2)",
        "k in (6, '4', 2)",
        "k between 2 AND 2",
        "k > 1 AND k < 3",
        "1 < k AND 3 > k",
        "k >= 2 and k <> 3",
        "k != 1 and not k = 3",
        "(k) = ((2)) (OR) (((k))) = (2)",
        "((k = 2))",
        "((k) = 2 AND (k = 2 OR k = 7))",
        "k IS NOT NULL and k = 2",
        "k not IN (1, 3)",
        "\"k\" = 2 or `k` = 2",
        "k NOT BETWEEN 1 AND 1 and k NOT BETWEEN 3 AND 3",
        "((k >= 2 AND k <= 2) OR (k in (20, 30)))"
      })
  void wholeNumbersAreComparedAsNumbers(String expression) {
    assertThat(selected("int", expression, "1", "2", "3")).containsExactly("2");
    assertThat(selected("bigint", expression, "1", "02", "3")).containsExactly("02");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k = 2.6",
        "k = '2.6'",
        "k IN (2.60)",
        "k in (6, '4', 2.6)",
        "k between 2 AND 3e10",
        "k > 1.5 AND k < 3",
        "k >= 2 and k <> '3e14'"
      })
  void decimalsAreComparedAsDecimals(String expression) {
    assertThat(selected("decimal(10,2)", expression, "1.2", "2.6", "3e14")).containsExactly("2.6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "k = 'two'; two",
        "k = 2; 2",
        "k IN (1, 2, 3); 2",
        "k IN ('test', 'two', '3'); two",
        "k between 'twn' AND 'twp'; two",
        "k > '1' AND k < '3'; 2",
        "k LIKE 't_o'; two",
        "k LIKE '%wo'; two",
        "k NOT LIKE '%e' AND k not like '_'; two",
        "k = 'it''s'; it's"
      })
  void stringsAreComparedLetterByLetter(String expression, String expected) {
    assertThat(selected("string", expression, "one", "two", "2", "three").size())
        .isEqualTo(expected.equals("it's") ? 0 : 1);
    assertThat(selected("string", expression, expected)).containsExactly(expected);
  }

  @Test
  void anUnpaddedMonthIsAboveAPaddedOneAsText() {
    assertThat(selected("string", "k > '1'", "02", "10", "2")).containsExactly("10", "2");
  }

  @Test
  void datesAndTimestampsAreComparedAsSuch() {
    assertThat(selected("date", "k >= '2020-02-01'", "2020-01-31", "2020-02-01"))
        .containsExactly("2020-02-01");
    assertThat(
            selected(
                "timestamp",
                "k > '2020-01-01 00:00:00.5'",
                "2020-01-01 00:00:00",
                "2020-01-01 00:00:00.51"))
        .containsExactly("2020-01-01 00:00:00.51");
  }

  @Test
  void nothingIsNullAndHivesDefaultMatchesOnlyItself() {
    assertThat(selected("int", "k IS NULL", "1", "__HIVE_DEFAULT_PARTITION__")).isEmpty();
    assertThat(selected("int", "k > 0", "1", "__HIVE_DEFAULT_PARTITION__")).containsExactly("1");
    String name = "__HIVE_DEFAULT_PARTITION__";
    assertThat(selected("string", "k = '" + name + "'", "1", name)).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "int; k = 'test'; \"test\" is not an integer.",
        "int; k in (2.5); \"2.5\" is not an integer.",
        "int; k LIKE '2'; Integral data type doesn't support operation 'LIKE'",
        "int; k <> '__HIVE_DEFAULT_PARTITION__'; \"__HIVE_DEFAULT_PARTITION__\" is not an integer.",
        "decimal; k = 'test'; test is not a decimal.",
        "decimal; k LIKE '2'; Decimal data type doesn't support operation 'LIKE'",
        "timestamp; k = '2020'; Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]",
        "float; k = 3.14; Unknown type : 'float'",
        "string; other = 1; Invalid partition expression!",
        "string; k IS test' AND not parsable; Unsupported expression 'k IS test' AND not parsable'",
        "string; k = ; Unsupported expression 'k ='",
        "string; k; Unsupported expression 'k'",
        "string; k = 'a; Unsupported expression 'k = 'a'",
        "string; k = 'a' k; Unsupported expression 'k = 'a' k'",
        "string; (k = 'a'; Unsupported expression '(k = 'a''",
        "string; 1 = 1; Unsupported expression '1 = 1'",
        "string; k = k; Unsupported expression 'k = k'",
        "string; k % 'a'; Unsupported expression 'k % 'a''",
        "string; k in (); Unsupported expression 'k in ()'"
      })
  void whatCannotBeUsedIsRefusedInTheServicesWords(String type, String text, String message) {
    assertThatThrownBy(() -> PartitionFilter.of(text, List.of(new PartitionKey("k", type))))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessage(message);
  }

  @Test
  void aTableWithoutKeysHasNoExpressions() {
    assertThatThrownBy(() -> PartitionFilter.of("k = 1", List.of()))
        .hasMessage("Invalid partition expression!");
  }

  @Test
  void deepNestingIsRefusedAndDoesNotOverflow() {
    String deep = "not ".repeat(100_000) + "k = 1";
    assertThatThrownBy(() -> PartitionFilter.of(deep, List.of(new PartitionKey("k", "int"))))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void aValueOfAnotherTypeIsNamed() {
    var filter = PartitionFilter.of("k = 1", List.of(new PartitionKey("k", "int")));
    assertThatThrownBy(() -> filter.test(List.of("int")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("\"int\" is not an integer.");
  }

  @Test
  void leadingValuesDecideAsSoonAsTheyCan() {
    var keys = List.of(new PartitionKey("y", "int"), new PartitionKey("m", "int"));
    var filter = PartitionFilter.of("y = 2020 AND m = 1 OR y = 2021", keys);
    assertThat(filter.test(List.of("2020"))).isEqualTo(Truth.OPEN);
    assertThat(filter.test(List.of("2021"))).isEqualTo(Truth.TRUE);
    assertThat(filter.test(List.of("2022"))).isEqualTo(Truth.FALSE);
    assertThat(filter.test(List.of("2020", "2"))).isEqualTo(Truth.FALSE);
  }
}
