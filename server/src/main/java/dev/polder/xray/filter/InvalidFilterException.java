package dev.polder.xray.filter;

/// A filter expression that cannot be read. The message says what was expected, and where.
public final class InvalidFilterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidFilterException(String message) {
    super(message);
  }
}
