package dev.polder.appsync.realtime;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A filter over what a mutation answered. A field that the mutation did not select has no value.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html
final class EventFilter {
  private EventFilter() {}

  /// True if an object passes a filter: `{title: {eq: "a"}, or: [...], and: [...]}`.
  static boolean passes(Map<?, ?> filter, Map<String, ? extends @Nullable Object> object) {
    return filter.entrySet().stream()
        .allMatch(part -> passes(String.valueOf(part.getKey()), part.getValue(), object));
  }

  private static boolean passes(
      String key, @Nullable Object value, Map<String, ? extends @Nullable Object> object) {
    return switch (value) {
      case null -> true;
      case List<?> all when key.equals("and") ->
          all.stream().allMatch(each -> nested(each, object));
      case List<?> any when key.equals("or") ->
          any.isEmpty() || any.stream().anyMatch(each -> nested(each, object));
      case Map<?, ?> operators -> {
        Object found = object.get(key);
        yield operators.entrySet().stream()
            .allMatch(each -> holds(String.valueOf(each.getKey()), found, each.getValue()));
      }
      default -> false;
    };
  }

  private static boolean nested(
      @Nullable Object filter, Map<String, ? extends @Nullable Object> object) {
    return filter instanceof Map<?, ?> map && passes(map, object);
  }

  private static boolean holds(String operator, @Nullable Object found, @Nullable Object wanted) {
    return switch (operator) {
      case "eq" -> same(found, wanted);
      case "ne" -> !same(found, wanted);
      case "in" -> wanted instanceof Collection<?> list && isIn(found, list);
      case "notIn" -> !(wanted instanceof Collection<?> list && isIn(found, list));
      case "contains" -> contains(found, wanted);
      case "notContains" -> !contains(found, wanted);
      case "containsAny" ->
          wanted instanceof Collection<?> list
              && list.stream().anyMatch(each -> contains(found, each));
      case "beginsWith" ->
          found instanceof String text && wanted instanceof String start && text.startsWith(start);
      case "between" ->
          wanted instanceof List<?> bounds
              && bounds.size() == 2
              && compare(found, bounds.get(0), 1, 0)
              && compare(found, bounds.get(1), -1, 0);
      case "le" -> compare(found, wanted, -1, 0);
      case "lt" -> compare(found, wanted, -1, -1);
      case "ge" -> compare(found, wanted, 1, 0);
      case "gt" -> compare(found, wanted, 1, 1);
      default -> false;
    };
  }

  private static boolean isIn(@Nullable Object found, Collection<?> list) {
    return list.stream().anyMatch(each -> same(found, each));
  }

  private static boolean contains(@Nullable Object found, @Nullable Object wanted) {
    return switch (found) {
      case String text -> wanted instanceof String part && text.contains(part);
      case Collection<?> list -> isIn(wanted, list);
      case null, default -> false;
    };
  }

  /// True for equal values; numbers are equal whatever their type.
  static boolean same(@Nullable Object one, @Nullable Object other) {
    return one instanceof Number a && other instanceof Number b
        ? decimal(a).compareTo(decimal(b)) == 0
        : Objects.equals(one, other);
  }

  /// True if the comparison has one of two signs.
  private static boolean compare(
      @Nullable Object found, @Nullable Object wanted, int sign, int orSign) {
    int order;
    if (found instanceof Number a && wanted instanceof Number b) {
      order = decimal(a).compareTo(decimal(b));
    } else if (found instanceof String a && wanted instanceof String b) {
      order = Integer.signum(a.compareTo(b));
    } else {
      return false;
    }
    return order == sign || order == orSign;
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}
