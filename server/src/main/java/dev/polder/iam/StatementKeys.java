package dev.polder.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The partition keys that a PartiQL statement names: those of the item that it inserts, or those
/// that its `WHERE` demands with `=` or `IN`. Where alternatives are joined with `OR`, each has to
/// name some. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
///
/// @param tokens the statement's words, literals and signs
/// @param attribute the partition key
/// @param parameters what stands for question marks, in their order
record StatementKeys(List<String> tokens, String attribute, List<?> parameters) {
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[\\w.+-]+|<<|>>|[^\\s\\w]");

  static StatementKeys of(String statement, String attribute, List<?> parameters) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(statement);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return new StatementKeys(tokens, attribute, parameters);
  }

  /// The keys; empty where they cannot be told, as of a scan.
  Optional<List<String>> named() {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    return tokens.getFirst().equalsIgnoreCase("insert") ? inserted() : demanded();
  }

  private Optional<List<String>> inserted() {
    int depth = 0;
    for (int i = 0; i + 2 < tokens.size(); i++) {
      String token = tokens.get(i);
      if (depth == 1 && name(token).equals(attribute) && tokens.get(i + 1).equals(":")) {
        return value(i + 2).map(List::of);
      }
      depth += depth(token);
    }
    return Optional.empty();
  }

  private static int depth(String token) {
    return switch (token) {
      case "{", "[", "(", "<<" -> 1;
      case "}", "]", ")", ">>" -> -1;
      default -> 0;
    };
  }

  private Optional<List<String>> demanded() {
    int where = index("where", 0);
    if (where < 0) {
      return Optional.empty();
    }
    int end = index("order", where);
    int returning = index("returning", where);
    boolean enclosed = tokens.getFirst().equalsIgnoreCase("exists");
    int all = enclosed ? tokens.size() - 1 : tokens.size();
    int last = end >= 0 ? end : returning >= 0 ? returning : all;
    return demanded(where + 1, last);
  }

  private int index(String word, int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).equalsIgnoreCase(word)) {
        return i;
      }
    }
    return -1;
  }

  /// The keys of a condition between two tokens.
  private Optional<List<String>> demanded(int from, int to) {
    List<int[]> alternatives = split(from, to, "or");
    if (alternatives.size() > 1) {
      List<String> keys = new ArrayList<>();
      for (int[] each : alternatives) {
        Optional<List<String>> found = demanded(each[0], each[1]);
        if (found.isEmpty()) {
          return found;
        }
        keys.addAll(found.get());
      }
      return Optional.of(keys);
    }
    List<int[]> parts = split(from, to, "and");
    if (parts.size() > 1) {
      return parts.stream().flatMap(p -> demanded(p[0], p[1]).stream()).findFirst();
    }
    if (to - from > 2 && tokens.get(from).equals("(") && tokens.get(to - 1).equals(")")) {
      return demanded(from + 1, to - 1);
    }
    return equal(from, to);
  }

  // What stands between AND after BETWEEN is no condition, and names no key by itself.
  private List<int[]> split(int from, int to, String word) {
    List<int[]> parts = new ArrayList<>();
    int depth = 0;
    int begin = from;
    for (int i = from; i < to; i++) {
      depth += depth(tokens.get(i));
      if (depth == 0 && tokens.get(i).equalsIgnoreCase(word)) {
        parts.add(new int[] {begin, i});
        begin = i + 1;
      }
    }
    parts.add(new int[] {begin, to});
    return parts;
  }

  private Optional<List<String>> equal(int from, int to) {
    if (to - from == 3 && tokens.get(from + 1).equals("=")) {
      if (name(tokens.get(from)).equals(attribute)) {
        return value(from + 2).map(List::of);
      }
      return name(tokens.get(from + 2)).equals(attribute)
          ? value(from).map(List::of)
          : Optional.empty();
    }
    boolean in =
        to - from > 4
            && name(tokens.get(from)).equals(attribute)
            && tokens.get(from + 1).equalsIgnoreCase("in");
    return in ? listed(from + 3, to - 1) : Optional.empty();
  }

  private Optional<List<String>> listed(int from, int to) {
    List<String> keys = new ArrayList<>();
    for (int i = from; i < to; i += 2) {
      Optional<String> value = value(i);
      if (value.isEmpty() || i + 1 < to && !tokens.get(i + 1).equals(",")) {
        return Optional.empty();
      }
      keys.add(value.get());
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
  }

  /// An attribute's name, quoted as an identifier, as the key of a tuple, or not at all.
  private static String name(String token) {
    boolean quoted = token.length() > 1 && (token.startsWith("\"") || token.startsWith("'"));
    return quoted ? token.substring(1, token.length() - 1) : token;
  }

  private Optional<String> value(int at) {
    String token = tokens.get(at);
    if (token.equals("?")) {
      long before = tokens.subList(0, at).stream().filter("?"::equals).count();
      return before < parameters.size()
          ? parameter(parameters.get((int) before))
          : Optional.empty();
    }
    if (token.startsWith("'")) {
      return Optional.of(token.substring(1, token.length() - 1).replace("''", "'"));
    }
    boolean number = token.toLowerCase(Locale.ROOT).matches("[+-]?[\\d.]+(e[+-]?\\d+)?");
    return number ? Optional.of(token) : Optional.empty();
  }

  private static Optional<String> parameter(@Nullable Object parameter) {
    return parameter instanceof Map<?, ?> typed
        ? typed.values().stream().findFirst().map(String::valueOf)
        : Optional.empty();
  }
}
