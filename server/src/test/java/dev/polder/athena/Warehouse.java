package dev.polder.athena;

import dev.polder.athena.engine.SqlEngine;
import dev.polder.glue.GlueService;
import dev.polder.kernel.Events;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import dev.polder.s3.TestBuckets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Athena with its neighbours in one directory: the same directory again is a restarted process.
final class Warehouse implements AutoCloseable {
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private final TestPlatform platform;
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Events.Subscription subscription;

  private Warehouse(Path directory, int concurrent, @Nullable SqlEngine engine) {
    this.platform = TestPlatform.in(directory, RunningTime.real());
    this.subscription =
        platform
            .events()
            .subscribe(e -> {
              if (e.detailType().equals("Athena Query State Change")) {
                lock.lock();
                try {
                  states.put(
                      String.valueOf(e.detail().get("queryExecutionId")),
                      String.valueOf(e.detail().get("currentState")));
                  changed.signalAll();
                } finally {
                  lock.unlock();
                }
              }
            });
    var s3 = TestBuckets.in(platform);
    platform.add(GlueService::new);
    platform.add(p ->
        engine == null
            ? new AthenaService(p, concurrent)
            : new AthenaService(p, concurrent, engine));
    if (!s3.lake().hasBucket("lake")) {
      s3().createBucket(r -> r.bucket("lake"));
      s3().createBucket(r -> r.bucket("results"));
      glue().createDatabase(r -> r.databaseInput(d -> d.name("db")));
    } else {
      // Test platforms draw the same identifiers after each start; a real one does not.
      for (int i = 0; i < 10_000; i++) {
        platform.platform().ids().uuid();
      }
    }
  }

  static Warehouse in(Path directory) {
    return new Warehouse(directory, 2, null);
  }

  static Warehouse in(Path directory, int concurrent, SqlEngine engine) {
    return new Warehouse(directory, concurrent, engine);
  }

  TestPlatform platform() {
    return platform;
  }

  AthenaClient athena() {
    return platform.client(AthenaClient.class);
  }

  GlueClient glue() {
    return platform.client(GlueClient.class);
  }

  S3Client s3() {
    return platform.client(S3Client.class);
  }

  Scope scope() {
    return Scope.DEFAULT;
  }

  void put(String key, String text) {
    s3().putObject(r -> r.bucket("lake").key(key), RequestBody.fromString(text));
  }

  void put(String key, byte[] bytes) {
    s3().putObject(r -> r.bucket("lake").key(key), RequestBody.fromBytes(bytes));
  }

  String start(String sql) {
    return athena()
        .startQueryExecution(r ->
            r.queryString(sql)
                .queryExecutionContext(c -> c.database("db"))
                .resultConfiguration(c -> c.outputLocation("s3://results/out/")))
        .queryExecutionId();
  }

  /// Waits until a query has reached its end.
  QueryExecution await(String id) {
    awaitState(id, ENDS);
    return describe(id);
  }

  QueryExecution describe(String id) {
    return athena().getQueryExecution(r -> r.queryExecutionId(id)).queryExecution();
  }

  void awaitState(String id, Set<String> wanted) {
    lock.lock();
    try {
      long nanos = TimeUnit.MINUTES.toNanos(20);
      while (!wanted.contains(states.getOrDefault(id, ""))
          && !wanted.contains(describe(id).status().stateAsString())) {
        nanos =
            changed.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1))) > 0
                ? nanos
                : nanos - TimeUnit.SECONDS.toNanos(1);
        if (nanos <= 0) {
          throw new AssertionError("Query " + id + " is " + describe(id).status());
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  /// Runs a statement that must succeed.
  QueryExecution run(String sql) {
    QueryExecution q = await(start(sql));
    if (q.status().state() != QueryExecutionState.SUCCEEDED) {
      throw new AssertionError(sql + " -> " + q.status());
    }
    return q;
  }

  /// The reason for which a statement fails.
  String failure(String sql) {
    QueryExecution q = await(start(sql));
    if (q.status().state() != QueryExecutionState.FAILED) {
      throw new AssertionError(sql + " -> " + q.status().state());
    }
    return q.status().stateChangeReason();
  }

  /// The rows of a query, without the header.
  List<List<@Nullable String>> rows(String sql) {
    List<List<@Nullable String>> all = allRows(run(sql).queryExecutionId());
    return all.subList(1, all.size());
  }

  /// The lines of a `SHOW` or `DESCRIBE`.
  List<String> lines(String sql) {
    return allRows(run(sql).queryExecutionId()).stream()
        .map(r -> String.valueOf(r.getFirst()))
        .toList();
  }

  List<List<@Nullable String>> allRows(String id) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      GetQueryResultsResponse page =
          athena().getQueryResults(r -> r.queryExecutionId(id).nextToken(from));
      page.resultSet()
          .rows()
          .forEach(r -> rows.add(r.data().stream().map(Datum::varCharValue).toList()));
      token = page.nextToken();
    } while (token != null);
    return rows;
  }

  String object(String bucket, String key) {
    return s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  List<String> keys(String prefix) {
    return s3().listObjectsV2(r -> r.bucket("lake").prefix(prefix)).contents().stream()
        .map(o -> o.key())
        .toList();
  }

  @Override
  public void close() {
    subscription.close();
    platform.close();
  }
}
