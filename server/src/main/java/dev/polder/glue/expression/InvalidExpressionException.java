package dev.polder.glue.expression;

/// An expression that cannot be used with the keys of the table.
public final class InvalidExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidExpressionException(String message) {
    super(message);
  }
}
