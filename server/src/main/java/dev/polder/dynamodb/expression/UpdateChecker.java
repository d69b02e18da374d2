package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes updates that can be carried out of updates as written.
final class UpdateChecker {
  private static final SetValue NOTHING = new SetValue.Literal(Value.NULL);

  private final Problems problems = new Problems();
  private final PathSet paths = new PathSet(problems);
  private final Set<UpdateSyntax.Section> sections = EnumSet.noneOf(UpdateSyntax.Section.class);
  private final List<Update.Action> actions = new ArrayList<>();
  private final Resolver resolver;

  private UpdateChecker(Placeholders placeholders) {
    this.resolver = new Resolver(placeholders, problems, Problems.Kind.VALUE);
  }

  /// The update.
  ///
  /// @throws ValidationException for the first problem
  static Update check(UpdateSyntax written, Placeholders placeholders) {
    var checker = new UpdateChecker(placeholders);
    written.clauses().forEach(checker::clause);
    checker.problems.raise(
        Problems.Kind.RESERVED_WORD,
        Problems.Kind.UNKNOWN_FUNCTION,
        Problems.Kind.MISUSED_FUNCTION,
        Problems.Kind.SECTION,
        Problems.Kind.NAME,
        Problems.Kind.VALUE,
        Problems.Kind.OVERLAP,
        Problems.Kind.CONFLICT,
        Problems.Kind.CLAUSE_OPERAND,
        Problems.Kind.OPERAND_COUNT,
        Problems.Kind.OPERAND_TYPE);
    return new Update(checker.actions, SetValue.WRONG_TYPE);
  }

  private void clause(UpdateSyntax.Clause clause) {
    if (!sections.add(clause.section())) {
      problems.add(
          Problems.Kind.SECTION,
          "The \""
              + clause.section()
              + "\" section can only be used once in an update expression;");
    }
    for (UpdateSyntax.Action action : clause.actions()) {
      Path path = resolver.path(action.path());
      paths.add(path);
      switch (action) {
        case UpdateSyntax.Action.Assign(_, var value) ->
            actions.add(new Update.Action.Set(path, value(value)));
        case UpdateSyntax.Action.Remove _ -> actions.add(new Update.Action.Remove(path));
        case UpdateSyntax.Action.Change(_, var value) -> change(clause.section(), path, value);
      }
    }
  }

  private void change(UpdateSyntax.Section section, Path path, Syntax.Placeholder placeholder) {
    boolean add = section == UpdateSyntax.Section.ADD;
    Value value = resolver.value(placeholder).orElse(null);
    if (value == null) {
      return;
    }
    if (!value.type().set() && !(add && value.type() == Type.N)) {
      problems.add(
          Problems.Kind.CLAUSE_OPERAND,
          "Incorrect operand type for operator or function; operator: "
              + section
              + ", operand type: "
              + value.type().word());
    }
    actions.add(add ? new Update.Action.Add(path, value) : new Update.Action.Delete(path, value));
  }

  private SetValue value(Syntax written) {
    return switch (written) {
      case Syntax.Call call -> function(call);
      case Syntax.Binary binary -> sum(binary);
      case Syntax.Reference _, Syntax.Placeholder _ -> operand(written);
      case Syntax.Between _, Syntax.In _ -> throw new IllegalArgumentException();
      case Syntax.And _, Syntax.Or _, Syntax.Not _ -> throw new IllegalArgumentException();
    };
  }

  /// What a sign or a function is given: of the functions only `if_not_exists` may be.
  private SetValue operand(Syntax written) {
    return switch (written) {
      case Syntax.Reference reference -> new SetValue.Attribute(resolver.path(reference));
      case Syntax.Placeholder placeholder ->
          resolver.value(placeholder).<SetValue>map(SetValue.Literal::new).orElse(NOTHING);
      case Syntax.Call call -> {
        if (Function.of(call.function()).filter(f -> f == Function.LIST_APPEND).isPresent()) {
          Function.misused(call.function(), problems);
        }
        yield function(call);
      }
      case Syntax.Binary _, Syntax.Between _, Syntax.In _ -> throw new IllegalArgumentException();
      case Syntax.And _, Syntax.Or _, Syntax.Not _ -> throw new IllegalArgumentException();
    };
  }

  private SetValue sum(Syntax.Binary written) {
    SetValue left = operand(written.left());
    SetValue right = operand(written.right());
    requireType(Type.N, written.operator(), left);
    requireType(Type.N, written.operator(), right);
    return written.operator().equals("+")
        ? new SetValue.Sum(left, right)
        : new SetValue.Difference(left, right);
  }

  private void requireType(Type type, String operator, SetValue operand) {
    if (operand instanceof SetValue.Literal(var value) && value.type() != type) {
      Function.wrongType(operator, value.type().name(), problems);
    }
  }

  private SetValue function(Syntax.Call call) {
    List<SetValue> operands = call.arguments().stream().map(this::operand).toList();
    Optional<Function> function = Function.of(call.function());
    if (function.isEmpty()) {
      Function.unknown(call.function(), problems);
      return NOTHING;
    }
    if (function.get().inConditions()) {
      problems.add(
          Problems.Kind.MISUSED_FUNCTION,
          "The function is not allowed in an update expression; function: " + call.function());
      return NOTHING;
    }
    if (!function.get().takes(operands.size(), problems)) {
      return NOTHING;
    }
    return function.get() == Function.LIST_APPEND
        ? append(operands.getFirst(), operands.getLast())
        : ifNotExists(operands.getFirst(), operands.getLast());
  }

  private SetValue append(SetValue first, SetValue second) {
    requireType(Type.L, "list_append", first);
    requireType(Type.L, "list_append", second);
    return new SetValue.Append(first, second);
  }

  private SetValue ifNotExists(SetValue first, SetValue otherwise) {
    if (first instanceof SetValue.Attribute(var path)) {
      return new SetValue.IfNotExists(path, otherwise);
    }
    Function.IF_NOT_EXISTS.requiresPath(problems);
    return NOTHING;
  }
}
