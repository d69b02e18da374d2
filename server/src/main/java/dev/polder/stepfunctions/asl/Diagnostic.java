package dev.polder.stepfunctions.asl;

/// One finding about a definition.
///
/// @param code a code of ValidateStateMachineDefinition, such as `SCHEMA_VALIDATION_FAILED`
/// @param location the JSON Pointer of the value at fault (`/` for the whole), or for a text that is
///     not JSON the place in the text
public record Diagnostic(String code, Severity severity, String message, String location) {

  /// Whether the definition can run.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// A finding that forbids the definition.
  static Diagnostic schema(String message, String location) {
    return new Diagnostic("SCHEMA_VALIDATION_FAILED", Severity.ERROR, message, location);
  }

  /// The finding as it stands in the message of an InvalidDefinition error.
  public String described() {
    return code.equals("INVALID_JSON_DESCRIPTION")
        ? code + ": " + message
        : code + ": " + message + " at " + location;
  }
}
