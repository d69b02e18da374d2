package dev.polder.stepfunctions.expression;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition of a Choice state.
public sealed interface ChoiceRule {

  /// Whether the condition holds.
  ///
  /// @throws EvaluationFailure if it cannot be told
  boolean holds(Data data);

  /// `And`: all hold. The rest is not looked at once one does not.
  record And(List<ChoiceRule> rules) implements ChoiceRule {
    public And {
      rules = List.copyOf(rules);
    }

    @Override
    public boolean holds(Data data) {
      for (ChoiceRule rule : rules) {
        if (!rule.holds(data)) {
          return false;
        }
      }
      return true;
    }
  }

  /// `Or`: one holds. The rest is not looked at once one does.
  record Or(List<ChoiceRule> rules) implements ChoiceRule {
    public Or {
      rules = List.copyOf(rules);
    }

    @Override
    public boolean holds(Data data) {
      for (ChoiceRule rule : rules) {
        if (rule.holds(data)) {
          return true;
        }
      }
      return false;
    }
  }

  /// `Not`: the rule does not hold.
  record Not(ChoiceRule rule) implements ChoiceRule {
    @Override
    public boolean holds(Data data) {
      return !rule.holds(data);
    }
  }

  /// A variable compared with a value, or by its kind.
  ///
  /// @param with the value, or null for none
  /// @param withPath the path to it, or null
  record Compare(
      Comparison comparison, Path variable, @Nullable Object with, @Nullable Path withPath)
      implements ChoiceRule {

    /// A comparison of paths in text.
    ///
    /// @param variables receives the variables that the paths begin with
    public static Compare of(
        Comparison comparison,
        String variable,
        @Nullable Object with,
        @Nullable String withPath,
        Set<String> variables) {
      Path subject = Path.of(variable);
      subject.referenced(variables);
      Path other = withPath == null ? null : Path.of(withPath);
      if (other != null) {
        other.referenced(variables);
      }
      return new Compare(comparison, subject, with, other);
    }

    @Override
    public boolean holds(Data data) {
      Object value;
      try {
        value = variable.find(data);
      } catch (NoMatch e) {
        if (comparison == Comparison.IS_PRESENT) {
          return Boolean.FALSE.equals(with);
        }
        throw invalid(variable);
      }
      return comparison.holds(value, operand(data));
    }

    private @Nullable Object operand(Data data) {
      if (withPath == null) {
        return with;
      }
      try {
        return withPath.find(data);
      } catch (NoMatch e) {
        throw invalid(withPath);
      }
    }

    private static EvaluationFailure invalid(Path path) {
      return EvaluationFailure.runtime(
          "Invalid path '"
              + path.text()
              + "': The choice state's condition path references an invalid value.");
    }
  }

  /// `Condition`: a JSONata expression that must give true or false.
  record Condition(Expression expression) implements ChoiceRule {
    @Override
    public boolean holds(Data data) {
      return Boolean.TRUE.equals(expression.evaluate(data));
    }
  }
}
