package dev.polder.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttributeValuesTest {
  private static AttributeValue nested(int levels) {
    AttributeValue value = AttributeValue.fromS("leaf");
    for (int i = 0; i < levels; i++) {
      value = AttributeValue.fromM(Map.of("n", value));
    }
    return value;
  }

  @Test
  void everyTypeGoesThereAndBack() {
    Item item =
        Samples.item(
            "s",
            "",
            "n",
            1.50,
            "b",
            new byte[] {0, -1},
            "t",
            true,
            "nil",
            null,
            "l",
            List.of(1, List.of()),
            "m",
            Map.of("k", "v"),
            "ss",
            Set.of("a", "b"),
            "ns",
            Set.of(1, 2),
            "bs",
            Set.of(Samples.value(new byte[] {1})));
    assertThat(AttributeValues.item(AttributeValues.sdk(item))).isEqualTo(item);
  }

  @Test
  void refusesWhatIsNoValue() {
    assertThatThrownBy(() -> AttributeValues.value(AttributeValue.builder().build()))
        .hasMessage(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    assertThatThrownBy(() -> AttributeValues.value(AttributeValue.builder().s("a").n("1").build()))
        .hasMessage(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                + " the supported datatypes");
    assertThatThrownBy(() -> AttributeValues.value(AttributeValue.builder().s("a").n("b").build()))
        .hasMessage("The parameter cannot be converted to a numeric value: b");
    assertThatThrownBy(() -> AttributeValues.value(AttributeValue.fromNul(false)))
        .hasMessage(
            "One or more parameter values were invalid: Null attribute value types must have the"
                + " value of true");
    AttributeValues.value(nested(31));
    assertThatThrownBy(() -> AttributeValues.value(nested(32)))
        .hasMessageContaining("Nesting Levels have exceeded supported limits");
  }

  @Test
  void aBadValueOfAnExpressionIsNamed() {
    assertThatThrownBy(() ->
            AttributeValues.expressionValues(
                Map.of(":b", AttributeValue.fromSs(List.of("a", "a")))))
        .hasMessage(
            "ExpressionAttributeValues contains invalid value: One or more parameter values were"
                + " invalid: Input collection [a, a] contains duplicates. for key :b");
    assertThatThrownBy(() -> AttributeValues.expressionValues(Map.of("b", nested(0))))
        .hasMessage("ExpressionAttributeValues contains invalid key: Syntax error; key: \"b\"");
  }

  @Test
  void anEmptyNumberIsNotShown() {
    assertThatThrownBy(() -> AttributeValues.value(number("")))
        .hasMessage("The parameter cannot be converted to a numeric value");
    assertThatThrownBy(() -> AttributeValues.value(number("1x")))
        .hasMessage("The parameter cannot be converted to a numeric value: 1x");
  }

  private static AttributeValue number(String text) {
    return AttributeValue.fromN(text);
  }
}
