package dev.polder.scheduler.expression;

/// A text that is no schedule expression. The message names what is wrong in it.
public final class InvalidExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidExpressionException(String message) {
    super(message);
  }
}
