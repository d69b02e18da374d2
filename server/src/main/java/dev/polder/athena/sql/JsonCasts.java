package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.Node;

/// Casts to JSON and from it.
final class JsonCasts {
  private JsonCasts() {}

  static String toJson(Node at, String v, SqlType from) {
    return switch (from) {
      case Simple.BOOLEAN, Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT ->
          "to_json(" + v + ")";
      case Simple.DOUBLE -> "CAST(t_double_json(" + v + ") AS JSON)";
      case Varchar _ -> "to_json(" + v + ")";
      case Decimal d -> "CAST(" + Casts.decimalText(v, d) + " AS JSON)";
      case Simple.DATE -> "to_json(" + Casts.text(at, v, from) + ")";
      case Timestamp _ -> "to_json(" + Casts.text(at, v, from) + ")";
      case SqlType.Array a when hasDecimal(a.element()) ->
          throw Casts.refused(at, from, Simple.JSON);
      case SqlType.Map m when hasDecimal(m.value()) -> throw Casts.refused(at, from, Simple.JSON);
      case SqlType.Array a ->
          "to_json(list_transform(" + v + ", lambda e_: " + toJson(at, "e_", a.element()) + "))";
      case SqlType.Map m when m.key().isText() ->
          "to_json(" + Casts.map(at, v, m, new SqlType.Map(m.key(), Simple.JSON)) + ")";
      case Simple.JSON -> v;
      default -> throw Casts.refused(at, from, Simple.JSON);
    };
  }

  /// DuckDB writes decimals inside of JSON as doubles.
  private static boolean hasDecimal(SqlType type) {
    return switch (type) {
      case Decimal _ -> true;
      case SqlType.Array a -> hasDecimal(a.element());
      case SqlType.Map m -> hasDecimal(m.value());
      default -> false;
    };
  }

  static String fromJson(Node at, String v, SqlType to) {
    String nested = "json_type(" + v + ") IN ('OBJECT', 'ARRAY')";
    String text = "json_extract_string(" + v + ", '$')";
    String fail =
        Sql.raise(
            Casts.INVALID,
            "'Cannot cast ''' || CAST(" + v + " AS VARCHAR) || ''' to " + Casts.upper(to) + "'");
    return switch (to) {
      case Varchar _ ->
          "CASE WHEN "
              + nested
              + " THEN "
              + fail
              + " WHEN json_type("
              + v
              + ") = 'DOUBLE' THEN t_double_text(CAST("
              + v
              + " AS DOUBLE)) ELSE "
              + text
              + " END";
      case Simple.BOOLEAN -> unless(nested, v, fail, "CAST(" + text + " AS BOOLEAN)");
      case Simple.DOUBLE ->
          unless(nested, v, fail, "CAST(CAST(" + text + " AS DOUBLE) AS " + to.duck() + ")");
      case Simple.BIGINT, Simple.INTEGER, Simple.SMALLINT, Simple.TINYINT -> {
        String whole = "round(CAST(" + text + " AS DECIMAL(38,10)))";
        yield unless(nested, v, fail, "CAST(" + whole + " AS " + to.duck() + ")");
      }
      case SqlType.Array a ->
          unless("json_type(" + v + ") <> 'ARRAY'", v, fail, elements(at, v, a.element()));
      case SqlType.Map m when m.key() instanceof Varchar ->
          unless("json_type(" + v + ") <> 'OBJECT'", v, fail, entries(at, v, m.value()));
      default -> throw Casts.refused(at, Simple.JSON, to);
    };
  }

  /// What a JSON value stands for: null for a JSON null, a failure where it is wrong.
  private static String unless(String wrong, String v, String fail, String value) {
    return "CASE WHEN json_type("
        + v
        + ") = 'NULL' THEN NULL WHEN "
        + wrong
        + " THEN "
        + fail
        + " ELSE "
        + value
        + " END";
  }

  private static String elements(Node at, String v, SqlType to) {
    return "list_transform(CAST(" + v + " AS JSON[]), lambda e_: " + member(at, "e_", to) + ")";
  }

  private static String entries(Node at, String v, SqlType to) {
    String k = "k" + v.length() + "_";
    String value = member(at, "json_extract(" + v + ", '$.\"' || " + k + " || '\"')", to);
    String keys = "json_keys(" + v + ")";
    return "map(" + keys + ", list_transform(" + keys + ", lambda " + k + ": " + value + "))";
  }

  private static String member(Node at, String v, SqlType to) {
    return to == Simple.JSON ? v : fromJson(at, v, to);
  }
}
