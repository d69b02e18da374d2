package dev.polder.dynamodb.expression;

import java.util.List;

/// An expression as it was written: names and values are not looked up, nothing is checked but the
/// grammar.
sealed interface Syntax {
  /// A document path.
  record Reference(List<Step> steps) implements Syntax {
    public Reference {
      steps = List.copyOf(steps);
    }
  }

  /// A step of a document path.
  sealed interface Step {
    /// A name, or the placeholder of one.
    record Name(String text) implements Step {
      boolean placeholder() {
        return text.startsWith("#");
      }
    }

    /// A place in a list, from 0.
    record Index(int index) implements Step {}
  }

  /// The placeholder of a value.
  record Placeholder(String text) implements Syntax {}

  /// A function and what it is given.
  record Call(String function, List<Syntax> arguments) implements Syntax {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// `=`, `<>`, `<`, `<=`, `>` or `>=` between two operands; in updates `+` and `-`.
  record Binary(String operator, Syntax left, Syntax right) implements Syntax {}

  record Between(Syntax operand, Syntax low, Syntax high) implements Syntax {}

  record In(Syntax operand, List<Syntax> list) implements Syntax {
    public In {
      list = List.copyOf(list);
    }
  }

  record And(Syntax left, Syntax right) implements Syntax {}

  record Or(Syntax left, Syntax right) implements Syntax {}

  record Not(Syntax operand) implements Syntax {}
}
