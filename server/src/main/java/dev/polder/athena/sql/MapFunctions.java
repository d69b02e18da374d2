package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Functions of maps.
final class MapFunctions {
  private MapFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put("map", MapFunctions::map);
    all.put(
        "map_keys",
        c -> new Typed("map_keys(" + c.arg(0).sql() + ")", new SqlType.Array(c.map(0).key())));
    all.put(
        "map_values",
        c -> new Typed("map_values(" + c.arg(0).sql() + ")", new SqlType.Array(c.map(0).value())));
    all.put("map_filter", MapFunctions::filter);
    all.put("transform_values", MapFunctions::transformValues);
    all.put("transform_keys", MapFunctions::transformKeys);
    all.put("map_concat", MapFunctions::concat);
    all.put("map_from_entries", MapFunctions::fromEntries);
    all.put("map_entries", MapFunctions::entries);
  }

  /// The key and the value of an entry that DuckDB knows under a name.
  private static List<Typed> entry(SqlType.Map m, String name) {
    return List.of(new Typed(name + ".key", m.key()), new Typed(name + ".value", m.value()));
  }

  private static Typed filter(Call c) {
    SqlType.Map m = c.map(0);
    String e = c.parameter("m");
    Typed test = c.applied(1, entry(m, e));
    return new Typed(
        "map_from_entries(list_filter(map_entries("
            + c.arg(0).sql()
            + "), lambda "
            + e
            + ": "
            + test.sql()
            + "))",
        m);
  }

  private static Typed transformValues(Call c) {
    SqlType.Map m = c.map(0);
    String e = c.parameter("m");
    Typed value = c.applied(1, entry(m, e));
    var type = new SqlType.Map(m.key(), value.type());
    return new Typed(entries(c, e + ".key", value.sql(), type), type);
  }

  private static Typed transformKeys(Call c) {
    SqlType.Map m = c.map(0);
    String e = c.parameter("m");
    Typed key = c.applied(1, entry(m, e));
    var type = new SqlType.Map(key.type(), m.value());
    return new Typed(entries(c, key.sql(), e + ".value", type), type);
  }

  private static Typed entries(Call c) {
    SqlType.Map m = c.map(0);
    String e = c.parameter("m");
    var row =
        new SqlType.Row(
            List.of(new SqlType.RowField(null, m.key()), new SqlType.RowField(null, m.value())));
    String each = Rows.of(entry(m, e), row).sql();
    return new Typed(
        "list_transform(map_entries(" + c.arg(0).sql() + "), lambda " + e + ": " + each + ")",
        new SqlType.Array(row));
  }

  private static String entries(Call c, String key, String value, SqlType.Map type) {
    String e = c.parameter("m");
    String list = "map_entries(" + c.arg(0).sql() + ")";
    return Sql.cast(
        "map(list_transform("
            + list
            + ", lambda "
            + e
            + ": "
            + key
            + "), list_transform("
            + list
            + ", lambda "
            + e
            + ": "
            + value
            + "))",
        type);
  }

  /// A key that is not there fails the query.
  static Typed subscript(Node at, String map, Typed key, SqlType.Map type) {
    String text;
    try {
      text = Casts.explicit(at, key, SqlType.VARCHAR).sql();
    } catch (SqlFailure noText) {
      text = "''";
    }
    return new Typed(
        Sql.guarded(
            "map_contains(" + map + ", " + key.sql() + ")",
            "map_extract_value(" + map + ", " + key.sql() + ")",
            "INVALID_FUNCTION_ARGUMENT",
            "'Key not present in map: ' || " + text),
        type.value());
  }

  private static Typed map(Call c) {
    if (c.size() == 0) {
      var type = new SqlType.Map(Simple.UNKNOWN, Simple.UNKNOWN);
      return new Typed(Sql.cast("MAP {}", type), type);
    }
    c.sizes(2, 2);
    var type = new SqlType.Map(c.array(0).element(), c.array(1).element());
    return new Typed(
        "CASE WHEN "
            + c.arg(0).sql()
            + " IS NOT NULL AND "
            + c.arg(1).sql()
            + " IS NOT NULL THEN map("
            + c.arg(0).sql()
            + ", "
            + c.arg(1).sql()
            + ") END",
        type);
  }

  private static Typed concat(Call c) {
    SqlType type = c.map(0);
    for (int i = 1; i < c.size(); i++) {
      type = Coercions.common(type, c.map(i)).orElseThrow(c::unexpected);
    }
    StringBuilder text = new StringBuilder("map_concat(");
    StringBuilder nulls = new StringBuilder();
    for (int i = 0; i < c.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(c.as(i, type));
      nulls.append(i == 0 ? "" : " OR ").append(c.arg(i).sql()).append(" IS NULL");
    }
    return new Typed("CASE WHEN " + nulls + " THEN NULL ELSE " + text + ") END", type);
  }

  private static Typed fromEntries(Call c) {
    c.sizes(1, 1);
    if (!(c.array(0).element() instanceof SqlType.Row row) || row.fields().size() != 2) {
      throw c.unexpected();
    }
    var type = new SqlType.Map(row.fields().get(0).type(), row.fields().get(1).type());
    String key = "struct_extract(e_, " + Sql.literal(row.duckName(0)) + ")";
    String value = "struct_extract(e_, " + Sql.literal(row.duckName(1)) + ")";
    String list = c.arg(0).sql();
    return new Typed(
        "CASE WHEN "
            + list
            + " IS NOT NULL THEN map(list_transform("
            + list
            + ", lambda e_: "
            + key
            + "), list_transform("
            + list
            + ", lambda e_: "
            + value
            + ")) END",
        type);
  }
}
