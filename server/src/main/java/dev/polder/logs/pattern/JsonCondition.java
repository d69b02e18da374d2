package dev.polder.logs.pattern;

import dev.polder.kernel.Json;
import dev.polder.logs.pattern.FilterPattern.Malformed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A condition on JSON messages: `{ $.a.b = "x*" && ($.n >= 3 || $.list[0] NOT EXISTS) }`.
final class JsonCondition {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\(|\\)|&&|\\|\\||!=|>=|<=|=|>|<|\"(?:[^\"\\\\]|\\\\.)*\"|%(?:[^%\\\\]|\\\\.)*%"
              + "|[^\\s()=!<>&|\"%]+)");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\d{1,9})]");

  private final List<String> tokens;
  private int at;

  private JsonCondition(List<String> tokens) {
    this.tokens = tokens;
  }

  static Predicate<String> parse(String pattern) throws Malformed {
    if (!pattern.endsWith("}")) {
      throw new Malformed("Expected } at the end of " + pattern);
    }
    var condition = new JsonCondition(tokens(pattern.substring(1, pattern.length() - 1)));
    Predicate<Object> holds = condition.any();
    if (condition.at < condition.tokens.size()) {
      throw new Malformed("Expected && or || but found " + condition.tokens.get(condition.at));
    }
    return message -> {
      try {
        Object json = Json.parse(message);
        return json != null && holds.test(json);
      } catch (Json.Malformed e) {
        return false;
      }
    };
  }

  private static List<String> tokens(String text) throws Malformed {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new Malformed("Cannot read " + text.substring(at));
      }
      tokens.add(matcher.group(1));
      at = matcher.end();
    }
    return tokens;
  }

  private String next() throws Malformed {
    if (at == tokens.size()) {
      throw new Malformed("The pattern ends too early");
    }
    return tokens.get(at++);
  }

  private boolean skip(String token) {
    if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(token)) {
      at++;
      return true;
    }
    return false;
  }

  private Predicate<Object> any() throws Malformed {
    Predicate<Object> left = all();
    while (skip("||")) {
      left = left.or(all());
    }
    return left;
  }

  private Predicate<Object> all() throws Malformed {
    Predicate<Object> left = one();
    while (skip("&&")) {
      left = left.and(one());
    }
    return left;
  }

  private Predicate<Object> one() throws Malformed {
    if (skip("(")) {
      Predicate<Object> inner = any();
      if (!skip(")")) {
        throw new Malformed("Expected )");
      }
      return inner;
    }
    Selector selector = Selector.parse(next());
    if (skip("IS")) {
      String value = next().toUpperCase(Locale.ROOT);
      return switch (value) {
        case "NULL" -> json -> selector.finds(json) && selector.value(json) == null;
        case "TRUE" -> json -> Boolean.TRUE.equals(selector.value(json));
        case "FALSE" -> json -> Boolean.FALSE.equals(selector.value(json));
        default -> throw new Malformed("Expected NULL, TRUE or FALSE but found " + value);
      };
    }
    if (skip("NOT")) {
      if (!skip("EXISTS")) {
        throw new Malformed("Expected EXISTS");
      }
      return json -> !selector.finds(json);
    }
    if (skip("EXISTS")) {
      return selector::finds;
    }
    return comparison(selector, next(), next());
  }

  private static Predicate<Object> comparison(Selector selector, String operator, String value)
      throws Malformed {
    return switch (operator) {
      case "=" -> equal(selector, value);
      case "!=" -> equal(selector, value).negate().and(selector::finds);
      case ">" -> ordered(selector, value, order -> order > 0);
      case ">=" -> ordered(selector, value, order -> order >= 0);
      case "<" -> ordered(selector, value, order -> order < 0);
      case "<=" -> ordered(selector, value, order -> order <= 0);
      default -> throw new Malformed("Expected a comparison but found " + operator);
    };
  }

  private static Predicate<Object> equal(Selector selector, String value) throws Malformed {
    if (value.startsWith("%")) {
      Pattern expression = FilterPattern.expression(value.substring(1, value.length() - 1));
      return json -> selector.value(json) instanceof String text && expression.matcher(text).find();
    }
    String wanted = value.startsWith("\"") ? FilterPattern.unescaped(value) : value;
    Pattern like = Pattern.compile(Pattern.quote(wanted).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    BigDecimal number = value.startsWith("\"") ? null : number(value);
    return json ->
        switch (selector.value(json)) {
          case Number found when number != null ->
              new BigDecimal(found.toString()).compareTo(number) == 0;
          case String found -> like.matcher(found).matches();
          case Boolean found -> found.toString().equals(wanted);
          case null, default -> false;
        };
  }

  private static Predicate<Object> ordered(
      Selector selector, String value, Predicate<Integer> order) throws Malformed {
    BigDecimal bound = number(value);
    if (bound == null) {
      throw new Malformed("Expected a number but found " + value);
    }
    return json ->
        selector.value(json) instanceof Number found
            && order.test(new BigDecimal(found.toString()).compareTo(bound));
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// Where in a message a value is.
  private record Selector(List<Object> steps) {

    static Selector parse(String text) throws Malformed {
      if (!text.startsWith("$")) {
        throw new Malformed("Expected a selector such as $.name but found " + text);
      }
      List<Object> steps = new ArrayList<>();
      Matcher matcher = STEP.matcher(text);
      int at = 1;
      while (at < text.length()) {
        if (!matcher.find(at) || matcher.start() != at) {
          throw new Malformed("Cannot read the selector " + text);
        }
        steps.add(matcher.group(1) == null ? Integer.valueOf(matcher.group(2)) : matcher.group(1));
        at = matcher.end();
      }
      return new Selector(steps);
    }

    boolean finds(Object json) {
      Object at = json;
      for (Object step : steps) {
        if (at instanceof Map<?, ?> map && map.containsKey(step)) {
          at = map.get(step);
        } else if (at instanceof List<?> list && step instanceof Integer i && i < list.size()) {
          at = list.get(i);
        } else {
          return false;
        }
      }
      return true;
    }

    @Nullable Object value(Object json) {
      Object at = json;
      for (Object step : steps) {
        at =
            switch (at) {
              case Map<?, ?> map -> map.get(step);
              case List<?> list when step instanceof Integer i && i < list.size() -> list.get(i);
              case null, default -> null;
            };
      }
      return at;
    }
  }
}
