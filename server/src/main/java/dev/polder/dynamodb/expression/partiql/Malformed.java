package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.item.ValidationException;

/// Refusals of statements that cannot be read.
final class Malformed {
  private Malformed() {}

  static ValidationException because(String detail) {
    return new ValidationException("Statement wasn't well formed, can't be processed: " + detail);
  }

  /// What cannot even be cut into tokens is refused without a reason.
  static ValidationException unreadable() {
    return because("");
  }

  static ValidationException leftover() {
    return because("Unexpected token after expression");
  }
}
