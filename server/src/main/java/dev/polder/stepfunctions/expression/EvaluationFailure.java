package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// Data that an expression has no value for. Not a defect: the state fails with it.
///
/// The cause text stands alone; an engine puts "An error occurred while executing the state '...'
/// (entered at the event id #...). " before it.
public final class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final @Nullable String location;

  /// @param error such as `States.Runtime`
  /// @param location the field at fault, such as `Output/result`; only for JSONata
  public EvaluationFailure(String error, String cause, @Nullable String location) {
    super(cause, null, false, false);
    this.error = error;
    this.location = location;
  }

  /// `States.Runtime` with a cause.
  public static EvaluationFailure runtime(String cause) {
    return new EvaluationFailure("States.Runtime", cause, null);
  }

  /// `States.QueryEvaluationError` in a field.
  public static EvaluationFailure query(String cause, String location) {
    return new EvaluationFailure("States.QueryEvaluationError", cause, location);
  }

  /// The name of the error.
  public String error() {
    return error;
  }

  /// What went wrong, without the state it went wrong in.
  public String cause() {
    return String.valueOf(getMessage());
  }

  /// The field at fault, or null. The history has an EvaluationFailed event for failures of
  /// `States.QueryEvaluationError`.
  public @Nullable String location() {
    return location;
  }
}
