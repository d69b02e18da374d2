package dev.polder.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import dev.polder.dynamodb.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionExpressionTest {
  private static final Item ITEM =
      Samples.item(
          "n",
          5,
          "s",
          "hello",
          "b",
          new byte[] {1, (byte) 200, 3},
          "t",
          true,
          "nil",
          null,
          "l",
          List.of("x", 7, Set.of(1, 2)),
          "m",
          Map.of("k", Map.of("deep", List.of(0, "end"))),
          "ss",
          Set.of("a", "b"),
          "ns",
          Set.of(1, 2.5));

  static Expressions expressions(@Nullable Object... valuesInTurn) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < valuesInTurn.length; i += 2) {
      values.put(String.valueOf(valuesInTurn[i]), Samples.value(valuesInTurn[i + 1]));
    }
    return Expressions.of(Map.of("#s", "s", "#a", "a", "#status", "status"), values);
  }

  private static boolean matches(String condition) {
    return expressions(
            ":n",
            5,
            ":six",
            6,
            ":s",
            "hello",
            ":he",
            "he",
            ":ell",
            "ell",
            ":x",
            "x",
            ":bytes",
            new byte[] {(byte) 200, 3},
            ":typeN",
            "N",
            ":typeM",
            "M",
            ":yes",
            true,
            ":nil",
            null,
            ":list",
            List.of(0, "end"),
            ":set",
            Set.of(2, 1),
            ":abba",
            Set.of("b", "a"),
            ":half",
            2.5,
            ":one",
            1)
        .condition(condition)
        .matches(ITEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n = :n",
        "n <> :six",
        "n < :six AND n <= :n AND n >= :n",
        ":six > n",
        "absent <> :n",
        "absent <> gone",
        "n <> s",
        "s BETWEEN :he AND :x",
        "n between :n and :six And t = :yes",
        "n IN (:s, :n)",
        "nil = :nil",
        "ss = :abba",
        "m.k.deep = :list",
        "m.k.deep[1] > :ell",
        "attribute_exists(m.k.deep[0]) and attribute_not_exists(m.k.deep[2])",
        "attribute_exists(nil)",
        "attribute_type(n, :typeN) and attribute_type(m.k, :typeM)",
        "begins_with(s, :he) and begins_with(:s, #s)",
        "contains(s, :ell) and contains(l, :x) and contains(ss, l[9]) or contains(l, :set)",
        "contains(b, :bytes)",
        "size(s) = :n and size(l) < :n and size(m) = :one and size(b) > size(ss)",
        "NOT s = :n",
        "not not n = :n",
        "NOT n = :six AND n = :n",
        "n = :six AND n = :six OR n = :n",
        "n = :n OR n = :six AND n = :six",
        "((n = :n) OR (n = :six)) AND (NOT (s = :n))",
        "(n) = (:n) AND (m.k).deep = :list AND size((s)) = (:n)",
        "#s = :s"
      })
  void holds(String condition) {
    assertThat(matches(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent = gone",
        "absent = :n",
        "absent < :n or absent >= :n",
        "n < :s",
        "t < :n",
        "absent between :n and :six",
        "absent in (:n, gone)",
        "size(n) = :n or size(t) = :one or size(nil) = :one",
        "begins_with(n, :he)",
        "contains(n, :n)",
        "contains(ss, :n)",
        "attribute_type(absent, :typeN)",
        "n between s and :six",
        "m[0] = :n or l.k = :n or s.a.b = :s",
        "NOT (n = :n)"
      })
  void doesNotHold(String condition) {
    assertThat(matches(condition)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The expression can not be empty;",
        "'  '|The expression can not be empty;",
        "a > 4|Syntax error; token: \"4\", near: \"> 4\"",
        "foo|Syntax error; token: \"<EOF>\", near: \"foo\"",
        "attribute_not_exists(|Syntax error; token: \"<EOF>\", near: \"(\"",
        "a != :b|Syntax error; token: \"!\", near: \"a !=\"",
        "_x = :a|Syntax error; token: \"_\", near: \"_x\"",
        "attribute_exists(\"x\")|Syntax error; token: \"\"\", near: \"(\"x\"",
        "a in b|Syntax error; token: \"b\", near: \"in b\"",
        "a IN ()|Syntax error; token: \")\", near: \"()\"",
        "a > between|Syntax error; token: \"between\", near: \"> between\"",
        "size(a).b > a|Syntax error; token: \".\", near: \").b\"",
        "(a) AND b = c|Syntax error; token: \"AND\", near: \") AND b\"",
        "b[:a] > a|Syntax error; token: \":a\", near: \"[:a]\"",
        "a..b > a|Syntax error; token: \".\", near: \"..b\"",
        "a=a and a > ((views))|The expression has redundant parentheses;",
        "((a = :a))|The expression has redundant parentheses;",
        "((attribute_not_exists(a)))|The expression has redundant parentheses;",
        "a > whatever((:things), ((a)))|The expression has redundant parentheses;",
        "a=a and whatever((:things)) > a|Invalid function name; function: whatever",
        "attRIbute_exIsts((views), #a)|Invalid function name; function: attRIbute_exIsts",
        "attribute_exists((views), (#a)) > b|The function is not allowed to be used this way in an expression; function: attribute_exists",
        "size(contains(a, b)) > a|The function is not allowed to be used this way in an expression; function: contains",
        "size(things)|The function is not allowed to be used this way in an expression; function: size",
        "a in (b, attribute_exists(c))|The function is not allowed to be used this way in an expression; function: attribute_exists",
        "if_not_exists(a, b) = :a|The function is not allowed in a condition expression; function: if_not_exists",
        "attribute_exists(views, #zz)|Attribute name is a reserved keyword; reserved keyword: views",
        ":zz < abOrT|Attribute name is a reserved keyword; reserved keyword: abOrT",
        "x.name = :zz|Attribute name is a reserved keyword; reserved keyword: name",
        "begins_with(p.#zz)|An expression attribute name used in the document path is not defined; attribute name: #zz",
        "begins_with(:zz, #yy, #xx)|An expression attribute value used in expression is not defined; attribute value: :zz",
        "attribute_exists(x, y) and x=x|Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
        "size(x, a) > b|Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
        "x = x AND :zz > y|The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [x]",
        "contains(x.y[1].a, x.y[1].#a)|The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [x, y, [1], a]",
        "attribute_type(x, y)|Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
        "attribute_type(x, :n)|Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
        "attribute_type(x, :s)|Invalid attribute type name found; type: hello, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "begins_with(x, :n)|Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "begins_with(x, size(y))|Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "size(size(x)) > :n|Incorrect operand type for operator or function; operator or function: size, operand type: N",
        "size(:t) > x|Incorrect operand type for operator or function; operator or function: size, operand type: BOOL",
        "attribute_exists(:n)|Operator or function requires a document path; operator or function: attribute_exists",
        "attribute_not_exists(size(:s))|Operator or function requires a document path; operator or function: attribute_not_exists",
        "x < :t|Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
        "x between :n and :s|The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:hello}",
        "x between :six and :n|The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:5}",
      })
  void refusesInTheServicesOrder(String condition, String message) {
    Expressions expressions = expressions(":n", 5, ":six", 6, ":s", "hello", ":t", true);
    assertThatThrownBy(() -> expressions.condition(condition))
        .hasMessage("Invalid ConditionExpression: " + message);
  }

  @Test
  void limitsLengthAndOperators() {
    assertThatThrownBy(() -> expressions().filter("a" + " ".repeat(4090) + "= :abc"))
        .hasMessage(
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;"
                + " expression size: 4097");
    String most = "a<b " + "or (a<b ".repeat(149) + ")".repeat(149);
    assertThat(expressions().filter(most).matches(Item.EMPTY)).isFalse();
    assertThatThrownBy(() -> expressions().filter("a<b " + "or a<b ".repeat(150)))
        .hasMessage(
            "Invalid FilterExpression: The expression contains too many operators; operator count:"
                + " 301");
    assertThatThrownBy(() -> expressions().filter("(".repeat(2047) + "a<b" + ")".repeat(2046)))
        .hasMessageContaining("redundant parentheses");
  }

  @Test
  void everyPlaceholderMustBeUsed() {
    Expressions expressions =
        Expressions.of(Map.of("#a", "a"), new LinkedHashMap<>(Map.of(":v", Samples.value(1))));
    expressions.condition("#a = :v");
    expressions.requireAllUsed();
    Expressions unused = Expressions.of(null, Map.of(":v", Samples.value(1)));
    unused.condition("attribute_exists(a)");
    assertThatThrownBy(unused::requireAllUsed)
        .hasMessage(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
  }

  @Test
  void placeholdersHaveASyntax() {
    assertThatThrownBy(() -> Expressions.requireNames(List.of("a")))
        .hasMessage("ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
    assertThatThrownBy(() -> Expressions.requireValues(List.of(":a", ":b-c")))
        .hasMessage("ExpressionAttributeValues contains invalid key: Syntax error; key: \":b-c\"");
    assertThatThrownBy(() -> Expressions.requireValues(List.of()))
        .hasMessage("ExpressionAttributeValues must not be empty");
  }

  @Test
  void aConditionKnowsItsPaths() {
    Condition condition = expressions(":n", 5).filter("size(#a) > :n AND b.c[2] IN (d, :n)");
    assertThat(condition.paths())
        .extracting(Path::toString)
        .containsExactly("[a]", "[b, c, [2]]", "[d]");
  }
}
