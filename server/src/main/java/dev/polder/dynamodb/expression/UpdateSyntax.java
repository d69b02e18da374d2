package dev.polder.dynamodb.expression;

import java.util.List;

/// An update as it was written.
///
/// @param clauses in the order of the text
record UpdateSyntax(List<Clause> clauses) {
  UpdateSyntax {
    clauses = List.copyOf(clauses);
  }

  enum Section {
    SET,
    REMOVE,
    ADD,
    DELETE
  }

  record Clause(Section section, List<Action> actions) {
    Clause {
      actions = List.copyOf(actions);
    }
  }

  sealed interface Action {
    Syntax.Reference path();

    record Assign(Syntax.Reference path, Syntax value) implements Action {}

    record Remove(Syntax.Reference path) implements Action {}

    /// What `ADD` and `DELETE` say.
    record Change(Syntax.Reference path, Syntax.Placeholder value) implements Action {}
  }
}
