package dev.polder.stepfunctions.asl;

import org.jspecify.annotations.Nullable;

/// One finding about a definition.
///
/// @param code a code of ValidateStateMachineDefinition, such as `SCHEMA_VALIDATION_FAILED`
/// @param location the JSON Pointer of the value at fault (`/` for the whole), or for a text that
///   is not JSON the place in the text; null where the finding has no place
public record Diagnostic(
    String code, Severity severity, String message, @Nullable String location) {

  /// Whether the definition can run.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// The finding as it stands in the message of an InvalidDefinition error.
  public String described() {
    return code.equals("INVALID_JSON_DESCRIPTION")
        ? code + ": " + message
        : code + ": " + message + " at " + location;
  }
}
