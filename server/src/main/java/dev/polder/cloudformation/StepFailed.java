package dev.polder.cloudformation;

/// A step that could not be taken, with the reason that events show.
final class StepFailed extends Exception {
  private static final long serialVersionUID = 1L;

  StepFailed(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
