package dev.polder.kernel;

/// Lets callers within the process make transactions that are larger than the wire allows, such as
/// the deletion of an item and of everything that belongs to it.
///
/// Where [#ALLOWED] is bound to true, DynamoDB's TransactWriteItems takes any number of actions and
/// any total size; and a Delete with an empty key deletes all items that its condition finds, which
/// is then the key condition of a query of the table or, where the table is named
/// `TABLE/index/INDEX`, of that index. Nobody changes an item of the table between the search and
/// the deletion. Everything else about a transaction stays as it is.
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
