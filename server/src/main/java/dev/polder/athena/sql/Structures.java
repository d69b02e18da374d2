package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SubscriptExpression;
import java.util.ArrayList;
import java.util.List;

/// Arrays and rows that are written out, and the elements of those and of maps.
final class Structures {
  private final ExpressionTranslator in;

  Structures(ExpressionTranslator in) {
    this.in = in;
  }

  Typed array(Array a) {
    List<Typed> values = in.common(a, a.getValues(), "All ARRAY elements must be the same type");
    SqlType element = values.isEmpty() ? Simple.UNKNOWN : values.getFirst().type();
    var type = new SqlType.Array(element);
    return new Typed(Sql.cast("[" + ExpressionTranslator.list(values) + "]", type), type);
  }

  Typed row(Row r) {
    List<SqlType.RowField> fields = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (Expression item : r.getItems()) {
      Typed value = in.of(item);
      values.add(value.isNull() ? new Typed("CAST(NULL AS INTEGER)", Simple.UNKNOWN) : value);
      fields.add(new SqlType.RowField(null, value.type()));
    }
    return Rows.of(values, new SqlType.Row(fields));
  }

  Typed subscript(SubscriptExpression s) {
    Typed base = in.of(s.getBase());
    return switch (base.type()) {
      case SqlType.Array a ->
          ArrayFunctions.subscript(base.sql(), in.coerced(s.getIndex(), Simple.BIGINT).sql(), a);
      case SqlType.Map m ->
          MapFunctions.subscript(s, base.sql(), in.coerced(s.getIndex(), m.key()), m);
      case SqlType.Row r -> Rows.subscript(base, r, s.getIndex(), in.of(s.getIndex()));
      default -> throw SqlFailure.mismatch(s, "Cannot use subscript on " + base.type());
    };
  }
}
