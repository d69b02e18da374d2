package dev.polder.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegacyParametersTest {
  private static final Item ITEM =
      Samples.item("n", 5, "s", "hello", "flag", true, "l", List.of(1, 2), "ss", Set.of("a", "b"));

  private static LegacyCondition asked(String operator, @Nullable Object... values) {
    List<Value> list = new ArrayList<>();
    for (Object value : values) {
      list.add(Samples.value(value));
    }
    return new LegacyCondition(operator, list, null, null);
  }

  private static boolean matches(String attribute, LegacyCondition condition) {
    return LegacyConditions.filter(Map.of(attribute, condition), null).matches(ITEM);
  }

  private static void refuses(LegacyCondition condition, String message) {
    assertThatThrownBy(() -> LegacyConditions.expected(Map.of("a", condition), null))
        .hasMessage("One or more parameter values were invalid: " + message);
  }

  @Test
  void saysTheSameAsExpressions() {
    assertThat(matches("n", asked("EQ", 5))).isTrue();
    assertThat(matches("flag", asked("EQ", true))).isTrue();
    assertThat(matches("q", asked("NE", 5))).isTrue();
    assertThat(matches("n", asked("LT", 5))).isFalse();
    assertThat(matches("n", asked("BETWEEN", 1, 5))).isTrue();
    assertThat(matches("n", asked("IN", 1, 5))).isTrue();
    assertThat(matches("s", asked("BEGINS_WITH", "he"))).isTrue();
    assertThat(matches("l", asked("CONTAINS", 2))).isTrue();
    assertThat(matches("ss", asked("NOT_CONTAINS", "z"))).isTrue();
    assertThat(matches("q", asked("NOT_CONTAINS", "z"))).isFalse();
    assertThat(matches("q", asked("NULL"))).isTrue();
    assertThat(matches("n", asked("NOT_NULL"))).isTrue();
  }

  @Test
  void conditionsAreJoinedByAndUnlessOrIsSaid() {
    Map<String, LegacyCondition> both = new LinkedHashMap<>();
    both.put("n", asked("EQ", 5));
    both.put("s", asked("EQ", "other"));
    assertThat(LegacyConditions.expected(both, null).matches(ITEM)).isFalse();
    assertThat(LegacyConditions.expected(both, "OR").matches(ITEM)).isTrue();
    assertThatThrownBy(() -> LegacyConditions.expected(Map.of("n", asked("EQ", 5)), "OR"))
        .hasMessage(
            "ConditionalOperator can only be used when Filter or Expected has two or more"
                + " elements");
  }

  @Test
  void expectedMayAskForValueOrAbsence() {
    var absent = new LegacyCondition(null, null, null, false);
    assertThat(LegacyConditions.expected(Map.of("q", absent), null).matches(ITEM)).isTrue();
    var five = new LegacyCondition(null, null, Samples.value(5), null);
    assertThat(LegacyConditions.expected(Map.of("n", five), null).matches(ITEM)).isTrue();
    refuses(
        new LegacyCondition(null, null, null, null),
        "Value must be provided when Exists is null for Attribute: a");
    refuses(
        new LegacyCondition(null, null, null, true),
        "Value must be provided when Exists is true for Attribute: a");
    refuses(
        new LegacyCondition(null, null, Samples.value(1), false),
        "Value cannot be used when Exists is false for Attribute: a");
    refuses(
        new LegacyCondition("EQ", null, Samples.value(1), true),
        "Exists and ComparisonOperator cannot be used together for Attribute: a");
    refuses(
        new LegacyCondition("EQ", List.of(), Samples.value(1), null),
        "Value and AttributeValueList cannot be used together for Attribute: a");
    refuses(
        new LegacyCondition("GE", null, null, null),
        "Value or AttributeValueList must be used with ComparisonOperator: GE for Attribute: a");
    refuses(
        new LegacyCondition(null, List.of(), null, null),
        "AttributeValueList can only be used with a ComparisonOperator for Attribute: a");
  }

  @Test
  void operatorsTakeSoManyValuesOfSuchTypes() {
    refuses(asked("EQ"), "Invalid number of argument(s) for the EQ ComparisonOperator");
    refuses(asked("NULL", 1), "Invalid number of argument(s) for the NULL ComparisonOperator");
    refuses(asked("IN"), "Invalid number of argument(s) for the IN ComparisonOperator");
    refuses(asked("IN", 1, "a"), "AttributeValues inside AttributeValueList must be of same type");
    refuses(asked("LT", true), "ComparisonOperator LT is not valid for BOOL AttributeValue type");
    refuses(
        asked("CONTAINS", List.of()),
        "ComparisonOperator CONTAINS is not valid for L AttributeValue type");
    refuses(
        asked("BEGINS_WITH", 1),
        "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
    assertThatThrownBy(() -> matches("n", asked("BETWEEN", 2, 1)))
        .hasMessage(
            "The BETWEEN condition was provided a range where the lower bound is greater than the"
                + " upper bound");
  }

  @Test
  void keyConditionsAreThoseThatAnIndexAnswers() {
    var pk = new KeySchema.KeyAttribute("pk", Type.S);
    var schema = new KeySchema(pk, new KeySchema.KeyAttribute("sk", Type.N));
    Map<String, LegacyCondition> asked = new LinkedHashMap<>();
    asked.put("pk", asked("EQ", "p"));
    asked.put("sk", asked("GT", 1));
    KeyQuery query = LegacyConditions.keys(asked).query(schema);
    assertThat(query.partition()).isEqualTo(Samples.value("p"));
    assertThat(query.sort().contains(Samples.value(2))).isTrue();
    asked.put("sk", asked("NE", 1));
    assertThatThrownBy(() -> LegacyConditions.keys(asked).query(schema))
        .hasMessage("Attempted conditional constraint is not an indexable operation");
  }

  @Test
  void attributeUpdatesPutAddAndDelete() {
    Map<String, LegacyUpdate> updates = new LinkedHashMap<>();
    updates.put("n", new LegacyUpdate("ADD", Samples.value(2)));
    updates.put("l", new LegacyUpdate("ADD", Samples.value(List.of(3))));
    updates.put("ss", new LegacyUpdate("DELETE", Samples.value(Set.of("a"))));
    updates.put("s", new LegacyUpdate("DELETE", null));
    updates.put("flag", new LegacyUpdate(null, Samples.value("put")));
    assertThat(LegacyUpdate.of(updates).applyTo(ITEM))
        .isEqualTo(Samples.item("n", 7, "flag", "put", "l", List.of(1, 2, 3), "ss", Set.of("b")));
    assertThatThrownBy(() ->
            LegacyUpdate.of(Map.of("s", new LegacyUpdate("ADD", Samples.value(1)))).applyTo(ITEM))
        .hasMessage("Type mismatch for attribute to update");
    assertThatThrownBy(() -> LegacyUpdate.of(Map.of("s", new LegacyUpdate("PUT", null))))
        .hasMessage(
            "One or more parameter values were invalid: Only DELETE action is allowed when no"
                + " attribute value is specified");
    assertThatThrownBy(
            () -> LegacyUpdate.of(Map.of("s", new LegacyUpdate("ADD", Samples.value("x")))))
        .hasMessage(
            "One or more parameter values were invalid: ADD action is not supported for the type"
                + " S");
  }

  @Test
  void aRequestSpeaksOneDialect() {
    assertThatThrownBy(() ->
            new Dialect()
                .expression("UpdateExpression", "")
                .expression("ConditionExpression", "")
                .other("AttributeUpdates", Map.of())
                .other("Expected", Map.of())
                .require(null, null))
        .hasMessage(
            "Can not use both expression and non-expression parameters in the same request:"
                + " Non-expression parameters: {AttributeUpdates, Expected} Expression parameters:"
                + " {UpdateExpression, ConditionExpression}");
    assertThatThrownBy(() ->
            new Dialect()
                .expression("UpdateExpression", null)
                .expression("ConditionExpression", null)
                .require(null, Map.of()))
        .hasMessage(
            "ExpressionAttributeValues can only be specified when using expressions:"
                + " UpdateExpression and ConditionExpression are null");
    new Dialect()
        .expression("FilterExpression", "a = :a")
        .expression("KeyConditionExpression", null)
        .other("KeyConditions", Map.of())
        .require(null, Map.of());
  }
}
