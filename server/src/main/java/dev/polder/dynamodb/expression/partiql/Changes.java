package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.SetValue;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads `SET` and `REMOVE` of an update.
final class Changes {
  private final Lexemes tokens;
  private final Paths paths;
  private final Literals literals;

  Changes(Lexemes tokens) {
    this.tokens = tokens;
    this.paths = new Paths(tokens);
    this.literals = new Literals(tokens);
  }

  Update update() {
    List<Update.Action> actions = new ArrayList<>();
    while (tokens.peek().word("SET") || tokens.peek().word("REMOVE")) {
      boolean set = tokens.next().word("SET");
      do {
        Path path = paths.path();
        actions.add(set ? set(path) : new Update.Action.Remove(path));
      } while (tokens.take(","));
    }
    if (actions.isEmpty()) {
      throw Malformed.because("Expected data manipulation");
    }
    return Update.of(actions);
  }

  private Update.Action set(Path path) {
    tokens.expect("=");
    Lexeme name = tokens.peek();
    if (name.word("set_add") || name.word("set_delete")) {
      tokens.next();
      return members(path, name);
    }
    SetValue left = operand();
    if (tokens.take("+")) {
      return new Update.Action.Set(
          path, new SetValue.Sum(number("+", left), number("+", operand())));
    }
    if (tokens.take("-")) {
      return new Update.Action.Set(
          path, new SetValue.Difference(number("-", left), number("-", operand())));
    }
    return new Update.Action.Set(path, left);
  }

  private SetValue operand() {
    if (literals.next()) {
      return new SetValue.Literal(literals.value());
    }
    Lexeme name = tokens.peek();
    if (name.kind() != Lexeme.Kind.WORD || !tokens.peekNext().symbol("(")) {
      return new SetValue.Attribute(paths.path());
    }
    tokens.next();
    return function(name);
  }

  private SetValue function(Lexeme name) {
    if (!name.word("list_append")) {
      throw new ValidationException(
          "Unrecognized function: "
              + name.text().toLowerCase(Locale.ROOT)
              + " at "
              + tokens.place(name));
    }
    List<SetValue> arguments = arguments();
    if (arguments.size() != 2) {
      throw new ValidationException(
          "Incorrect number of operands for operator or function; operator or function:"
              + " list_append, number of operands: "
              + arguments.size());
    }
    arguments.forEach(argument -> require(Type.L, "list_append", argument));
    return new SetValue.Append(arguments.getFirst(), arguments.getLast());
  }

  private List<SetValue> arguments() {
    tokens.expect("(");
    tokens.enter();
    List<SetValue> arguments = new ArrayList<>();
    do {
      arguments.add(operand());
    } while (tokens.take(","));
    tokens.expect(")");
    tokens.leave();
    return arguments;
  }

  private static SetValue number(String sign, SetValue operand) {
    require(Type.N, sign, operand);
    return operand;
  }

  private static void require(Type type, String operator, SetValue operand) {
    if (operand instanceof SetValue.Literal(var value) && value.type() != type) {
      throw new ValidationException(
          "Incorrect operand type for operator or function; operator or function: "
              + operator
              + ", operand type: "
              + value.type());
    }
  }

  /// `set_add` and `set_delete`, whose first argument must be the path that is set.
  private Update.Action members(Path path, Lexeme name) {
    String function = name.text().toUpperCase(Locale.ROOT);
    Lexeme firstArgument = tokens.peekNext();
    List<SetValue> arguments = arguments();
    if (arguments.size() != 2) {
      throw new ValidationException(
          function + " must have exactly two arguments at " + tokens.place(name));
    }
    if (!arguments.getFirst().equals(new SetValue.Attribute(path))) {
      throw new ValidationException(
          "The first argument to "
              + function
              + " must equal the assignment value at "
              + tokens.place(name));
    }
    if (arguments.getLast() instanceof SetValue.Literal(Value value) && value.type().set()) {
      return name.word("set_add")
          ? new Update.Action.Add(path, value)
          : new Update.Action.Delete(path, value);
    }
    throw new ValidationException(
        "The second argument to "
            + function
            + " must be a value with type SET at "
            + tokens.place(firstArgument));
  }
}
