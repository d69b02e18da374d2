package dev.polder.examples.traffic.demo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StatementType;

/// How far the queries of a run are, asked of Athena: how many of the ranges are filled, and what
/// was read for it.
final class QueryProgress {
  /// The most ids that BatchGetQueryExecution takes.
  private static final int BATCH = 50;

  private final AthenaClient athena;
  private final Terminal terminal;
  private final String workGroup;
  private final int ranges;
  private final Set<String> before;

  /// @param ranges how many queries there will be
  QueryProgress(AthenaClient athena, Terminal terminal, String workGroup, int ranges) {
    this.athena = athena;
    this.terminal = terminal;
    this.workGroup = workGroup;
    this.ranges = ranges;
    this.before = Set.copyOf(ids());
  }

  /// A line with a bar, as soon as there are queries.
  List<String> lines() {
    List<String> ids = ids().stream().filter(id -> !before.contains(id)).toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    long done = 0;
    long scanned = 0;
    long longest = 0;
    for (QueryExecution query : queries(ids)) {
      done += query.status().state() == QueryExecutionState.SUCCEEDED ? 1 : 0;
      if (query.statistics() != null) {
        scanned += orZero(query.statistics().dataScannedInBytes());
        longest = Math.max(longest, orZero(query.statistics().totalExecutionTimeInMillis()));
      }
    }
    return List.of(
        "  %s %d of %d queries, %s read, longest %s"
            .formatted(
                terminal.bar(done, ranges),
                done,
                ranges,
                Words.bytes(scanned),
                Words.seconds(longest * 1_000_000)));
  }

  private List<String> ids() {
    return athena
        .listQueryExecutions(request -> request.workGroup(workGroup).maxResults(BATCH))
        .queryExecutionIds();
  }

  private List<QueryExecution> queries(List<String> ids) {
    return athena
        .batchGetQueryExecution(request -> request.queryExecutionIds(ids))
        .queryExecutions()
        .stream()
        .filter(query -> query.statementType() == StatementType.DML)
        .toList();
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
