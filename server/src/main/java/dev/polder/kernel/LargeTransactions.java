package dev.polder.kernel;

/// Lets an in-process caller write more in one transaction than DynamoDB's API allows.
public final class LargeTransactions {
  private LargeTransactions() {}

  /// Bound to true around a call of TransactWriteItems whose number of items and size are not to be
  /// limited.
  public static final ScopedValue<Boolean> ALLOWED = ScopedValue.newInstance();
}
