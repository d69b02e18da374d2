package dev.polder.examples.traffic.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL text with named parameters ({@code :range_start}), turned into Athena's positional ones.
 * Comments are left out, as the text travels with every query.
 *
 * @param query the text with {@code ?} for each parameter
 * @param names the parameters' names in the order of their {@code ?}; a name may occur several
 *     times
 */
record SqlTemplate(String query, List<String> names) {
  private static final Pattern COMMENT_TEXT_OR_NAME =
      Pattern.compile("--[^\n]*|'[^']*'|:([a-z_]+)");

  SqlTemplate {
    names = List.copyOf(names);
  }

  static SqlTemplate parse(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = COMMENT_TEXT_OR_NAME.matcher(text);
    String query =
        matcher.replaceAll(found -> {
          if (found.group(1) != null) {
            names.add(found.group(1));
            return "?";
          }
          return found.group().startsWith("--") ? "" : Matcher.quoteReplacement(found.group());
        });
    return new SqlTemplate(query.replaceAll("(?m)^[ ]*\n", "").strip(), names);
  }

  /** The values, each an SQL literal, in the order in which Athena wants them. */
  List<String> arguments(Map<String, String> literals) {
    return names.stream().map(name -> literal(literals, name)).toList();
  }

  private static String literal(Map<String, String> literals, String name) {
    String literal = literals.get(name);
    if (literal == null) {
      throw new IllegalArgumentException("Expected a value for the parameter :" + name);
    }
    return literal;
  }
}
