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
    String k = "k" + v.length() + "_";
    String scalar = "json_type(" + v + ") IN ('OBJECT', 'ARRAY')";
    String fail =
        Sql.raise(
            Casts.INVALID,
            "'Cannot cast ''' || CAST(" + v + " AS VARCHAR) || ''' to " + Casts.upper(to) + "'");
    return switch (to) {
      case Varchar _ ->
          "CASE WHEN "
              + scalar
              + " THEN "
              + fail
              + " WHEN json_type("
              + v
              + ") = 'DOUBLE' THEN t_double_text(CAST("
              + v
              + " AS DOUBLE)) ELSE json_extract_string("
              + v
              + ", '$') END";
      case Simple.BOOLEAN ->
          "CASE WHEN json_type("
              + v
              + ") = 'NULL' THEN NULL WHEN "
              + scalar
              + " THEN "
              + fail
              + " ELSE CAST(json_extract_string("
              + v
              + ", '$') AS BOOLEAN) END";
      case Simple.BIGINT, Simple.INTEGER, Simple.SMALLINT, Simple.TINYINT, Simple.DOUBLE ->
          "CASE WHEN json_type("
              + v
              + ") = 'NULL' THEN NULL WHEN "
              + scalar
              + " THEN "
              + fail
              + " ELSE CAST("
              + (to == Simple.DOUBLE ? "" : "round(")
              + "CAST(json_extract_string("
              + v
              + ", '$') AS "
              + (to == Simple.DOUBLE ? "DOUBLE)" : "DECIMAL(38,10)))")
              + " AS "
              + to.duck()
              + ") END";
      case SqlType.Array a ->
          "CASE WHEN json_type("
              + v
              + ") = 'NULL' THEN NULL WHEN json_type("
              + v
              + ") <> 'ARRAY' THEN "
              + fail
              + " ELSE list_transform(CAST("
              + v
              + " AS JSON[]), lambda e_: "
              + (a.element() == Simple.JSON ? "e_" : fromJson(at, "e_", a.element()))
              + ") END";
      case SqlType.Map m when m.key() instanceof Varchar ->
          "CASE WHEN json_type("
              + v
              + ") = 'NULL' THEN NULL WHEN json_type("
              + v
              + ") <> 'OBJECT' THEN "
              + fail
              + " ELSE map(json_keys("
              + v
              + "), list_transform(json_keys("
              + v
              + "), lambda "
              + k
              + ": "
              + jsonMember(at, "json_extract(" + v + ", '$.\"' || " + k + " || '\"')", m.value())
              + ")) END";
      default -> throw Casts.refused(at, Simple.JSON, to);
    };
  }

  private static String jsonMember(Node at, String v, SqlType to) {
    return to == Simple.JSON ? v : fromJson(at, v, to);
  }
}
