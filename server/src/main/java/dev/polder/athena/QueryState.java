package dev.polder.athena;

/// Where a query stands, and where it can go from there.
enum QueryState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /// True if there is no way on.
  boolean isTerminal() {
    return switch (this) {
      case QUEUED, RUNNING -> false;
      case SUCCEEDED, FAILED, CANCELLED -> true;
    };
  }

  /// True if a query may change from this state to that. A query that ran when the process ended
  /// stays `RUNNING` and is taken up again.
  boolean leadsTo(QueryState next) {
    return switch (this) {
      case QUEUED -> next == RUNNING || next == CANCELLED || next == FAILED;
      case RUNNING -> next == SUCCEEDED || next == FAILED || next == CANCELLED;
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }
}
