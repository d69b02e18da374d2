package dev.polder.dynamodb;

/// What a transaction does, in one of its actions.
sealed interface Action permits TransactionAction, Sweep {
  /// The table's name.
  String tableName();

  /// What the action counts towards the most that a transaction may have, in bytes.
  int size();
}
