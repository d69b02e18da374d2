package dev.polder.xray.filter;

import dev.polder.xray.filter.FilterExpression.Comparison;
import dev.polder.xray.filter.FilterExpression.Identity;
import dev.polder.xray.filter.FilterExpression.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads filter expressions. `!` binds most, `AND`, or nothing between two expressions, more than
/// `OR`.
final class FilterParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(-?\\d+(?:\\.\\d+)?)|([A-Za-z_][\\w.-]*)|(!=|<=|>=|[=<>!(){}\\[\\],:]))");
  private static final Set<String> BOOLEANS = Set.of("ok", "error", "fault", "throttle", "partial");
  private static final Set<String> NUMBERS = Set.of("responsetime", "duration", "http.status");
  private static final Set<String> TEXTS =
      Set.of("http.url", "http.method", "http.useragent", "http.clientip", "user");
  private static final Set<Operator> ORDER =
      EnumSet.of(Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST);
  private static final Set<Operator> SAMENESS = EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL);

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private int next;
  private boolean inner;

  FilterParser(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length() && !text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw wrong("a keyword, a value or an operator", at);
      }
      tokens.add(matcher.group().strip());
      places.add(matcher.end() - matcher.group().strip().length());
      at = matcher.end();
    }
  }

  FilterExpression parse() {
    FilterExpression all = or();
    if (next < tokens.size()) {
      throw expected("the end");
    }
    return all;
  }

  private InvalidFilterException wrong(String what, int at) {
    return new InvalidFilterException(
        "Invalid filter expression: expected "
            + what
            + " at position "
            + at
            + (at < text.length() ? " but found " + text.substring(at).strip() : ""));
  }

  private InvalidFilterException expected(String what) {
    return wrong(what, next < tokens.size() ? places.get(next) : text.length());
  }

  private boolean is(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private boolean taken(String token) {
    boolean is = is(token);
    next += is ? 1 : 0;
    return is;
  }

  private void take(String token) {
    if (!taken(token)) {
      throw expected(token);
    }
  }

  private FilterExpression or() {
    FilterExpression left = and();
    while (taken("OR")) {
      left = new FilterExpression.Or(left, and());
    }
    return left;
  }

  private FilterExpression and() {
    FilterExpression left = unary();
    while (taken("AND") || begins()) {
      left = new FilterExpression.And(left, unary());
    }
    return left;
  }

  private boolean begins() {
    return next < tokens.size()
        && !is("OR")
        && (is("!") || is("(") || tokens.get(next).matches("[A-Za-z_].*"));
  }

  private FilterExpression unary() {
    if (taken("!")) {
      return new FilterExpression.Not(unary());
    }
    if (taken("(")) {
      FilterExpression within = or();
      take(")");
      return within;
    }
    return primary();
  }

  private FilterExpression primary() {
    if (!begins()) {
      throw expected("a keyword");
    }
    String keyword = tokens.get(next);
    if (keyword.equals("service") || keyword.equals("edge")) {
      return node(keyword);
    }
    if (keyword.equals("annotation") || keyword.startsWith("annotation.")) {
      return annotation();
    }
    if (BOOLEANS.contains(keyword)) {
      next++;
      return new FilterExpression.Is(keyword, comparison(SAMENESS, Boolean.class));
    }
    if (NUMBERS.contains(keyword)) {
      next++;
      return new FilterExpression.Is(keyword, required(comparison(numeric(), BigDecimal.class)));
    }
    if (TEXTS.contains(keyword)) {
      next++;
      return new FilterExpression.Is(keyword, required(comparison(textual(), String.class)));
    }
    throw new InvalidFilterException(
        "Invalid filter expression: the keyword " + keyword + " is not known");
  }

  private static Set<Operator> numeric() {
    Set<Operator> operators = EnumSet.copyOf(ORDER);
    operators.addAll(SAMENESS);
    return operators;
  }

  private static Set<Operator> textual() {
    return EnumSet.complementOf(EnumSet.copyOf(ORDER));
  }

  private Comparison required(@Nullable Comparison comparison) {
    if (comparison == null) {
      throw expected("an operator");
    }
    return comparison;
  }

  private @Nullable Operator operator() {
    for (Operator each : Operator.values()) {
      if (taken(each.written())) {
        return each;
      }
    }
    return null;
  }

  private @Nullable Comparison comparison(Set<Operator> operators, Class<?> type) {
    int before = next;
    Operator operator = operator();
    if (operator == null) {
      return null;
    }
    if (!operators.contains(operator)) {
      next = before;
      throw expected("one of " + operators.stream().map(Operator::written).toList());
    }
    int at = next;
    Object value = value();
    if (!type.isInstance(value)) {
      next = at;
      throw expected(
          type == Boolean.class
              ? "true or false"
              : type == BigDecimal.class ? "a number" : "a text in quotation marks");
    }
    return new Comparison(operator, value);
  }

  private Object value() {
    if (next == tokens.size()) {
      throw expected("a value");
    }
    String token = tokens.get(next++);
    if (token.startsWith("\"")) {
      return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    if (token.matches("-?\\d.*")) {
      return new BigDecimal(token);
    }
    if (token.equals("true") || token.equals("false")) {
      return Boolean.valueOf(token);
    }
    next--;
    throw expected("a value");
  }

  /// `annotation.key` or `annotation[key]`, whose value may be of any type.
  private FilterExpression annotation() {
    if (inner) {
      throw expected("a keyword other than annotation within service and edge");
    }
    String written = tokens.get(next++);
    String key = written.length() > 11 ? written.substring(11) : "";
    if (taken("[")) {
      key = next < tokens.size() ? tokens.get(next++) : "";
      key = key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
      take("]");
    }
    if (key.isEmpty()) {
      throw expected("the key of an annotation");
    }
    int before = next;
    Operator operator = operator();
    if (operator == null) {
      return new FilterExpression.Annotated(key, null);
    }
    int at = next;
    Object value = value();
    Set<Operator> fitting =
        value instanceof String ? textual() : value instanceof BigDecimal ? numeric() : SAMENESS;
    if (!fitting.contains(operator)) {
      next = before;
      throw wrong("an operator that fits " + text.substring(places.get(at)), places.get(before));
    }
    return new FilterExpression.Annotated(key, new Comparison(operator, value));
  }

  private FilterExpression node(String keyword) {
    next++;
    take("(");
    List<Identity> identities = new ArrayList<>();
    while (!is(")")) {
      if (!identities.isEmpty()) {
        take(",");
      }
      identities.add(identity());
    }
    take(")");
    FilterExpression filter = null;
    if (taken("{")) {
      boolean before = inner;
      inner = true;
      filter = or();
      inner = before;
      take("}");
    }
    var any = new Identity(null, null);
    if (keyword.equals("service") && identities.size() < 2) {
      return new FilterExpression.Service(identities.isEmpty() ? any : identities.get(0), filter);
    }
    if (keyword.equals("edge") && identities.size() == 2) {
      return new FilterExpression.Edge(identities.get(0), identities.get(1), filter);
    }
    throw expected(keyword.equals("edge") ? "edge of two services" : "service of one name");
  }

  private Identity identity() {
    if (!taken("id")) {
      return new Identity(quoted(), null);
    }
    take("(");
    String name = null;
    String type = null;
    do {
      if (taken("name")) {
        take(":");
        name = quoted();
      } else if (taken("type")) {
        take(":");
        type = quoted();
      } else {
        throw expected("name or type");
      }
    } while (taken(","));
    take(")");
    return new Identity(name, type);
  }

  private String quoted() {
    if (next < tokens.size()
        && tokens.get(next).startsWith("\"")
        && value() instanceof String quoted) {
      return quoted;
    }
    throw expected("a name in quotation marks");
  }
}
