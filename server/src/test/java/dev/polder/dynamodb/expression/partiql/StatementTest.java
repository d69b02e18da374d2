package dev.polder.dynamodb.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.SortRange;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Samples;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
  private static final KeySchema KEY =
      new KeySchema(
          new KeySchema.KeyAttribute("pk", Type.S), new KeySchema.KeyAttribute("sk", Type.N));
  private static final Item ITEM =
      Samples.item(
          "pk",
          "p",
          "sk",
          3,
          "n",
          7,
          "s",
          "hello",
          "ss",
          Set.of("a", "b"),
          "nil",
          null,
          "flag",
          true,
          "m",
          Map.of("sub", "x", "list", List.of("zero", "one")));

  private static Statement parse(String text, @Nullable Object... parameters) {
    return Statement.parse(text, Stream.of(parameters).map(Samples::value).toList());
  }

  private static Statement.Select select(String text, @Nullable Object... parameters) {
    return (Statement.Select) parse(text, parameters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n > 2 AND s = 'hello'",
        "n = .7e1 and n != -7.",
        "n BETWEEN 7 AND 8 OR s = 'x'",
        "n IN [1, 7] AND NOT n IN (1, 2)",
        "attribute_exists(m.sub) AND ATTRIBUTE_NOT_EXISTS(\"m\".\"nope\")",
        "attribute_exists(ss) = true AND attribute_exists(nope) = false",
        "begins_with(s, 'he') AND contains(ss, 'a') AND size(s) = 5",
        "attribute_type(ss, 'SS')",
        "nil IS NULL AND s IS NOT NULL AND nope IS MISSING AND flag IS BOOL AND s IS STRING",
        "(NOT (n = 1)) AND (s = 'x' OR m.list[1] = 'one')",
        "ss = <<'b', 'a'>> AND m = {'list': ['zero', 'one'], 'sub': 'x'} -- a note",
        "n = 7 /* a note */",
        "s <> 'it''s'"
      })
  void holds(String where) {
    assertThat(select("SELECT * FROM \"T\" WHERE " + where).where().condition().matches(ITEM))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope IS NOT NULL", "n < 's'", "s IS NULL", "n IS BOOL", "n = '7'"})
  void doesNotHold(String where) {
    assertThat(select("SELECT * FROM T WHERE " + where).where().condition().matches(ITEM))
        .isFalse();
  }

  @Test
  void columnsAreShownByTheirLastNames() {
    Statement.Select select = select("SELECT pk, m.sub, m.list[1], nope FROM \"T\".\"byName\"");
    assertThat(select.of(ITEM)).isEqualTo(Samples.item("pk", "p", "sub", "x", "list[1]", "one"));
    assertThat(select.index()).isEqualTo("byName");
    assertThat(select("select * from T").of(ITEM)).isEqualTo(ITEM);
  }

  @Test
  void anEqualityOnThePartitionKeyMakesAQuery() {
    Where.Range range =
        select("SELECT * FROM T WHERE n > 1 AND pk = ? AND sk >= 3 ORDER BY sk DESC", "p")
            .where()
            .range(KEY);
    assertThat(range.query()).isNotNull();
    assertThat(range.query().partition()).isEqualTo(new Value.S("p"));
    assertThat(range.query().sort().contains(Value.N.of(3))).isTrue();
    assertThat(range.query().sort().contains(Value.N.of(2))).isFalse();
    assertThat(range.filter().matches(Samples.item("n", 2))).isTrue();
    assertThat(range.filter().matches(Samples.item("n", 1))).isFalse();
    Where.Range all = select("SELECT * FROM T WHERE pk = 'p' AND sk <> 3").where().range(KEY);
    assertThat(all.query()).isNotNull();
    assertThat(all.query().sort()).isSameAs(SortRange.ALL);
    assertThat(select("SELECT * FROM T WHERE pk = 'a' OR pk = 'b'").where().range(KEY).query())
        .isNull();
  }

  @Test
  void insertsAnItem() {
    var insert =
        (Statement.Insert)
            parse(
                "INSERT INTO \"T\" VALUE {'pk': ?, 'l': [1, TRUE, null], 'm': {'k': -2.50}, 'b': <<1, 2>>}",
                "p");
    assertThat(insert.item().attributes().get("m")).isEqualTo(Samples.value(Map.of("k", -2.5)));
    assertThat(insert.item().attributes().get("b")).isEqualTo(Samples.value(Set.of(1, 2)));
    assertThat(insert.item().attributes().get("pk")).isEqualTo(Samples.value("p"));
  }

  @Test
  void changesOneItemUnderConditions() {
    var change =
        (Statement.Change)
            parse(
                "UPDATE T SET n = n + ? SET m.list = list_append(m.list, ['two']), ss = SET_ADD(ss,"
                    + " <<'z'>>) REMOVE s WHERE pk = 'p' AND sk = 3 AND n = 7 RETURNING MODIFIED NEW *",
                5);
    Where.Target target = change.where().target(KEY);
    assertThat(target.key()).isEqualTo(Samples.item("pk", "p", "sk", 3));
    assertThat(target.rest().matches(ITEM)).isTrue();
    assertThat(target.rest().matches(Samples.item("n", 8))).isFalse();
    Item updated = change.update().applyTo(ITEM);
    assertThat(updated.attribute("n")).isEqualTo(Samples.value(12));
    assertThat(updated.attribute("ss")).isEqualTo(Samples.value(Set.of("a", "b", "z")));
    assertThat(updated.attribute("s")).isNull();
    assertThat(change.returning()).isEqualTo(Statement.Returning.MODIFIED_NEW);
    var fromFirst = (Statement.Change) parse("from T where pk = 'p' and sk = 1 set a = 1 remove b");
    assertThat(fromFirst.update().actions()).hasSize(2);
    var delete =
        (Statement.Delete) parse("DELETE FROM T WHERE sk = 1 AND pk = 'p' RETURNING ALL OLD *");
    assertThat(delete.returning()).isTrue();
    assertThat(((Statement.Exists) parse("EXISTS(SELECT * FROM T WHERE pk = 'p')")).table())
        .isEqualTo("T");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLECT * FROM T|Statement wasn't well formed, can't be processed: Expected data manipulation",
        "SELECT * FROM T WHERE pk = 1 foo|Statement wasn't well formed, can't be processed: Unexpected token after expression",
        "SELECT * FROM T WHERE pk = 1 e5|Statement wasn't well formed, can't be processed: Unexpected token after expression",
        "SELECT * FROM T WHERE pk = 1)|Statement wasn't well formed, can't be processed: Unexpected token after expression",
        "SELECT * FROM T ORDER BY pk WHERE pk = 1|Statement wasn't well formed, can't be processed: Unexpected token after expression",
        "INSERT INTO T t VALUE {}|Statement wasn't well formed, can't be processed: Unexpected token after expression",
        "SELECT * FROM T WHERE|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM T WHERE NOT|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM T WHERE pk = 'a' AND|Statement wasn't well formed, can't be processed: Missing right-hand side expression of infix operator",
        "SELECT * FROM T WHERE ORDER BY pk|Statement wasn't well formed, can't be processed: Unexpected keyword",
        "SELECT * FROM T WHERE pk = LIKE|Statement wasn't well formed, can't be processed: Unexpected operator",
        "SELECT * FROM T WHERE x IS FOO|Statement wasn't well formed, can't be processed: Expected type name",
        "DELETE FROM WHERE pk = 'a'|Statement wasn't well formed, can't be processed: Expected identifier for simple path",
        "SELECT * FROM T AS t WHERE pk = 'x'|Aliasing is not supported",
        "UPDATE T t SET a = 3|Aliasing is not supported",
        "SELECT * FROM a.b.c|A path may contain at most 2 components in the FROM clause",
        "SELECT * FROM \"\"|Path component cannot be an empty string",
        "DELETE FROM T WHERE pk = 'x' RETURNING ALL NEW *|Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        "SELECT * FROM T WHERE pk = 1e126|Number overflow. Attempting to store a number with magnitude larger than supported range under root",
        "INSERT INTO T VALUE {'l': [1, {'x': 1e-131}]}|Number underflow. Attempting to store a number with magnitude smaller than supported range under root[1].x",
        "SELECT * FROM T WHERE attribute_exists('a')|Operator or function requires a document path; operator or function: attribute_exists",
        "SELECT * FROM T WHERE attribute_exists()|Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
        "SELECT size(a) FROM T|Unexpected path component at 1:8:4",
        "SELECT * FROM T WHERE EXISTS(a)|Unrecognized function: exists at 1:23:6",
        "SELECT * FROM T WHERE a < TRUE|Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
        "UPDATE T SET t = set_add(a, <<'x'>>) WHERE pk = 'a'|The first argument to SET_ADD must equal the assignment value at 1:18:7",
        "UPDATE T SET a = set_add(a, 'x') WHERE pk = 'a'|The second argument to SET_ADD must be a value with type SET at 1:26:1",
        "UPDATE T SET a = set_delete(a) WHERE pk = 'a'|SET_DELETE must have exactly two arguments at 1:18:10",
        "UPDATE T SET a = set_add(a, <<>>) WHERE pk = 'a'|Empty bags are not supported",
        "UPDATE T SET a = 1, a.b = 2 WHERE pk = 'a'|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
        "SELECT * FROM T WHERE a = ?|Number of parameters in request and statement don't match."
      })
  void refuses(String statement, String message) {
    assertThatThrownBy(() -> parse(statement)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM T WHERE pk = 1 # note",
        "SELECT * FROM T WHERE pk = 1 /* note",
        "SELECT * FROM T WHERE pk = 1e99999999999",
        "SELECT * FROM T WHERE pk = 1.5e-2147483647",
        "SELECT * FROM \"T"
      })
  void refusesWhatCannotBeReadWithoutAReason(String statement) {
    assertThatThrownBy(() -> parse(statement))
        .hasMessage("Statement wasn't well formed, can't be processed: ");
  }

  @Test
  void writesNameTheirItem() {
    var change = (Statement.Change) parse("UPDATE T SET a = 1 WHERE pk = 'p'");
    assertThatThrownBy(() -> change.where().target(KEY))
        .hasMessage("Where clause does not contain a mandatory equality on all key attributes");
  }
}
