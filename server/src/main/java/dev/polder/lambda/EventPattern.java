package dev.polder.lambda;

import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A filter of an event source mapping: which records a function wants.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
///
/// Objects mean all of their members, arrays any of their elements, which are values or one of
/// `prefix`, `suffix`, `equals-ignore-case`, `anything-but`, `numeric` and `exists`; `$or` holds
/// alternatives.
final class EventPattern {
  /// A pattern that cannot be understood.
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /// Decides about one value; absent values are told from null.
  private interface Rule {
    boolean matches(boolean present, @Nullable Object value);
  }

  private final Rule rule;

  private EventPattern(Rule rule) {
    this.rule = rule;
  }

  /// Reads a pattern.
  ///
  /// @throws Invalid saying why it is none
  static EventPattern of(String text) {
    try {
      return new EventPattern(object(Json.parseObject(text)));
    } catch (Json.Malformed e) {
      throw new Invalid(String.valueOf(e.getMessage()));
    }
  }

  /// True if an event, in [Json] form, is wanted.
  boolean matches(Map<String, ?> event) {
    return rule.matches(true, event);
  }

  private static Rule object(Map<?, ?> members) {
    if (members.isEmpty()) {
      throw new Invalid("Empty objects are not allowed");
    }
    List<Rule> all = new ArrayList<>();
    members.forEach((name, pattern) -> all.add(member(String.valueOf(name), pattern)));
    return (_, value) -> all.stream().allMatch(each -> each.matches(true, value));
  }

  private static Rule member(String name, @Nullable Object pattern) {
    if (name.equals("$or") && pattern instanceof List<?> alternatives) {
      List<Rule> any = new ArrayList<>();
      for (Object each : alternatives) {
        if (!(each instanceof Map<?, ?> alternative)) {
          throw new Invalid("$or must have objects");
        }
        any.add(object(alternative));
      }
      return (_, value) -> any.stream().anyMatch(each -> each.matches(true, value));
    }
    Rule rule =
        switch (pattern) {
          case Map<?, ?> map -> object(map);
          case List<?> list -> any(list);
          case null, default -> throw new Invalid("'" + name + "' must be an object or an array");
        };
    return (_, value) -> {
      Map<?, ?> map = value instanceof Map<?, ?> given ? given : Map.of();
      return matches(rule, map.containsKey(name), map.get(name));
    };
  }

  /// An array in the event matches if one of its elements does.
  private static boolean matches(Rule rule, boolean present, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(each -> rule.matches(true, each));
    }
    return rule.matches(present, value);
  }

  private static Rule any(List<?> alternatives) {
    if (alternatives.isEmpty()) {
      throw new Invalid("Empty arrays are not allowed");
    }
    List<Rule> any = new ArrayList<>();
    for (Object each : alternatives) {
      any.add(each instanceof Map<?, ?> operator ? operator(operator) : equal(each));
    }
    return (present, value) -> any.stream().anyMatch(each -> each.matches(present, value));
  }

  private static Rule equal(@Nullable Object wanted) {
    return (present, value) -> present && same(wanted, value);
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return one instanceof Number a && other instanceof Number b
        ? decimal(a).compareTo(decimal(b)) == 0
        : Objects.equals(one, other);
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }

  private static Rule operator(Map<?, ?> operator) {
    if (operator.size() != 1) {
      throw new Invalid("Only one operator is allowed in an object");
    }
    var only = operator.entrySet().iterator().next();
    Object operand = only.getValue();
    return switch (String.valueOf(only.getKey())) {
      case "exists" -> {
        if (!(operand instanceof Boolean wanted)) {
          throw new Invalid("exists must be true or false");
        }
        yield (present, _) -> present == wanted;
      }
      case "prefix" -> {
        String prefix = text("prefix", operand);
        yield (_, value) -> value instanceof String s && s.startsWith(prefix);
      }
      case "suffix" -> {
        String suffix = text("suffix", operand);
        yield (_, value) -> value instanceof String s && s.endsWith(suffix);
      }
      case "equals-ignore-case" -> {
        String wanted = text("equals-ignore-case", operand).toLowerCase(Locale.ROOT);
        yield (_, value) -> value instanceof String s && s.toLowerCase(Locale.ROOT).equals(wanted);
      }
      case "anything-but" -> anythingBut(operand);
      case "numeric" -> numeric(operand);
      default -> throw new Invalid("Unrecognized match type " + only.getKey());
    };
  }

  private static String text(String operator, @Nullable Object operand) {
    if (operand instanceof String text) {
      return text;
    }
    throw new Invalid(operator + " must be a string");
  }

  private static Rule anythingBut(@Nullable Object operand) {
    Rule unwanted =
        switch (operand) {
          case Map<?, ?> operator -> operator(operator);
          case List<?> list -> any(list);
          case null -> throw new Invalid("anything-but must have a value");
          default -> equal(operand);
        };
    return (present, value) -> present && !unwanted.matches(true, value);
  }

  /// Such as `[">", 0, "<=", 5]`.
  private static Rule numeric(@Nullable Object operand) {
    if (!(operand instanceof List<?> parts) || parts.isEmpty() || parts.size() % 2 != 0) {
      throw new Invalid("numeric must be an array of operators and numbers");
    }
    List<Rule> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += 2) {
      if (!(parts.get(i + 1) instanceof Number limit)) {
        throw new Invalid("numeric must be an array of operators and numbers");
      }
      all.add(compared(String.valueOf(parts.get(i)), decimal(limit)));
    }
    return (_, value) -> all.stream().allMatch(each -> each.matches(true, value));
  }

  private static Rule compared(String operator, BigDecimal limit) {
    if (!List.of("=", "<", "<=", ">", ">=").contains(operator)) {
      throw new Invalid("Unrecognized numeric range operator: " + operator);
    }
    return (_, value) -> {
      if (!(value instanceof Number number)) {
        return false;
      }
      int order = decimal(number).compareTo(limit);
      return (order == 0 && operator.endsWith("="))
          || (order < 0 && operator.startsWith("<"))
          || (order > 0 && operator.startsWith(">"));
    };
  }
}
