package dev.polder.athena;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.polder.athena.StatementRunner.Services;
import dev.polder.athena.engine.SqlEngine.Cancelled;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.GlueClient;

/// Takes queries from the queue, a fixed number at a time, in their order, and brings each to its
/// end. The queue is the store's: a query that is only queued takes no memory.
final class QueryRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(QueryRunner.class.getName());

  private final Services services;
  private final Platform platform;
  private final QueryStore store;
  private final int concurrent;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<String, RunningQuery> running = new LinkedHashMap<>();
  private final Set<String> stuck = new HashSet<>();
  private boolean closing;

  QueryRunner(Services services, int concurrent) {
    this.services = services;
    this.platform = services.platform();
    this.store = services.store();
    this.concurrent = concurrent;
  }

  /// Starts as many queued queries as there is room for.
  void dispatch() {
    lock.lock();
    try {
      int room = concurrent - running.size();
      if (closing || room <= 0) {
        return;
      }
      for (QueryRecord q : store.open(room, id -> running.containsKey(id) || stuck.contains(id))) {
        var r = new RunningQuery();
        running.put(q.id(), r);
        platform.time().run("athena-" + q.id(), () -> perform(q, r));
      }
    } finally {
      lock.unlock();
    }
  }

  private void perform(QueryRecord q, RunningQuery r) {
    boolean ended = false;
    try {
      bring(q, r);
      ended = true;
    } catch (RuntimeException e) {
      // Not tried again before a restart: it would fail in the same way at once.
      LOG.log(ERROR, "Query " + q.id() + " could not be brought to its end", e);
    }
    leave(q.id(), ended);
    dispatch();
  }

  private void leave(String id, boolean ended) {
    lock.lock();
    try {
      running.remove(id);
      if (!ended) {
        stuck.add(id);
      }
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void bring(QueryRecord q, RunningQuery r) {
    boolean resumed = q.state() == QueryState.RUNNING;
    byte[] intent = platform.store().get(PublishIntent.key(q.submission()));
    if (intent != null) {
      publish(q, PublishIntent.parse(intent));
      return;
    }
    long now = platform.time().instant().toEpochMilli();
    Optional<QueryRecord> started =
        store.update(
            q.scope(),
            q.id(),
            c -> {
              c.state = QueryState.RUNNING;
              c.started = resumed ? c.started : now;
              c.engineDone = resumed ? QueryRecord.RESUMED : 0;
            });
    if (started.isPresent()) {
      attempt(started.get(), r);
    }
  }

  private void attempt(QueryRecord q, RunningQuery r) {
    try {
      end(q, new StatementRunner(services, q, r).run());
    } catch (Cancelled e) {
      cancelled(q);
    } catch (SqlFailure e) {
      fail(q, failure(e));
    } catch (AwsServiceException e) {
      String message =
          e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
      fail(q, new QueryError(2, 1003, false, "HIVE_METASTORE_ERROR: " + message));
    } catch (RuntimeException | Error e) {
      LOG.log(ERROR, "Query " + q.id() + " failed within", e);
      fail(
          q,
          new QueryError(
              1,
              100,
              true,
              "GENERIC_INTERNAL_ERROR: Query " + q.id() + " failed within; see the server's log"));
    }
  }

  private static QueryError failure(SqlFailure e) {
    return switch (e.code()) {
      case "" -> QueryError.of("DDL", e.reason());
      case "RESULT" -> new QueryError(2, 401, false, String.valueOf(e.getMessage()));
      case "BYTES_CUTOFF" -> new QueryError(2, 1011, false, String.valueOf(e.getMessage()));
      default -> QueryError.of(e.code(), e.reason());
    };
  }

  private void end(QueryRecord q, Outcome outcome) {
    long now = platform.time().instant().toEpochMilli();
    store.update(
        q.scope(),
        q.id(),
        outcome
            .edit()
            .andThen(c -> {
              c.state = QueryState.SUCCEEDED;
              c.completed = now;
            }),
        () -> new Batch().delete(PublishIntent.key(q.submission())));
  }

  private void fail(QueryRecord q, QueryError error) {
    long now = platform.time().instant().toEpochMilli();
    boolean cutoff = error.type() == 1011;
    store.update(
        q.scope(),
        q.id(),
        c -> {
          c.state = cutoff ? QueryState.CANCELLED : QueryState.FAILED;
          c.reason = error.message();
          c.error = error;
          c.completed = now;
        },
        () -> new Batch().delete(PublishIntent.key(q.submission())));
  }

  /// The state was set by who stopped the query, unless this process is closing: then the query
  /// stays as it is and is taken up when the process starts again.
  private void cancelled(QueryRecord q) {
    LOG.log(INFO, "Query " + q.id() + " was stopped");
  }

  /// Finishes a publication that the process ended in.
  private void publish(QueryRecord q, PublishIntent intent) {
    var writer = new TableWriter(services, q.submission(), new RunningQuery());
    try {
      var glue = platform.clients().get(GlueClient.class, q.scope());
      new Publisher(platform.lake(), services.locks()).publish(q.scope(), glue, intent);
      end(q, writer.finish(intent));
    } catch (SqlFailure e) {
      fail(q, failure(e));
    }
    writer.removeStage();
  }

  /// Stops a query that is queued or runs. One that is at its end, or whose rows are being
  /// published, stays as it is.
  void stop(Scope scope, String id) {
    long now = platform.time().instant().toEpochMilli();
    Optional<QueryRecord> stopped =
        store.update(
            scope,
            id,
            c -> {
              c.state = QueryState.CANCELLED;
              c.reason = "Query cancelled by user";
              c.error = new QueryError(2, 1014, false, "Query cancelled by user");
              c.completed = now;
            });
    RunningQuery r = running(id);
    if (stopped.isPresent() && r != null) {
      r.stop();
    }
  }

  private @Nullable RunningQuery running(String id) {
    lock.lock();
    try {
      return running.get(id);
    } finally {
      lock.unlock();
    }
  }

  /// Ends what runs without recording an end, and waits until it has ended.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      List.copyOf(running.values()).forEach(RunningQuery::stop);
      while (!running.isEmpty()) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
