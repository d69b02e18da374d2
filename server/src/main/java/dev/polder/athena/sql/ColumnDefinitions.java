package dev.polder.athena.sql;

import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.athena.sql.DdlTokens.Kind;
import dev.polder.athena.sql.DdlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A list of columns within brackets: names, Hive's types, comments.
final class ColumnDefinitions {
  private ColumnDefinitions() {}

  /// @throws SqlFailure with the place, where a type is none of Hive's
  static List<ColumnDefinition> read(DdlTokens in) {
    in.expect("(");
    List<ColumnDefinition> columns = new ArrayList<>();
    do {
      String name = in.identifier();
      String type = type(in);
      String comment = in.accept("COMMENT") ? in.string() : null;
      columns.add(new ColumnDefinition(name, type, comment));
    } while (in.accept(","));
    in.expect(")");
    return columns;
  }

  private static String type(DdlTokens in) {
    int from = in.peek().from();
    String given = in.source(from, end(in));
    String type = given.replaceAll("\\s+", "").toLowerCase(Locale.ROOT).replace("integer", "int");
    try {
      HiveTypes.parse(type);
    } catch (SqlFailure e) {
      throw in.failure(from, "cannot recognize input near '" + given + "' in column type");
    }
    return type.replace("`", "");
  }

  /// Takes a type, up to the comma, bracket or word behind it; the place where it ends.
  private static int end(DdlTokens in) {
    int to = in.peek().from();
    int depth = 0;
    while (depth != 0 || !ends(in.peek())) {
      Token token = in.peek();
      if (token.kind() == Kind.END) {
        break;
      }
      depth +=
          switch (token.value()) {
            case "<", "(" -> 1;
            case ">", ")" -> -1;
            default -> 0;
          };
      to = token.to();
      in.take();
    }
    return to;
  }

  private static boolean ends(Token token) {
    return token.kind() == Kind.END
        || token.value().equals(",")
        || token.value().equals(")")
        || token.value().equalsIgnoreCase("COMMENT");
  }
}
