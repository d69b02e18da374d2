package dev.polder.athena;

import dev.polder.athena.sql.Command;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.kernel.Digests;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.BatchGetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionContext;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatistics;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.QueryRuntimeStatistics;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.UnprocessedQueryExecutionId;

/// Starting queries and telling how they stand.
final class QueryOperations {
  private static final int LONGEST = 262_144;
  private static final String CATALOG = "awsdatacatalog";

  private final Platform platform;
  private final QueryStore store;
  private final WorkGroups workGroups;
  private final QueryRunner runner;
  private long lastOrder;

  QueryOperations(Platform platform, QueryStore store, WorkGroups workGroups, QueryRunner runner) {
    this.platform = platform;
    this.store = store;
    this.workGroups = workGroups;
    this.runner = runner;
  }

  void recover() {
    synchronized (this) {
      lastOrder = store.lastOrder();
    }
    runner.dispatch();
  }

  private synchronized long order(Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    lastOrder = Math.max(lastOrder + 1, micros);
    return lastOrder;
  }

  String start(Scope scope, StartQueryExecutionRequest r) {
    String token = r.clientRequestToken() == null ? platform.ids().uuid() : r.clientRequestToken();
    Check.name(token, "(?s).{32,128}", "clientRequestToken");
    String fingerprint = fingerprint(r);
    Optional<String> known = store.known(QueryStore.tokenKey(scope, token), fingerprint);
    if (known.isPresent()) {
      return known.get();
    }
    QueryRecord q = QueryRecord.queued(submission(scope, r));
    try (var _ = platform.time().work()) {
      String id = store.add(q, token, fingerprint);
      runner.dispatch();
      return id;
    }
  }

  private QuerySubmission submission(Scope scope, StartQueryExecutionRequest r) {
    checkText(r.queryString());
    refuse(r);
    String workGroup = r.workGroup() == null ? WorkGroups.PRIMARY : r.workGroup();
    WorkGroups.Settings settings = workGroups.settings(scope, workGroup);
    if (!settings.enabled()) {
      throw AthenaErrors.invalid("WorkGroup " + workGroup + " is disabled");
    }
    Kind kind = kind(r.queryString());
    QueryExecutionContext context = r.queryExecutionContext();
    Instant now = platform.time().instant();
    return new QuerySubmission(
        scope,
        platform.ids().uuid(),
        order(now),
        r.queryString(),
        kind.type(),
        kind.name(),
        workGroup,
        catalog(context),
        database(context),
        r.executionParameters(),
        location(r, settings),
        now.toEpochMilli());
  }

  private static void checkText(@Nullable String text) {
    int bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    if (text == null || text.isBlank()) {
      throw AthenaErrors.invalid("Query string must not be empty");
    }
    if (bytes > LONGEST) {
      throw AthenaErrors.invalid(
          "Query length exceeds the maximum of " + LONGEST + " bytes: " + bytes);
    }
  }

  private static void refuse(StartQueryExecutionRequest r) {
    if (r.resultReuseConfiguration() != null
        && r.resultReuseConfiguration().resultReuseByAgeConfiguration() != null
        && Boolean.TRUE.equals(
            r.resultReuseConfiguration().resultReuseByAgeConfiguration().enabled())) {
      throw AthenaErrors.invalid("ResultReuseConfiguration is not supported");
    }
    if (r.resultConfiguration() != null) {
      Check.results(r.resultConfiguration());
    }
  }

  private static String database(@Nullable QueryExecutionContext context) {
    return context == null || context.database() == null
        ? "default"
        : context.database().toLowerCase(Locale.ROOT);
  }

  private static String catalog(@Nullable QueryExecutionContext context) {
    String catalog =
        context == null || context.catalog() == null
            ? CATALOG
            : context.catalog().toLowerCase(Locale.ROOT);
    if (!catalog.equals(CATALOG)) {
      throw AthenaErrors.invalid("Data catalog " + catalog + " was not found");
    }
    return catalog;
  }

  private static String location(StartQueryExecutionRequest r, WorkGroups.Settings settings) {
    Optional<String> own =
        Optional.ofNullable(r.resultConfiguration()).map(ResultConfiguration::outputLocation);
    boolean enforced = settings.enforced() && settings.location().isPresent();
    String location =
        (enforced ? settings.location() : own.or(settings::location))
            .orElseThrow(() ->
                AthenaErrors.invalid(
                    "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input."));
    Check.location(location);
    return location.replaceAll("/+$", "");
  }

  /// A statement's type and name.
  private record Kind(String type, String name) {}

  /// Trino's grammar is checked before a query is accepted, as the real service does; everything
  /// else that is wrong with a statement makes the query fail.
  private static Kind kind(String sql) {
    try {
      Command command = Command.parse(sql);
      return new Kind(command.statementType(), command.substatementType());
    } catch (SqlFailure e) {
      if (e.code().equals("SYNTAX_ERROR")) {
        throw AthenaErrors.malformed(String.valueOf(e.getMessage()));
      }
      boolean query =
          List.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE")
              .contains(Command.firstWord(sql));
      return new Kind(query ? "DML" : "DDL", Command.firstWord(sql));
    }
  }

  private static String fingerprint(StartQueryExecutionRequest r) {
    QueryExecutionContext c = r.queryExecutionContext();
    List<@Nullable Object> all = new ArrayList<>();
    all.add(r.queryString());
    all.add(c == null ? null : c.database());
    all.add(c == null ? null : c.catalog());
    all.add(r.workGroup());
    all.add(r.resultConfiguration() == null ? null : r.resultConfiguration().outputLocation());
    all.add(r.executionParameters());
    return Digests.sha256Hex(Json.write(all));
  }

