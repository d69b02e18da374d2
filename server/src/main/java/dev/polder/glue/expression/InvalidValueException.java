package dev.polder.glue.expression;

/// A partition whose value is not of its key's type, so that it cannot be compared.
public final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidValueException(String message) {
    super(message);
  }
}
