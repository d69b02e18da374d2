package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Varchar;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Functions of text and of bytes. Positions count code points from 1.
final class StringFunctions {
  /// What trimming takes away unless told otherwise.
  static final String BLANKS =
      "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(5760) || chr(8192) || chr(8193)"
          + " || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8200) || chr(8201)"
          + " || chr(8202) || chr(8232) || chr(8233) || chr(8287) || chr(12288)";

  private static final SqlType TEXTS = new SqlType.Array(SqlType.VARCHAR);

  private StringFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put("length", StringFunctions::length);
    all.put("lower", c -> sameType(c, "lower"));
    all.put("upper", c -> sameType(c, "upper"));
    all.put("reverse", StringFunctions::reverse);
    all.put("ltrim", c -> trim(c, "ltrim"));
    all.put("rtrim", c -> trim(c, "rtrim"));
    all.put("trim", c -> trim(c, "trim"));
    all.put("concat", StringFunctions::concat);
    all.put("concat_ws", StringFunctions::concatWs);
    all.put("substr", StringFunctions::substring);
    all.put("substring", StringFunctions::substring);
    all.put("replace", StringFunctions::replace);
    all.put("lpad", c -> pad(c, "lpad"));
    all.put("rpad", c -> pad(c, "rpad"));
    all.put("split", StringFunctions::split);
    all.put("split_part", StringFunctions::splitPart);
    all.put("strpos", StringFunctions::position);
    all.put("starts_with", c -> Typed.bool("starts_with(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put("chr", c -> Typed.text("chr(CAST(" + c.whole(0) + " AS INTEGER))"));
    all.put(
        "codepoint",
        c ->
            new Typed(
                Sql.guarded(
                    "length(" + c.text(0) + ") = 1",
                    "CAST(unicode(" + c.text(0) + ") AS INTEGER)",
                    "INVALID_FUNCTION_ARGUMENT",
                    "'codepoint takes one character'"),
                Simple.INTEGER));
    all.put(
        "translate",
        c -> Typed.text("translate(" + c.text(0) + ", " + c.text(1) + ", " + c.text(2) + ")"));
    all.put(
        "levenshtein_distance",
        c -> Typed.bigint("levenshtein(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put(
        "hamming_distance", c -> Typed.bigint("t_hamming(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put("uuid", c -> new Typed("uuid()", Simple.UUID));
    all.put("typeof", c -> new Typed(Sql.literal(c.type(0).toString()), SqlType.VARCHAR, true));
    urls(all);
    bytes(all);
    regexps(all);
  }

  private static void urls(Map<String, Function<Call, Typed>> all) {
    all.put("url_extract_host", c -> Typed.text("t_url_part(" + c.text(0) + ", 'host')"));
    all.put("url_extract_path", c -> Typed.text("t_url_part(" + c.text(0) + ", 'path')"));
    all.put("url_extract_protocol", c -> Typed.text("t_url_part(" + c.text(0) + ", 'protocol')"));
    all.put("url_extract_query", c -> Typed.text("t_url_part(" + c.text(0) + ", 'query')"));
    all.put("url_extract_fragment", c -> Typed.text("t_url_part(" + c.text(0) + ", 'fragment')"));
    all.put("url_extract_port", c -> Typed.bigint("t_url_part(" + c.text(0) + ", 'port')"));
    all.put(
        "url_extract_parameter",
        c -> Typed.text("t_url_parameter(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put("url_encode", c -> Typed.text("t_url_encode(" + c.text(0) + ")"));
    all.put("url_decode", c -> Typed.text("t_url_decode(" + c.text(0) + ")"));
  }

  private static void bytes(Map<String, Function<Call, Typed>> all) {
    all.put("to_utf8", c -> new Typed("encode(" + c.text(0) + ")", Simple.VARBINARY));
    all.put(
        "from_utf8",
        c -> {
          c.sizes(1, 1);
          return Typed.text("decode(" + c.as(0, Simple.VARBINARY) + ")");
        });
    all.put("to_hex", c -> Typed.text("hex(" + c.as(0, Simple.VARBINARY) + ")"));
    all.put("from_hex", c -> new Typed("unhex(" + c.text(0) + ")", Simple.VARBINARY));
    all.put("to_base64", c -> Typed.text("base64(" + c.as(0, Simple.VARBINARY) + ")"));
    all.put(
        "from_base64",
        c ->
            new Typed(
                "from_base64("
                    + (c.type(0) == Simple.VARBINARY ? "decode(" + c.arg(0).sql() + ")" : c.text(0))
                    + ")",
                Simple.VARBINARY));
    all.put("md5", c -> hash(c, "md5"));
    all.put("sha1", c -> hash(c, "sha1"));
    all.put("sha256", c -> hash(c, "sha256"));
  }

  private static Typed hash(Call c, String name) {
    return new Typed("unhex(" + name + "(" + c.as(0, Simple.VARBINARY) + "))", Simple.VARBINARY);
  }

  /// Java's regular expressions are the ones that Trino's default engine follows.
  private static void regexps(Map<String, Function<Call, Typed>> all) {
    all.put("regexp_like", c -> Typed.bool("t_regexp_like(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put(
        "regexp_extract",
        c ->
            Typed.text("t_regexp_extract(" + c.text(0) + ", " + c.text(1) + ", " + group(c) + ")"));
    all.put(
        "regexp_extract_all",
        c -> list("t_regexp_extract_all(" + c.text(0) + ", " + c.text(1) + ", " + group(c) + ")"));
    all.put(
        "regexp_replace",
        c -> {
          c.sizes(2, 3);
          return Typed.text(
              "t_regexp_replace("
                  + c.text(0)
                  + ", "
                  + c.text(1)
                  + ", "
                  + (c.size() > 2 ? c.text(2) : "''")
                  + ")");
        });
    all.put("regexp_split", c -> list("t_regexp_split(" + c.text(0) + ", " + c.text(1) + ")"));
    all.put(
        "regexp_count", c -> Typed.bigint("t_regexp_count(" + c.text(0) + ", " + c.text(1) + ")"));
  }

  private static String group(Call c) {
    c.sizes(2, 3);
    return c.size() > 2 ? c.whole(2) : "CAST(0 AS BIGINT)";
  }

  private static Typed list(String json) {
    return new Typed("from_json(" + json + ", '[\"VARCHAR\"]')", TEXTS);
  }

  private static Typed length(Call c) {
    c.sizes(1, 1);
    return switch (c.type(0)) {
      case Simple.VARBINARY -> Typed.bigint("octet_length(" + c.arg(0).sql() + ")");
      case Char k ->
          Typed.bigint("CASE WHEN " + c.arg(0).sql() + " IS NOT NULL THEN " + k.length() + " END");
      default -> Typed.bigint("length(" + c.text(0) + ")");
    };
  }

  private static Typed sameType(Call c, String name) {
    c.sizes(1, 1);
    if (c.type(0) instanceof Varchar || c.type(0) instanceof Char) {
      return new Typed(name + "(" + c.arg(0).sql() + ")", c.type(0));
    }
    return Typed.text(name + "(" + c.text(0) + ")");
  }

  private static Typed reverse(Call c) {
    c.sizes(1, 1);
    return switch (c.type(0)) {
      case SqlType.Array a -> new Typed("list_reverse(" + c.arg(0).sql() + ")", a);
      case Char _ -> throw SqlFailure.unsupported(c.node(), "reverse of char");
      case Simple.VARBINARY -> throw SqlFailure.unsupported(c.node(), "reverse of varbinary");
      default -> {
        SqlType type = c.type(0) instanceof Varchar v ? v : SqlType.VARCHAR;
        yield new Typed("t_reverse(" + c.text(0) + ")", type);
      }
    };
  }

  private static Typed trim(Call c, String name) {
    c.sizes(1, 2);
    SqlType type = c.type(0) instanceof Varchar v ? v : SqlType.VARCHAR;
    String source = c.type(0) instanceof Char ? c.arg(0).sql() : c.text(0);
    return new Typed(name + "(" + source + ", " + (c.size() > 1 ? c.text(1) : BLANKS) + ")", type);
  }

  private static Typed concat(Call c) {
    c.sizes(2, 254);
    List<Typed> args = c.args();
    if (args.stream().anyMatch(a -> a.type() instanceof SqlType.Array)) {
      return ArrayFunctions.concat(c);
    }
    if (args.stream().allMatch(a -> a.type() == Simple.VARBINARY || a.isNull())) {
      return new Typed(
          args.stream()
              .map(a -> Casts.coerce(c.node(), a, Simple.VARBINARY).sql())
              .collect(Collectors.joining(" || ", "(", ")")),
          Simple.VARBINARY);
    }
    if (args.stream().anyMatch(a -> a.type() instanceof Char)) {
      throw SqlFailure.unsupported(c.node(), "The concatenation of char");
    }
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < c.size(); i++) {
      text.append(i == 0 ? "" : " || ").append(c.text(i));
    }
    return Typed.text(text.append(")").toString());
  }

  private static Typed concatWs(Call c) {
    if (c.size() == 2 && c.type(1) instanceof SqlType.Array a) {
      return Typed.text(
          "CASE WHEN "
              + c.text(0)
              + " IS NOT NULL THEN coalesce(array_to_string(list_filter("
              + c.as(1, new SqlType.Array(SqlType.VARCHAR))
              + ", lambda e_: e_ IS NOT NULL), "
              + c.text(0)
              + "), '') END");
    }
    c.sizes(2, 254);
    StringBuilder text = new StringBuilder("concat_ws(").append(c.text(0));
    for (int i = 1; i < c.size(); i++) {
      text.append(", ").append(c.text(i));
    }
    return Typed.text(text.append(")").toString());
  }

  private static Typed substring(Call c) {
    c.sizes(2, 3);
    String start = c.whole(1);
    SqlType type = c.type(0) instanceof Varchar v ? v : SqlType.VARCHAR;
    if (c.type(0) == Simple.VARBINARY) {
      throw SqlFailure.unsupported(c.node(), "substr of varbinary");
    }
    String s = c.text(0);
    String length = "";
    if (c.size() == 3) {
      String n = c.whole(2);
      length =
          c.arg(2).constant() && !n.contains("-")
              ? ", " + n
              : ", CASE WHEN " + n + " < 0 THEN 0 ELSE " + n + " END";
    }
    String plain = "substring(" + s + ", " + start + length + ")";
    if (c.arg(1).constant()
        && start.matches("CAST\\(CAST\\([1-9][0-9]* AS INTEGER\\) AS BIGINT\\)")) {
      return new Typed(plain, type);
    }
    return new Typed(
        "CASE WHEN "
            + start
            + " = 0 OR -"
            + start
            + " > length("
            + s
            + ") THEN '' ELSE "
            + plain
            + " END",
        type);
  }

  private static Typed replace(Call c) {
    c.sizes(2, 3);
    String by = c.size() == 3 ? c.text(2) : "''";
    String plain = "replace(" + c.text(0) + ", " + c.text(1) + ", " + by + ")";
    if (c.constant(1).filter(s -> !s.isEmpty()).isPresent()) {
      return Typed.text(plain);
    }
    return Typed.text(
        Sql.guarded(c.text(1) + " <> ''", plain, "NOT_SUPPORTED", "'replace of an empty text'"));
  }

  private static Typed pad(Call c, String name) {
    c.sizes(3, 3);
    if (c.type(0) == Simple.VARBINARY) {
      throw SqlFailure.unsupported(c.node(), name + " of varbinary");
    }
    String size = c.whole(1);
    String valid = "(" + size + " BETWEEN 0 AND 2147483647 AND " + c.text(2) + " <> '')";
    return Typed.text(
        Sql.guarded(
            valid,
            name + "(" + c.text(0) + ", CAST(" + size + " AS INTEGER), " + c.text(2) + ")",
            "INVALID_FUNCTION_ARGUMENT",
            "'Padding string must not be empty and target length must be in the range [0..2147483647]'"));
  }

  private static Typed split(Call c) {
    c.sizes(2, 3);
    if (c.size() == 3) {
      return list("t_split(" + c.text(0) + ", " + c.text(1) + ", " + c.whole(2) + ")");
    }
    String plain = "string_split(" + c.text(0) + ", " + c.text(1) + ")";
    if (c.constant(1).filter(s -> !s.isEmpty()).isPresent()) {
      return new Typed(plain, TEXTS);
    }
    return new Typed(
        Sql.guarded(
            c.text(1) + " <> ''",
            plain,
            "INVALID_FUNCTION_ARGUMENT",
            "'The delimiter may not be the empty string'"),
        TEXTS);
  }

  private static Typed splitPart(Call c) {
    c.sizes(3, 3);
    String index = c.whole(2);
    return Typed.text(
        Sql.guarded(
            "(" + index + " > 0 AND " + c.text(1) + " <> '')",
            "list_extract(string_split(" + c.text(0) + ", " + c.text(1) + "), " + index + ")",
            "INVALID_FUNCTION_ARGUMENT",
            "'Index must be greater than zero and the delimiter not empty'"));
  }

  private static Typed position(Call c) {
    c.sizes(2, 2);
    return Typed.bigint("strpos(" + c.text(0) + ", " + c.text(1) + ")");
  }
}
