package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import java.util.Map;
import java.util.function.Function;

/// Functions of JSON. Each takes a `json` or its text.
final class JsonFunctions {
  private JsonFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put(
        "json_parse", c -> new Typed("CAST(t_json_parse(" + c.text(0) + ") AS JSON)", Simple.JSON));
    all.put("json_format", c -> Typed.text("CAST(" + c.as(0, Simple.JSON) + " AS VARCHAR)"));
    all.put(
        "json_extract",
        c -> {
          c.sizes(2, 2);
          return new Typed(
              "CAST(t_json_extract(" + text(c) + ", " + c.text(1) + ") AS JSON)", Simple.JSON);
        });
    all.put(
        "json_extract_scalar",
        c -> {
          c.sizes(2, 2);
          return Typed.text("t_json_extract_scalar(" + text(c) + ", " + c.text(1) + ")");
        });
    all.put(
        "json_array_length",
        c -> {
          c.sizes(1, 1);
          return Typed.bigint("t_json_array_length(" + text(c) + ")");
        });
    all.put(
        "json_size",
        c -> {
          c.sizes(2, 2);
          return Typed.bigint("t_json_size(" + text(c) + ", " + c.text(1) + ")");
        });
    all.put(
        "is_json_scalar",
        c -> {
          c.sizes(1, 1);
          return Typed.bool("t_is_json_scalar(" + text(c) + ")");
        });
    all.put("json_array_contains", JsonFunctions::contains);
  }

  private static String text(Call c) {
    return c.type(0) == Simple.JSON ? "CAST(" + c.arg(0).sql() + " AS VARCHAR)" : c.text(0);
  }

  private static Typed contains(Call c) {
    c.sizes(2, 2);
    String kind =
        switch (c.type(1)) {
          case Simple.BOOLEAN -> "boolean";
          case Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT -> "bigint";
          case Simple.DOUBLE -> "double";
          case SqlType.Varchar _ -> "varchar";
          default -> throw c.unexpected();
        };
    return Typed.bool(
        "t_json_array_contains("
            + text(c)
            + ", CAST("
            + c.arg(1).sql()
            + " AS VARCHAR), '"
            + kind
            + "')");
  }
}
