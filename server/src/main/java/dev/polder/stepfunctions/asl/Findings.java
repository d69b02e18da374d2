package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Problems;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a definition.
final class Findings implements Problems {
  private final List<Diagnostic> all = new ArrayList<>();

  @Override
  public void report(String code, String message, String location) {
    add(new Diagnostic(code, Diagnostic.Severity.ERROR, message, place(location)));
  }

  /// Something that does not fit the language.
  void schema(String message, String location) {
    report("SCHEMA_VALIDATION_FAILED", message, location);
  }

  /// Something that is allowed but hardly meant.
  void warn(String code, String message, String location) {
    add(new Diagnostic(code, Diagnostic.Severity.WARNING, message, place(location)));
  }

  void add(Diagnostic finding) {
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  boolean hasErrors() {
    return all.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
  }

  /// Errors before warnings, each in the order found.
  List<Diagnostic> list() {
    return all.stream().sorted((a, b) -> a.severity().compareTo(b.severity())).toList();
  }

  private static String place(String location) {
    return location.isEmpty() ? "/" : location;
  }
}
