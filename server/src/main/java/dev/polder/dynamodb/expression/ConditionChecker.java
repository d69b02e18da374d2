package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes conditions that can be evaluated of conditions as written.
///
/// The service looks for unknown functions in the whole text first, then for misused ones, for
/// reserved words, and then comparison by comparison for undefined placeholders, numbers of
/// operands, operands that are the same, and types.
final class ConditionChecker {
  private static final Problems.Kind[] OF_A_COMPARISON = {
    Problems.Kind.NAME,
    Problems.Kind.OPERAND_COUNT,
    Problems.Kind.SAME_OPERANDS,
    Problems.Kind.OPERAND_TYPE
  };
  private static final Value.S UNDEFINED = new Value.S("");
  private static final int MAX_LIST = 100;

  private final Problems problems = new Problems();
  private final Resolver resolver;
  private final String kind;

  private ConditionChecker(Placeholders placeholders, String kind) {
    this.resolver = new Resolver(placeholders, problems, Problems.Kind.NAME);
    this.kind = kind;
  }

  /// The condition.
  ///
  /// @param kind what sort of expression it is, as messages name it
  /// @throws ValidationException for the first problem
  static Condition check(Syntax written, Placeholders placeholders, String kind) {
    var checker = new ConditionChecker(placeholders, kind);
    Condition condition = checker.condition(written);
    checker.problems.raise(
        Problems.Kind.UNKNOWN_FUNCTION,
        Problems.Kind.MISUSED_FUNCTION,
        Problems.Kind.RESERVED_WORD,
        Problems.Kind.CONDITION);
    return condition;
  }

  private Condition condition(Syntax written) {
    return switch (written) {
      case Syntax.And(var left, var right) -> new Condition.And(condition(left), condition(right));
      case Syntax.Or(var left, var right) -> new Condition.Or(condition(left), condition(right));
      case Syntax.Not(var operand) -> new Condition.Not(condition(operand));
      case Syntax.Binary _, Syntax.Between _, Syntax.In _, Syntax.Call _ -> {
        Condition leaf = leaf(written);
        problems.gather(Problems.Kind.CONDITION, OF_A_COMPARISON);
        yield leaf;
      }
      case Syntax.Reference _, Syntax.Placeholder _ -> throw new IllegalArgumentException();
    };
  }

  private Condition leaf(Syntax written) {
    return switch (written) {
      case Syntax.Binary binary -> comparison(binary);
      case Syntax.Between between -> between(between);
      case Syntax.In(var operand, var list) -> in(operand, list);
      case Syntax.Call call -> function(call);
      case Syntax.And _, Syntax.Or _, Syntax.Not _, Syntax.Reference _, Syntax.Placeholder _ ->
          throw new IllegalArgumentException();
    };
  }

  private Condition comparison(Syntax.Binary written) {
    Comparator comparator = Comparator.of(written.operator());
    Condition.Operand left = operand(written.left());
    Condition.Operand right = operand(written.right());
    requireDistinct(comparator.sign(), left, right);
    if (comparator.ordering()) {
      requireOrdered(comparator.sign(), left);
      requireOrdered(comparator.sign(), right);
    }
    return new Condition.Comparison(comparator, left, right);
  }

  private Condition between(Syntax.Between written) {
    Condition.Operand operand = operand(written.operand());
    Condition.Operand low = operand(written.low());
    Condition.Operand high = operand(written.high());
    requireOrdered("BETWEEN", operand);
    requireOrdered("BETWEEN", low);
    requireOrdered("BETWEEN", high);
    if (low instanceof Condition.Literal(var from) && high instanceof Condition.Literal(var to)) {
      requireBounds(from, to);
    }
    return new Condition.Between(operand, low, high);
  }

  private void requireBounds(Value low, Value high) {
    OptionalInt order = Evaluator.order(low, high);
    if (low.type() != high.type()) {
      problems.add(
          Problems.Kind.OPERAND_TYPE,
          "The BETWEEN operator requires same data type for lower and upper bounds; "
              + bounds(low, high));
    } else if (order.isPresent() && order.getAsInt() > 0) {
      problems.add(
          Problems.Kind.OPERAND_TYPE,
          "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
              + bounds(low, high));
    }
  }

  private static String bounds(Value low, Value high) {
    return "lower bound operand: AttributeValue: "
        + bound(low)
        + ", upper bound operand: AttributeValue: "
        + bound(high);
  }

  private static String bound(Value value) {
    String text =
        switch (value) {
          case Value.S s -> s.value();
          case Value.N n -> n.text();
          case Value.B b -> b.toString();
          case Value.BOOL _, Value.NULL _, Value.L _, Value.M _ -> "";
          case Value.SS _, Value.NS _, Value.BS _ -> "";
        };
    return "{" + value.type() + ":" + text + "}";
  }

  private Condition in(Syntax operand, List<Syntax> list) {
    Condition.Operand left = operand(operand);
    List<Condition.Operand> right = list.stream().map(this::operand).toList();
    if (list.size() > MAX_LIST) {
      problems.add(
          Problems.Kind.OPERAND_COUNT,
          "Incorrect number of operands for operator or function; operator or function: IN, number"
              + " of operands: "
              + (list.size() + 1));
    }
    return new Condition.In(left, right);
  }

