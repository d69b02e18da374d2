package dev.polder.stepfunctions.expression;

/// A text that is not an expression.
final class MalformedExpression extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedExpression(String message) {
    super(message, null, false, false);
  }
}
