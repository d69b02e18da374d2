package dev.polder.athena.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.LongLiteral;
import java.util.List;

/// Values of type ROW: making them and reaching into them.
final class Rows {
  private Rows() {}

  static Typed of(List<Typed> values, SqlType.Row type) {
    var text = new StringBuilder("struct_pack(");
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(Sql.name(type.duckName(i)))
          .append(" := ")
          .append(values.get(i).sql());
    }
    return new Typed(text.append(')').toString(), type);
  }

  /// A field by its name, in any case.
  static Typed member(Expression at, Typed base, String name) {
    if (!(base.type() instanceof SqlType.Row row)) {
      throw SqlFailure.mismatch(at, "Expression " + at + " is not of type ROW");
    }
    int found = -1;
    for (int i = 0; i < row.fields().size(); i++) {
      String own = row.fields().get(i).name();
      if (name.equalsIgnoreCase(own)) {
        if (found >= 0) {
          throw SqlFailure.at(at, "AMBIGUOUS_NAME", "Ambiguous row field reference: " + name);
        }
        found = i;
      }
    }
    if (found < 0) {
      throw ExpressionTranslator.unresolved(at, at.toString());
    }
    return field(base, row, found);
  }

  static Typed field(Typed base, SqlType.Row row, int index) {
    return new Typed(
        "struct_extract(" + base.sql() + ", " + Sql.literal(row.duckName(index)) + ")",
        row.fields().get(index).type());
  }

  /// A field by its position, which counts from 1.
  static Typed subscript(Typed base, SqlType.Row row, Expression position, Typed value) {
    int at = position instanceof LongLiteral l ? (int) l.getParsedValue() : 0;
    if (at < 1 || at > row.fields().size()) {
      throw SqlFailure.at(
          position,
          "INVALID_FUNCTION_ARGUMENT",
          "ROW subscript must be a constant in range: " + value.sql());
    }
    return field(base, row, at - 1);
  }
}