  /// An operand of a comparison or of a function, of which only `size` may be one.
  private Condition.Operand operand(Syntax written) {
    return switch (written) {
      case Syntax.Reference reference -> new Condition.Attribute(resolver.path(reference));
      case Syntax.Placeholder placeholder -> literal(placeholder);
      case Syntax.Call call -> size(call);
      case Syntax.Binary _, Syntax.Between _, Syntax.In _ -> throw new IllegalArgumentException();
      case Syntax.And _, Syntax.Or _, Syntax.Not _ -> throw new IllegalArgumentException();
    };
  }

  private Condition.Operand literal(Syntax.Placeholder placeholder) {
    return new Condition.Literal(resolver.value(placeholder).orElse(UNDEFINED));
  }

  private Condition.Operand size(Syntax.Call call) {
    Optional<Function> function = known(call);
    if (function.filter(found -> found != Function.SIZE).isPresent()) {
      Function.misused(call.function(), problems);
    }
    List<Condition.Operand> operands = call.arguments().stream().map(this::operand).toList();
    if (function.isPresent() && function.get().takes(operands.size(), problems)) {
      requireSized(operands.getFirst());
    }
    return new Condition.Size(operands.getFirst());
  }

  private void requireSized(Condition.Operand operand) {
    type(operand)
        .filter(type -> type == Type.N || type == Type.BOOL || type == Type.NULL)
        .ifPresent(type -> Function.wrongType("size", type.name(), problems));
  }

  private Optional<Function> known(Syntax.Call call) {
    Optional<Function> function = Function.of(call.function());
    if (function.isEmpty()) {
      Function.unknown(call.function(), problems);
    } else if (!function.get().inConditions()) {
      problems.add(
          Problems.Kind.MISUSED_FUNCTION,
          "The function is not allowed in a " + kind + " expression; function: " + call.function());
      return Optional.empty();
    }
    return function;
  }

  private Condition function(Syntax.Call call) {
    Optional<Function> function = known(call);
    if (function.filter(found -> found == Function.SIZE).isPresent()) {
      Function.misused(call.function(), problems);
    }
    List<Condition.Operand> operands = call.arguments().stream().map(this::operand).toList();
    if (function.isEmpty() || !function.get().takes(operands.size(), problems)) {
      return Condition.ALWAYS;
    }
    if (operands.size() == 2) {
      requireDistinct(call.function(), operands.getFirst(), operands.getLast());
    }
    return function(function.get(), operands.getFirst(), operands.getLast());
  }

  private Condition function(Function function, Condition.Operand first, Condition.Operand last) {
    return switch (function) {
      case ATTRIBUTE_EXISTS -> exists(function, first);
      case ATTRIBUTE_NOT_EXISTS -> new Condition.Not(exists(function, first));
      case ATTRIBUTE_TYPE -> hasType(first, last);
      case BEGINS_WITH -> {
        requireText(first);
        requireText(last);
        yield new Condition.BeginsWith(first, last);
      }
      case CONTAINS -> new Condition.Contains(first, last);
      case SIZE, IF_NOT_EXISTS, LIST_APPEND -> Condition.ALWAYS;
    };
  }

  private Condition exists(Function function, Condition.Operand operand) {
    if (operand instanceof Condition.Attribute(var path)) {
      return new Condition.Exists(path);
    }
    function.requiresPath(problems);
    return Condition.ALWAYS;
  }

  private Condition hasType(Condition.Operand operand, Condition.Operand type) {
    if (!(type instanceof Condition.Literal(Value.S(var name)))) {
      String found = type(type).map(Type::name).orElse("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
      Function.wrongType("attribute_type", found, problems);
      return Condition.ALWAYS;
    }
    for (Type each : Type.values()) {
      if (each.name().equals(name)) {
        return new Condition.HasType(operand, each);
      }
    }
    problems.add(
        Problems.Kind.OPERAND_TYPE,
        "Invalid attribute type name found; type: "
            + name
            + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    return Condition.ALWAYS;
  }

  private void requireText(Condition.Operand operand) {
    type(operand)
        .filter(type -> type != Type.S && type != Type.B)
        .ifPresent(type -> Function.wrongType("begins_with", type.name(), problems));
  }

  /// Only values of the request are refused; an attribute of the wrong type is merely in no order.
  private void requireOrdered(String operator, Condition.Operand operand) {
    type(operand)
        .filter(type -> !type.scalar())
        .ifPresent(type -> Function.wrongType(operator, type.name(), problems));
  }

  private void requireDistinct(String operator, Condition.Operand left, Condition.Operand right) {
    if (left instanceof Condition.Attribute(var path) && left.equals(right)) {
      problems.add(
          Problems.Kind.SAME_OPERANDS,
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + path);
    }
  }

  /// The type, where the text alone tells it.
  private static Optional<Type> type(Condition.Operand operand) {
    return switch (operand) {
      case Condition.Literal(var value) -> Optional.of(value.type());
      case Condition.Attribute _ -> Optional.empty();
      case Condition.Size _ -> Optional.of(Type.N);
    };
  }
}
