package dev.polder.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Samples;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyConditionTest {
  private static final KeySchema HASH = new KeySchema(attribute("pk", Type.S), null);
  private static final KeySchema STRINGS = schema(Type.S);

  private static KeySchema schema(Type sort) {
    return new KeySchema(attribute("pk", Type.S), attribute("sk", sort));
  }

  private static KeySchema.KeyAttribute attribute(String name, Type type) {
    return new KeySchema.KeyAttribute(name, type);
  }

  private static KeyQuery query(KeySchema schema, String expression, @Nullable Object... values) {
    Expressions expressions = ConditionExpressionTest.expressions(values);
    return expressions.keyCondition(expression).conditions().query(schema);
  }

  private static KeyQuery strings(String expression) {
    return query(STRINGS, expression, ":p", "p", ":a", "b", ":b", "d", ":n", 3, ":e", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pk = :p|a b bb c d e",
        "pk = :p AND sk = :a|b",
        ":p = pk AND :a = sk|b",
        "(pk = :p AND (sk > :a))|bb c d e",
        "(pk = :p) AND (:a < sk)|bb c d e",
        "sk >= :a AND pk = :p|b bb c d e",
        "pk = :p AND sk < :b|a b bb c",
        "pk = :p AND sk <= :b|a b bb c d",
        "pk = :p AND sk BETWEEN :a AND :b|b bb c d",
        "pk = :p AND begins_with(sk, :a)|b bb"
      })
  void answersAPartitionAndARangeOfBytes(String expression, String expected) {
    KeyQuery query = strings(expression);
    assertThat(query.partition()).isEqualTo(new Value.S("p"));
    List<String> within =
        Stream.of("a", "b", "bb", "c", "d", "e")
            .filter(key -> query.sort().contains(new Value.S(key)))
            .toList();
    assertThat(String.join(" ", within)).isEqualTo(expected);
  }

  @Test
  void numbersAreOrderedAsNumbers() {
    KeyQuery query = query(schema(Type.N), "pk = :p AND sk >= :n", ":p", "p", ":n", -3);
    assertThat(query.sort().contains(Value.N.of(-3))).isTrue();
    assertThat(query.sort().contains(Value.N.of(20))).isTrue();
    assertThat(query.sort().contains(Value.N.parse("-3.01"))).isFalse();
  }

  @Test
  void aWholeKeyFindsOneItem() {
    assertThat(strings("pk = :p AND sk = :a").one()).isTrue();
    assertThat(strings("pk = :p").one()).isFalse();
    assertThat(query(HASH, "pk = :p", ":p", "p").one()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "things are not ok|Invalid KeyConditionExpression: Syntax error; token: \"are\", near: \"things are not\"",
        "((pk = :p)) AND ((sk = :a))|Invalid KeyConditionExpression: The expression has redundant parentheses;",
        "pk = :p AND begins_with(sk, :n)|Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "pk = :p AND BEGINS_WITH(sk, :a)|Invalid KeyConditionExpression: Invalid function name; function: BEGINS_WITH",
        "x > y and size(z) > q or x > w|Invalid operator used in KeyConditionExpression: OR",
        "x in (y, size(w))|Invalid operator used in KeyConditionExpression: IN",
        "attribute_not_exists(x)|Invalid operator used in KeyConditionExpression: attribute_not_exists",
        "contains(x.d, y)|Invalid operator used in KeyConditionExpression: contains",
        "not x > y|Invalid operator used in KeyConditionExpression: NOT",
        "x <> y|Invalid operator used in KeyConditionExpression: <>",
        ":a between size(y) and size(x) and z > :b|Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
        "begins_with(:a, y) and z > :b|Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
        "x > size(y.d)|KeyConditionExpressions cannot contain nested operations",
        "y > x.y|Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        "begins_with(x, y)|Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        "x.d > y|KeyConditionExpressions cannot have conditions on nested attributes",
        "pk = :p AND sk.foo = :a|KeyConditionExpressions cannot have conditions on nested attributes",
        ":b > :a AND x < :b|Invalid condition in KeyConditionExpression: No key attribute specified",
        "y > :a AND y < :a and z = :a|KeyConditionExpressions must only contain one condition per key",
        "pk = :p AND sk = :a AND z = :b|Conditions can be of length 1 or 2 only",
        "sk = :a|Query condition missed key schema element: pk",
        "pk = :p AND third = :a|Query condition missed key schema element: sk",
        "pk > :p|Query key condition not supported",
        "begins_with(pk, :p)|Query key condition not supported",
        "pk = :n|One or more parameter values were invalid: Condition parameter type does not match schema type",
        "pk = :p AND sk > :n|One or more parameter values were invalid: Condition parameter type does not match schema type",
        "pk = :e|One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk"
      })
  void refusesWhatIsNoQuery(String expression, String message) {
    assertThatThrownBy(() -> strings(expression)).hasMessage(message);
  }

  @Test
  void aTableWithoutSortKeyTakesOneCondition() {
    assertThatThrownBy(() -> query(HASH, "pk = :p AND sk = :p", ":p", Samples.value("p")))
        .hasMessage("Query key condition not supported");
  }
}
