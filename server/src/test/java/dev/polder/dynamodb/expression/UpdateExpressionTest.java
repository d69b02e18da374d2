package dev.polder.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateExpressionTest {
  private static final Item ITEM =
      Samples.item(
          "pk",
          "k",
          "n",
          5,
          "s",
          "hello",
          "l",
          List.of("a", "b", "c", "d"),
          "m",
          Map.of("x", 1),
          "ss",
          Set.of("a", "b", "c"));

  private static Update update(String expression) {
    return ConditionExpressionTest.expressions(
            ":n",
            2,
            ":s",
            "new",
            ":l",
            List.of("e"),
            ":ss",
            Set.of("c", "z"),
            ":all",
            Set.of("a", "b", "c"),
            ":ns",
            Set.of(1),
            ":m",
            Map.of("y", 2),
            ":big",
            9.9e125,
            ":t",
            true)
        .update(expression);
  }

  private static Object after(String expression, String attribute) {
    Object value = update(expression).applyTo(ITEM).attribute(attribute);
    return value == null ? "nothing" : value;
  }

  @Test
  void setReadsTheItemAsItWas() {
    Item swapped = update("SET n = s, s = n, twin = m.x").applyTo(ITEM);
    assertThat(swapped.attribute("n")).isEqualTo(Samples.value("hello"));
    assertThat(swapped.attribute("s")).isEqualTo(Samples.value(5));
    assertThat(swapped.attribute("twin")).isEqualTo(Samples.value(1));
    assertThat(after("REMOVE n SET was = n", "was")).isEqualTo(Samples.value(5));
  }

  @Test
  void setCalculates() {
    assertThat(after("SET n = n + :n", "n")).isEqualTo(Samples.value(7));
    assertThat(after("set n = (:n - n)", "n")).isEqualTo(Samples.value(-3));
    assertThat(after("SET n = if_not_exists(q, n) + if_not_exists(z, :n)", "n"))
        .isEqualTo(Samples.value(7));
    assertThat(after("SET q = list_append(if_not_exists(q, :l), l)", "q"))
        .isEqualTo(Samples.value(List.of("e", "a", "b", "c", "d")));
    assertThat(after("SET n = ((m.x)+(:n))", "n")).isEqualTo(Samples.value(3));
  }

  @Test
  void addAndDeleteWorkOnNumbersAndSets() {
    assertThat(after("ADD n :n", "n")).isEqualTo(Samples.value(7));
    assertThat(after("ADD fresh :n", "fresh")).isEqualTo(Samples.value(2));
    assertThat(after("ADD ss :ss", "ss")).isEqualTo(Samples.value(Set.of("a", "b", "c", "z")));
    assertThat(after("ADD m.y :n", "m")).isEqualTo(Samples.value(Map.of("x", 1, "y", 2)));
    assertThat(after("DELETE ss :ss", "ss")).isEqualTo(Samples.value(Set.of("a", "b")));
    assertThat(after("DELETE ss :all", "ss")).isEqualTo("nothing");
    assertThat(after("DELETE nil :all", "nil")).isEqualTo("nothing");
  }

  @Test
  void placesInListsAreMeantAsTheyWere() {
    assertThat(after("REMOVE l[1] SET l[3] = :n", "l"))
        .isEqualTo(Samples.value(List.of("a", "c", 2)));
    assertThat(after("SET l[9] = :n, l[7] = :s", "l"))
        .isEqualTo(Samples.value(List.of("a", "b", "c", "d", "new", 2)));
    assertThat(after("REMOVE l[17], m.q", "l")).isEqualTo(ITEM.attribute("l"));
    assertThat(after("REMOVE m.x", "m")).isEqualTo(Samples.value(Map.of()));
  }

  @Test
  void answersWhatItTouched() {
    Update update = update("SET m.x = :n, l[1] = :s, fresh = :n REMOVE s");
    assertThat(update.touched().of(ITEM))
        .isEqualTo(Samples.item("m", Map.of("x", 1), "l", List.of("b"), "s", "hello"));
    assertThat(update.touched().of(update.applyTo(ITEM)))
        .isEqualTo(Samples.item("m", Map.of("x", 2), "l", List.of("new"), "fresh", 2));
    Update beyond = update("SET l[100] = :n");
    assertThat(beyond.touched().of(beyond.applyTo(ITEM)).isEmpty()).isTrue();
  }

  @Test
  void takingAwayFromWhatIsNotThereMakesNothing() {
    Item key = Samples.item("pk", "k");
    assertThat(update("REMOVE a.b, c[0]").creates()).isFalse();
    assertThat(update("REMOVE a.b, c[0]").applyToMissing(key)).isEqualTo(key);
    assertThat(update("ADD n :n").creates()).isTrue();
    assertThat(update("ADD n :n REMOVE x.y").applyToMissing(key))
        .isEqualTo(Samples.item("pk", "k", "n", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET q = z|The provided expression refers to an attribute that does not exist in the item",
        "SET x = :n, y = x|The provided expression refers to an attribute that does not exist in the item",
        "SET q = s + :n|An operand in the update expression has an incorrect data type",
        "SET q = list_append(s, :l)|An operand in the update expression has an incorrect data type",
        "ADD s :n|An operand in the update expression has an incorrect data type",
        "ADD ss :ns|An operand in the update expression has an incorrect data type",
        "DELETE n :ss|An operand in the update expression has an incorrect data type",
        "SET s.x = :n|The document path provided in the update expression is invalid for update",
        "SET nil.x = :n|The document path provided in the update expression is invalid for update",
        "SET m[0] = :n|The document path provided in the update expression is invalid for update",
        "SET l.x = :n|The document path provided in the update expression is invalid for update",
        "REMOVE nil.x|The document path provided in the update expression is invalid for update",
        "REMOVE s[0]|The document path provided in the update expression is invalid for update",
        "SET q = :big + :big|Number overflow. Attempting to store a number with magnitude larger than supported range"
      })
  void refusesWhatTheItemDoesNotBear(String expression, String message) {
    assertThatThrownBy(() -> update(expression).applyTo(ITEM)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The expression can not be empty;",
        "INVALID SYNTAX HERE|Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"",
        "ADD hits : incr|Syntax error; token: \":\", near: \"hits : incr\"",
        "SET _123 = :n|Syntax error; token: \"_\", near: \"SET _123\"",
        "SET a = :n, SET b = :n|Syntax error; token: \"SET\", near: \", SET b\"",
        "SET a = :n,|Syntax error; token: \"<EOF>\", near: \",\"",
        "set a|Syntax error; token: \"<EOF>\", near: \"a\"",
        "set a = b / c|Syntax error; token: \"/\", near: \"b / c\"",
        "set a = (b.c).d + e|Syntax error; token: \".\", near: \").d\"",
        "set a = b + c + d|Syntax error; token: \"+\", near: \"c + d\"",
        "set a = if_not_exists(a, :n + :n)|Syntax error; token: \"+\", near: \":n + :n\"",
        "set (a = b)|Syntax error; token: \"(\", near: \"set (a\"",
        "delete a b|Syntax error; token: \"b\", near: \"a b\"",
        "remove a = b|Syntax error; token: \"=\", near: \"a = b\"",
        "set :n = b|Syntax error; token: \":n\", near: \"set :n =\"",
        "set #zz = :zz set abOrt = x|Attribute name is a reserved keyword; reserved keyword: abOrt",
        "set #zz = if_not_exist(:zz) set c = d|Invalid function name; function: if_not_exist",
        "set a = size(b)|The function is not allowed in an update expression; function: size",
        "set a = list_append(list_append(:l, :l), :l)|The function is not allowed to be used this way in an expression; function: list_append",
        "remove #zz set a = b remove e|The \"REMOVE\" section can only be used once in an update expression;",
        "SET #zz = if_not_exists(:zz)|An expression attribute name used in the document path is not defined; attribute name: #zz",
        "SET #a = if_not_exists(:zz)|An expression attribute value used in expression is not defined; attribute value: :zz",
        "set c[1].a = x, c = if_not_exists(y)|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [c, [1], a], path two: [c]",
        "set #a = x, a = y|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
        "remove a.b set a[1] = d|Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]",
        "add a.b :s|Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
        "add a.b :m|Incorrect operand type for operator or function; operator: ADD, operand type: MAP",
        "add a.b :l|Incorrect operand type for operator or function; operator: ADD, operand type: LIST",
        "delete a.b :t|Incorrect operand type for operator or function; operator: DELETE, operand type: BOOLEAN",
        "delete a.b :n|Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER",
        "set a = list_append(c)|Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1",
        "set a = if_not_exists(:n, c)|Operator or function requires a document path; operator or function: if_not_exists",
        "set a = list_append(a, :n)|Incorrect operand type for operator or function; operator or function: list_append, operand type: N",
        "set a = a - :ss|Incorrect operand type for operator or function; operator or function: -, operand type: SS"
      })
  void refusesInTheServicesOrder(String expression, String message) {
    assertThatThrownBy(() -> update(expression)).hasMessage("Invalid UpdateExpression: " + message);
  }

  @Test
  void keysStay() {
    assertThatThrownBy(() -> update("SET pk = :n").requireUntouched(List.of("pk")))
        .hasMessage(
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute"
                + " is part of the key");
  }

  @Test
  void nothingGrowsDeeperThan32Levels() {
    Item item = Samples.item("a", Map.of());
    for (int i = 0; i < 30; i++) {
      item = update("SET a" + ".a".repeat(i + 1) + " = :empty", "a").applyTo(item);
    }
    Item deep = item;
    assertThatThrownBy(() -> update("SET a" + ".a".repeat(31) + " = :empty", "a").applyTo(deep))
        .hasMessageContaining("Nesting Levels have exceeded supported limits");
  }

  private static Update update(String expression, String entry) {
    return ConditionExpressionTest.expressions(":empty", Map.of(entry, Map.of()))
        .update(expression);
  }
}
