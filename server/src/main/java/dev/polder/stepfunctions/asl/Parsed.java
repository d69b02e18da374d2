package dev.polder.stepfunctions.asl;

import java.util.List;

/// The outcome of reading a definition.
public sealed interface Parsed {
  /// Everything found, errors first; warnings also where the definition is good.
  List<Diagnostic> diagnostics();

  /// A definition that can run, with its warnings.
  record Valid(StateMachineDefinition definition, List<Diagnostic> diagnostics) implements Parsed {
    public Valid {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// A definition with at least one error.
  ///
  /// @param message the text of the InvalidDefinition error that CreateStateMachine answers
  record Invalid(List<Diagnostic> diagnostics, String message) implements Parsed {
    public Invalid {
      diagnostics = List.copyOf(diagnostics);
    }
  }
}
