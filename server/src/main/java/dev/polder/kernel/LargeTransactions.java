package dev.polder.kernel;

/// Lets callers within the process make transactions that are larger than the wire allows, such as
/// the deletion of an item and of everything that belongs to it.
///
/// Where [#ALLOWED] is bound to true, DynamoDB's TransactWriteItems takes any number of actions and
/// any total size; everything else about it stays as it is.
///
/// ```java
/// ScopedValue.where(LargeTransactions.ALLOWED, true)
///     .call(() -> client.transactWriteItems(request));
/// ```
public final class LargeTransactions {
  /// Bound to true by the caller, for the call.
  public static final ScopedValue<Boolean> ALLOWED = ScopedValue.newInstance();

  private LargeTransactions() {}

  /// True within a caller's binding.
  public static boolean allowed() {
    return ALLOWED.isBound() && ALLOWED.get();
  }
}
