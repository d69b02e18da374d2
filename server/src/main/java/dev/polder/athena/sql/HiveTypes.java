package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.RowField;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.Varchar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Hive's texts of types, as the catalogue keeps them: `array<struct<a:int,b:decimal(5,2)>>`.
public final class HiveTypes {
  private final String text;
  private int at;

  private HiveTypes(String text) {
    this.text = text;
  }

  /// The type that Trino gives a column of this Hive type. Timestamps have milliseconds.
  ///
  /// @throws SqlFailure `HIVE_INVALID_METADATA` if there is no such type
  public static SqlType parse(String text) {
    var reader = new HiveTypes(text.trim().toLowerCase(Locale.ROOT));
    SqlType type = reader.type();
    if (reader.at != reader.text.length()) {
      throw reader.bad();
    }
    return type;
  }

  /// Hive's text of a type.
  ///
  /// @throws SqlFailure `NOT_SUPPORTED` if Hive has none
  public static String text(SqlType type) {
    return switch (type) {
      case Simple.BOOLEAN, Simple.TINYINT, Simple.SMALLINT, Simple.BIGINT -> type.toString();
      case Simple.DOUBLE, Simple.DATE -> type.toString();
      case Simple.INTEGER -> "int";
      case Simple.REAL -> "float";
      case Simple.VARBINARY -> "binary";
      case Decimal d -> d.toString();
      case Varchar v when v.length() < 0 || v.length() > 65535 -> "string";
      case Varchar v -> v.toString();
      case Char c -> c.toString();
      case Timestamp _ -> "timestamp";
      case SqlType.Array a -> "array<" + text(a.element()) + ">";
      case SqlType.Map m -> "map<" + text(m.key()) + "," + text(m.value()) + ">";
      case SqlType.Row r -> struct(r);
      default -> throw new SqlFailure("NOT_SUPPORTED", "Unsupported Hive type: " + type);
    };
  }

  private static String struct(SqlType.Row row) {
    return row.fields().stream()
        .map(f -> {
          if (f.name() == null) {
            throw new SqlFailure(
                "NOT_SUPPORTED", "Anonymous row type is not supported in Hive: " + row);
          }
          return f.name() + ":" + text(f.type());
        })
        .collect(Collectors.joining(",", "struct<", ">"));
  }

  private SqlType type() {
    String name = word();
    return switch (name) {
      case "string" -> SqlType.VARCHAR;
      case "boolean" -> Simple.BOOLEAN;
      case "tinyint" -> Simple.TINYINT;
      case "smallint" -> Simple.SMALLINT;
      case "int", "integer" -> Simple.INTEGER;
      case "bigint", "long" -> Simple.BIGINT;
      case "float", "real" -> Simple.REAL;
      case "double" -> Simple.DOUBLE;
      case "binary" -> Simple.VARBINARY;
      case "date" -> Simple.DATE;
      case "timestamp" -> new Timestamp(3);
      case "varchar" -> new Varchar(numbers(1).getFirst());
      case "char" -> new Char(numbers(1).getFirst());
      case "decimal", "numeric" -> decimal();
      case "array" -> {
        expect('<');
        SqlType element = type();
        expect('>');
        yield new SqlType.Array(element);
      }
      case "map" -> {
        expect('<');
        SqlType key = type();
        expect(',');
        SqlType value = type();
        expect('>');
        yield new SqlType.Map(key, value);
      }
      case "struct" -> struct();
      default -> throw bad();
    };
  }

  private SqlType decimal() {
    if (at >= text.length() || text.charAt(at) != '(') {
      return new Decimal(10, 0);
    }
    List<Integer> n = numbers(2);
    return new Decimal(n.get(0), n.size() > 1 ? n.get(1) : 0);
  }

  private SqlType struct() {
    List<RowField> fields = new ArrayList<>();
    expect('<');
    do {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw bad();
      }
      String name = text.substring(at, colon).trim();
      at = colon + 1;
      fields.add(new RowField(name.replace("`", ""), type()));
    } while (accept(','));
    expect('>');
    return new SqlType.Row(fields);
  }

  private List<Integer> numbers(int most) {
    expect('(');
    List<Integer> numbers = new ArrayList<>();
    do {
      String digits = word();
      if (!digits.matches("[0-9]{1,9}") || numbers.size() == most) {
        throw bad();
      }
      numbers.add(Integer.valueOf(digits));
    } while (accept(','));
    expect(')');
    return numbers;
  }

  private String word() {
    blanks();
    int from = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)))) {
      at++;
    }
    String word = text.substring(from, at);
    blanks();
    return word;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean accept(char c) {
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      blanks();
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw bad();
    }
  }

  private SqlFailure bad() {
    return new SqlFailure("HIVE_INVALID_METADATA", "Type '" + text + "' is not supported");
  }
}
