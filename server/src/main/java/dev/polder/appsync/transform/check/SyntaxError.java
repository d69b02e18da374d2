package dev.polder.appsync.transform.check;

/// The first place at which a text stops being GraphQL.
final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;

  SyntaxError(int offset, String message) {
    super("Syntax Error: " + message, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