  QueryRecord get(Scope scope, String id) {
    return store.find(scope, id).orElseThrow(() -> AthenaErrors.noQuery(id));
  }

  void stop(Scope scope, String id) {
    get(scope, id);
    runner.stop(scope, id);
  }

  BatchGetQueryExecutionResponse batch(Scope scope, List<String> ids) {
    if (ids.isEmpty() || ids.size() > 50) {
      throw AthenaErrors.invalid(
          "1 validation error detected: Value at 'queryExecutionIds' failed to satisfy constraint: Member must have length between 1 and 50");
    }
    List<QueryExecution> found = new ArrayList<>();
    List<UnprocessedQueryExecutionId> missing = new ArrayList<>();
    for (String id : ids) {
      Optional<QueryRecord> q = store.find(scope, id);
      if (q.isPresent()) {
        found.add(describe(q.get()));
      } else {
        missing.add(
            UnprocessedQueryExecutionId.builder()
                .queryExecutionId(id)
                .errorCode("INVALID_INPUT")
                .errorMessage("QueryExecution " + id + " was not found")
                .build());
      }
    }
    return BatchGetQueryExecutionResponse.builder()
        .queryExecutions(found)
        .unprocessedQueryExecutionIds(missing)
        .build();
  }

  QueryStore.Page list(
      Scope scope, @Nullable String workGroup, @Nullable String token, @Nullable Integer most) {
    String name = workGroup == null ? WorkGroups.PRIMARY : workGroup;
    workGroups.settings(scope, name);
    return store.list(scope, name, token, most == null || most == 0 ? 50 : Check.page(most, 50));
  }

  QueryExecution describe(QueryRecord q) {
    QuerySubmission asked = q.submission();
    String output = q.output() == null ? expected(asked) : q.output();
    return QueryExecution.builder()
        .queryExecutionId(q.id())
        .query(asked.query())
        .statementType(asked.statementType())
        .substatementType(asked.substatementType())
        .resultConfiguration(c -> c.outputLocation(output))
        .resultReuseConfiguration(c -> c.resultReuseByAgeConfiguration(a -> a.enabled(false)))
        .queryExecutionContext(c -> c.database(asked.database()).catalog(asked.catalog()))
        .status(status(q))
        .statistics(statistics(q))
        .workGroup(asked.workGroup())
        .engineVersion(WorkGroups.engine())
        .executionParameters(asked.parameters().isEmpty() ? null : asked.parameters())
        .build();
  }

  /// Where the result of a query goes that has not told it yet.
  private static String expected(QuerySubmission q) {
    String suffix =
        switch (q.substatementType()) {
          case "SELECT", "EXECUTE" -> ".csv";
          case "INSERT", "CREATE_TABLE_AS_SELECT" -> "";
          default -> ".txt";
        };
    String folder = q.substatementType().equals("CREATE_TABLE_AS_SELECT") ? "/tables/" : "/";
    return q.location() + folder + q.id() + suffix;
  }

  private static QueryExecutionStatus status(QueryRecord q) {
    QueryError error = q.error();
    return QueryExecutionStatus.builder()
        .state(q.state().name())
        .stateChangeReason(q.reason())
        .submissionDateTime(Instant.ofEpochMilli(q.submission().submitted()))
        .completionDateTime(q.completed() == 0 ? null : Instant.ofEpochMilli(q.completed()))
        .athenaError(
            error == null
                ? null
                : AthenaError.builder()
                    .errorCategory(error.category())
                    .errorType(error.type())
                    .retryable(error.retryable())
                    .errorMessage(error.message())
                    .build())
        .build();
  }

  private QueryExecutionStatistics statistics(QueryRecord q) {
    long now = q.completed() == 0 ? platform.time().instant().toEpochMilli() : q.completed();
    long started = q.started() == 0 ? now : q.started();
    long planned = q.planned() == 0 ? started : q.planned();
    long done = q.engineDone() <= 0 ? now : q.engineDone();
    return QueryExecutionStatistics.builder()
        .engineExecutionTimeInMillis(Math.max(0, done - started))
        .dataScannedInBytes(q.bytesScanned())
        .dataManifestLocation(q.manifest())
        .totalExecutionTimeInMillis(now - q.submission().submitted())
        .queryQueueTimeInMillis(started - q.submission().submitted())
        .servicePreProcessingTimeInMillis(0L)
        .queryPlanningTimeInMillis(Math.max(0, planned - started))
        .serviceProcessingTimeInMillis(Math.max(0, now - done))
        .resultReuseInformation(i -> i.reusedPreviousResult(false))
        .build();
  }

  QueryRuntimeStatistics runtime(QueryRecord q) {
    QueryExecutionStatistics s = statistics(q);
    return QueryRuntimeStatistics.builder()
        .timeline(t ->
            t.queryQueueTimeInMillis(s.queryQueueTimeInMillis())
                .queryPlanningTimeInMillis(s.queryPlanningTimeInMillis())
                .engineExecutionTimeInMillis(s.engineExecutionTimeInMillis())
                .serviceProcessingTimeInMillis(s.serviceProcessingTimeInMillis())
                .totalExecutionTimeInMillis(s.totalExecutionTimeInMillis()))
        .rows(r -> r.inputBytes(q.bytesScanned()))
        .build();
  }
}
