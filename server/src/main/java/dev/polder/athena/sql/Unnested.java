package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;

/// The columns of `UNNEST`: one of an array, two of a map, one for each field of an array of rows,
/// and the ordinality at the end.
final class Unnested {
  private final List<String> columns = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final List<String> expansions = new ArrayList<>();
  private final Build build;

  Unnested(Build build, Unnest u, ExpressionTranslator in) {
    this.build = build;
    List<String> lengths = new ArrayList<>();
    for (Expression e : u.getExpressions()) {
      Typed value = in.of(e);
      switch (value.type()) {
        case SqlType.Array a -> {
          lengths.add("len(" + value.sql() + ")");
          array(value.sql(), a);
        }
        case SqlType.Map m -> {
          lengths.add("cardinality(" + value.sql() + ")");
          add("map_keys(" + value.sql() + ")", m.key());
          add("map_values(" + value.sql() + ")", m.value());
        }
        default -> throw SqlFailure.mismatch(e, "Cannot unnest type: " + value.type());
      }
    }
    if (u.isWithOrdinality()) {
      String most = "greatest(" + String.join(", ", lengths) + ", 0)";
      add("range(1, CAST(" + most + " AS BIGINT) + 1)", Simple.BIGINT);
    }
  }

  private String add(String list, SqlType type) {
    String id = build.column();
    columns.add("unnest(" + list + ") AS " + id);
    fields.add(Field.output(null, type, id));
    return id;
  }

  private void array(String list, SqlType.Array a) {
    if (!(a.element() instanceof SqlType.Row row)) {
      add(list, a.element());
      return;
    }
    String id = build.column();
    columns.add("unnest(" + list + ") AS " + id);
    for (int i = 0; i < row.fields().size(); i++) {
      String field = build.column();
      expansions.add(
          "struct_extract(" + id + ", " + Sql.literal(row.duckName(i)) + ") AS " + field);
      fields.add(Field.output(row.fields().get(i).name(), row.fields().get(i).type(), field));
    }
  }

  /// The `unnest` calls for a `SELECT`.
  String columns() {
    return String.join(", ", columns);
  }

  List<Field> fields() {
    return fields;
  }

  /// A select that holds [#columns()], with the fields of rows taken apart.
  String expanded(String select) {
    return expansions.isEmpty()
        ? select
        : "SELECT *, "
            + String.join(", ", expansions)
            + " FROM ("
            + select
            + ") AS "
            + build.relation();
  }
}
