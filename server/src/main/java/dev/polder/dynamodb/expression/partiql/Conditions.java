package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Comparator;
import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind `WHERE`.
final class Conditions {
  private static final Set<String> TESTS =
      Set.of(
          "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", Type.BOOL),
          Map.entry("BOOLEAN", Type.BOOL),
          Map.entry("STRING", Type.S),
          Map.entry("VARCHAR", Type.S),
          Map.entry("CHAR", Type.S),
          Map.entry("INT", Type.N),
          Map.entry("INTEGER", Type.N),
          Map.entry("DECIMAL", Type.N),
          Map.entry("NUMERIC", Type.N),
          Map.entry("NUMBER", Type.N),
          Map.entry("FLOAT", Type.N),
          Map.entry("BLOB", Type.B),
          Map.entry("LIST", Type.L),
          Map.entry("STRUCT", Type.M),
          Map.entry("TUPLE", Type.M),
          Map.entry("NULL", Type.NULL));

  private final Lexemes tokens;
  private final Literals literals;
  private final Paths paths;

  Conditions(Lexemes tokens) {
    this.tokens = tokens;
    this.literals = new Literals(tokens);
    this.paths = new Paths(tokens);
  }

  /// A condition, or what may be one side of a comparison.
  private sealed interface Term {
    record Test(Condition condition) implements Term {}

    record Operand(Condition.Operand operand) implements Term {}
  }

  Condition condition() {
    return test(or());
  }

  private static Condition test(Term term) {
    return switch (term) {
      case Term.Test(var condition) -> condition;
      case Term.Operand _ -> throw Malformed.because("Unexpected term");
    };
  }

  private Condition.Operand operand(Term term) {
    return switch (term) {
      case Term.Operand(var operand) -> operand;
      case Term.Test _ -> throw tokens.noTerm();
    };
  }

  private Term or() {
    Term left = and();
    while (tokens.takeWord("OR")) {
      requireRightSide();
      left = new Term.Test(new Condition.Or(test(left), test(and())));
    }
    return left;
  }

  private Term and() {
    Term left = not();
    while (tokens.takeWord("AND")) {
      requireRightSide();
      left = new Term.Test(new Condition.And(test(left), test(not())));
    }
    return left;
  }

  private void requireRightSide() {
    if (tokens.peek().kind() == Lexeme.Kind.END) {
      throw Malformed.because("Missing right-hand side expression of infix operator");
    }
  }

  private Term not() {
    if (!tokens.takeWord("NOT")) {
      return comparison();
    }
    tokens.enter();
    Condition negated = test(not());
    tokens.leave();
    return new Term.Test(new Condition.Not(negated));
  }

  private Term comparison() {
    Term left = term();
    Lexeme operator = tokens.peek();
    Comparator comparator = comparator(operator);
    if (comparator != null) {
      tokens.next();
      requireRightSide();
      return left instanceof Term.Test(var condition)
          ? new Term.Test(truth(condition, comparator))
          : new Term.Test(comparison(operator, comparator, operand(left)));
    }
    if (tokens.takeWord("BETWEEN")) {
      return new Term.Test(between(operand(left)));
    }
    if (tokens.takeWord("IN")) {
      return new Term.Test(new Condition.In(operand(left), list()));
    }
    if (tokens.takeWord("IS")) {
      return new Term.Test(is(operand(left)));
    }
    return left;
  }

  private static @Nullable Comparator comparator(Lexeme operator) {
    if (operator.symbol("!=")) {
      return Comparator.NE;
    }
    for (Comparator comparator : Comparator.values()) {
      if (operator.symbol(comparator.sign())) {
        return comparator;
      }
    }
    return null;
  }

  /// A test that is compared with a boolean.
  private Condition truth(Condition condition, Comparator comparator) {
    Condition.Operand right = operand(term());
    boolean equal =
        right.equals(new Condition.Literal(new Value.BOOL(true))) == (comparator == Comparator.EQ);
    return equal ? condition : new Condition.Not(condition);
  }

  private Condition comparison(Lexeme operator, Comparator comparator, Condition.Operand left) {
    Condition.Operand right = operand(term());
    if (comparator.ordering()) {
      requireOrdered(operator.text(), left);
      requireOrdered(operator.text(), right);
    }
    return new Condition.Comparison(comparator, left, right);
  }

  private Condition between(Condition.Operand operand) {
    Condition.Operand low = operand(term());
    tokens.expectWord("AND");
    Condition.Operand high = operand(term());
    List.of(operand, low, high).forEach(each -> requireOrdered("BETWEEN", each));
    return new Condition.Between(operand, low, high);
  }

  private static void requireOrdered(String operator, Condition.Operand operand) {
    if (operand instanceof Condition.Literal(var value) && !value.type().scalar()) {
      throw wrongType(operator, value.type());
    }
  }

  private static ValidationException wrongType(String operator, Type type) {
    return new ValidationException(
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }

  private List<Condition.Operand> list() {
    String end = tokens.take("[") ? "]" : ")";
    if (end.equals(")")) {
      tokens.expect("(");
    }
    List<Condition.Operand> list = new ArrayList<>();
    do {
      list.add(operand(term()));
    } while (tokens.take(","));
    tokens.expect(end);
    return list;
  }

  private Condition is(Condition.Operand operand) {
    boolean negated = tokens.takeWord("NOT");
    Lexeme name = tokens.next();
    Condition condition;
    if (name.word("MISSING") && operand instanceof Condition.Attribute(var path)) {
      condition = new Condition.Not(new Condition.Exists(path));
    } else {
      Type type = TYPES.get(name.text().toUpperCase(Locale.ROOT));
      if (type == null || name.kind() != Lexeme.Kind.WORD) {
        throw Malformed.because("Expected type name");
      }
      condition = new Condition.HasType(operand, type);
    }
    if (!negated) {
      return condition;
    }
    return operand instanceof Condition.Attribute(var path) && name.word("NULL")
        ? new Condition.And(new Condition.Exists(path), new Condition.Not(condition))
        : new Condition.Not(condition);
  }

  private Term term() {
    if (tokens.take("(")) {
      tokens.enter();
      Term inner = or();
      tokens.expect(")");
      tokens.leave();
      return inner;
    }
    if (literals.next()) {
      return new Term.Operand(new Condition.Literal(literals.value()));
    }
    boolean call = tokens.peek().kind() == Lexeme.Kind.WORD && tokens.peekNext().symbol("(");
    if (call && !tokens.keyword() && !tokens.operator()) {
      return call(tokens.next());
    }
    return new Term.Operand(new Condition.Attribute(paths.path()));
  }

  private Term call(Lexeme name) {
    String function = name.text().toLowerCase(Locale.ROOT);
    if (!TESTS.contains(function) && !function.equals("size")) {
      throw new ValidationException(
          "Unrecognized function: " + function + " at " + tokens.place(name));
    }
    List<Condition.Operand> operands = arguments();
    int wanted =
        Set.of("attribute_exists", "attribute_not_exists", "size").contains(function) ? 1 : 2;
    if (operands.size() != wanted) {
      throw new ValidationException(
          "Incorrect number of operands for operator or function; operator or function: "
              + function
              + ", number of operands: "
              + operands.size());
    }
    return function.equals("size")
        ? new Term.Operand(new Condition.Size(operands.getFirst()))
        : new Term.Test(test(function, operands.getFirst(), operands.getLast()));
  }

  private List<Condition.Operand> arguments() {
    tokens.expect("(");
    List<Condition.Operand> operands = new ArrayList<>();
    if (tokens.take(")")) {
      return operands;
    }
    tokens.enter();
    do {
      operands.add(operand(term()));
    } while (tokens.take(","));
    tokens.leave();
    tokens.expect(")");
    return operands;
  }

  private static Condition test(String function, Condition.Operand first, Condition.Operand last) {
    return switch (function) {
      case "attribute_exists" -> exists(function, first);
      case "attribute_not_exists" -> new Condition.Not(exists(function, first));
      case "attribute_type" -> hasType(first, last);
      case "begins_with" -> {
        requireText(first);
        requireText(last);
        yield new Condition.BeginsWith(first, last);
      }
      default -> new Condition.Contains(first, last);
    };
  }

  private static void requireText(Condition.Operand operand) {
    if (operand instanceof Condition.Literal(var value)
        && value.type() != Type.S
        && value.type() != Type.B) {
      throw wrongType("begins_with", value.type());
    }
  }

  private static Condition exists(String function, Condition.Operand operand) {
    if (operand instanceof Condition.Attribute(var path)) {
      return new Condition.Exists(path);
    }
    throw new ValidationException(
        "Operator or function requires a document path; operator or function: " + function);
  }

  private static Condition hasType(Condition.Operand operand, Condition.Operand type) {
    if (type instanceof Condition.Literal(Value.S(var name))) {
      for (Type each : Type.values()) {
        if (each.name().equals(name)) {
          return new Condition.HasType(operand, each);
        }
      }
      throw new ValidationException(
          "Invalid attribute type name found; type: "
              + name
              + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }
    throw new ValidationException(
        "Incorrect operand type for operator or function; operator or function: attribute_type,"
            + " operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  }
}
