package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Utf8;
import dev.polder.dynamodb.item.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Evaluates conditions. What is not there equals nothing, not even what else is not there, and
/// values of different types are neither equal nor in any order.
final class Evaluator {
  private Evaluator() {}

  static boolean matches(Condition condition, Item item) {
    return switch (condition) {
      case Condition.And(var left, var right) -> matches(left, item) && matches(right, item);
      case Condition.Or(var left, var right) -> matches(left, item) || matches(right, item);
      case Condition.Not(var negated) -> !matches(negated, item);
      case Condition.All(var all) -> all.stream().allMatch(each -> matches(each, item));
      case Condition.Some(var some) -> some.stream().anyMatch(each -> matches(each, item));
      case Condition.Comparison(var comparator, var left, var right) ->
          compare(comparator, value(left, item), value(right, item));
      case Condition.Between(var operand, var low, var high) ->
          between(value(operand, item), value(low, item), value(high, item));
      case Condition.In(var operand, var list) -> in(value(operand, item), list, item);
      case Condition.Exists(var path) -> path.in(item) != null;
      case Condition.HasType(var operand, var type) -> {
        Value value = value(operand, item);
        yield value != null && value.type() == type;
      }
      case Condition.BeginsWith(var operand, var prefix) ->
          beginsWith(value(operand, item), value(prefix, item));
      case Condition.Contains(var operand, var element) ->
          contains(value(operand, item), value(element, item));
    };
  }

  private static @Nullable Value value(Condition.Operand operand, Item item) {
    return switch (operand) {
      case Condition.Literal(var value) -> value;
      case Condition.Attribute(var path) -> path.in(item);
      case Condition.Size(var of) -> size(value(of, item));
    };
  }

  private static @Nullable Value size(@Nullable Value value) {
    return switch (value) {
      case null -> null;
      case Value.S s -> Value.N.of(s.value().length());
      case Value.B b -> Value.N.of(b.length());
      case Value.L l -> Value.N.of(l.elements().size());
      case Value.M m -> Value.N.of(m.entries().size());
      case Value.SS ss -> Value.N.of(ss.members().size());
      case Value.NS ns -> Value.N.of(ns.members().size());
      case Value.BS bs -> Value.N.of(bs.members().size());
      case Value.N _, Value.BOOL _, Value.NULL _ -> null;
    };
  }

  private static boolean compare(
      Comparator comparator, @Nullable Value left, @Nullable Value right) {
    return switch (comparator) {
      case EQ -> left != null && left.equals(right);
      case NE -> left == null || !left.equals(right);
      case LT, LE, GT, GE -> {
        OptionalInt order = order(left, right);
        yield order.isPresent() && comparator.holds(order.getAsInt());
      }
    };
  }

  /// The order of two strings, two numbers or two binaries.
  static OptionalInt order(@Nullable Value left, @Nullable Value right) {
    if (left instanceof Value.S a && right instanceof Value.S b) {
      return OptionalInt.of(Utf8.ORDER.compare(a.value(), b.value()));
    }
    if (left instanceof Value.N a && right instanceof Value.N b) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (left instanceof Value.B a && right instanceof Value.B b) {
      return OptionalInt.of(a.compareTo(b));
    }
    return OptionalInt.empty();
  }

  private static boolean between(@Nullable Value value, @Nullable Value low, @Nullable Value high) {
    return compare(Comparator.GE, value, low) && compare(Comparator.LE, value, high);
  }

  private static boolean in(@Nullable Value value, List<Condition.Operand> list, Item item) {
    return value != null && list.stream().anyMatch(each -> value.equals(value(each, item)));
  }

  private static boolean beginsWith(@Nullable Value value, @Nullable Value prefix) {
    if (value instanceof Value.S s && prefix instanceof Value.S start) {
      return s.value().startsWith(start.value());
    }
    return value instanceof Value.B b
        && prefix instanceof Value.B start
        && latin(b).startsWith(latin(start));
  }

  /// Whether a string or binary has a part, or a set or list has an element.
  private static boolean contains(@Nullable Value value, @Nullable Value element) {
    if (element == null) {
      return false;
    }
    return switch (value) {
      case null -> false;
      case Value.S s -> element instanceof Value.S part && s.value().contains(part.value());
      case Value.B b -> element instanceof Value.B part && latin(b).contains(latin(part));
      case Value.SS ss -> element instanceof Value.S s && ss.members().contains(s.value());
      case Value.NS ns -> element instanceof Value.N n && ns.members().contains(n);
      case Value.BS bs -> element instanceof Value.B b && bs.members().contains(b);
      case Value.L l -> l.elements().contains(element);
      case Value.N _, Value.BOOL _, Value.NULL _, Value.M _ -> false;
    };
  }

  /// The bytes as characters, one for each.
  private static String latin(Value.B b) {
    return new String(b.bytes(), StandardCharsets.ISO_8859_1);
  }
}
