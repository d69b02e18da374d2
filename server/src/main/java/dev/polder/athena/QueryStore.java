package dev.polder.athena;

import dev.polder.kernel.Event;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Queries in the store: each by its id, listed by work group from the newest, and those that are
/// not at their end by their place in the queue.
final class QueryStore {
  private static final int SEQUENCE_END = 3;

  private final Platform platform;

  QueryStore(Platform platform) {
    this.platform = platform;
  }

  static Key key(Scope scope, String id) {
    return Key.of("athena", scope.account(), scope.region(), "query", id);
  }

  static Key tokenKey(Scope scope, String token) {
    return Key.of("athena", scope.account(), scope.region(), "token", token);
  }

  private static Key listed(QueryRecord q) {
    return listing(q.scope(), q.submission().workGroup())
        .with(-q.submission().order())
        .with(q.id());
  }

  private static Key listing(Scope scope, String workGroup) {
    return Key.of("athena", scope.account(), scope.region(), "listed", workGroup);
  }

  private static Key open() {
    return Key.of("athena", "open");
  }

  /// Where a query stands among those that are not at their end.
  static Key open(QueryRecord q) {
    return open()
        .with(q.submission().order())
        .with(q.scope().account())
        .with(q.scope().region())
        .with(q.id());
  }

  Optional<QueryRecord> find(Scope scope, String id) {
    byte[] bytes = platform.store().get(key(scope, id));
    return bytes == null ? Optional.empty() : Optional.of(QueryRecord.parse(bytes));
  }

  /// Adds a new query, or answers the id that an earlier request with the same token got.
  ///
  /// @param fingerprint of the request's parameters
  String add(QueryRecord q, String token, String fingerprint) {
    Key tokenKey = tokenKey(q.scope(), token);
    Optional<String> known = known(tokenKey, fingerprint);
    if (known.isPresent()) {
      return known.get();
    }
    var batch =
        new Batch()
            .require(tokenKey, null)
            .require(key(q.scope(), q.id()), null)
            .put(tokenKey, (q.id() + " " + fingerprint).getBytes(StandardCharsets.UTF_8))
            .put(key(q.scope(), q.id()), q.bytes())
            .put(listed(q), new byte[0])
            .put(open(q), new byte[0]);
    try {
      platform.store().commit(batch);
    } catch (ConflictException e) {
      return known(tokenKey, fingerprint).orElseThrow(() -> e);
    }
    publish(q, null);
    return q.id();
  }

  /// The query that a token belongs to.
  Optional<String> known(Key tokenKey, String fingerprint) {
    byte[] bytes = platform.store().get(tokenKey);
    if (bytes == null) {
      return Optional.empty();
    }
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
    if (!parts[1].equals(fingerprint)) {
      throw AthenaErrors.invalid("Idempotent parameters do not match");
    }
    return Optional.of(parts[0]);
  }

  /// Changes a query in place. Empty if it is at its end, or the change leads to a state that its
  /// present one does not lead to.
  Optional<QueryRecord> update(Scope scope, String id, Consumer<QueryRecord.Change> edit) {
    return update(scope, id, edit, Batch::new);
  }

  /// The same together with other changes, which are asked for anew at each attempt.
  Optional<QueryRecord> update(
      Scope scope, String id, Consumer<QueryRecord.Change> edit, Supplier<Batch> with) {
    Key key = key(scope, id);
    while (true) {
      byte[] before = platform.store().get(key);
      if (before == null) {
        return Optional.empty();
      }
      QueryRecord old = QueryRecord.parse(before);
      var change = old.change();
      edit.accept(change);
      QueryRecord next = change.done();
      if (!allowed(old, next.state())) {
        return Optional.empty();
      }
      try {
        commit(key, before, old, next, with.get());
        return Optional.of(next);
      } catch (ConflictException _) {
        // Somebody else changed it between the read and the commit: look again.
      }
    }
  }

  private static boolean allowed(QueryRecord old, QueryState next) {
    if (old.state().isTerminal() || old.publishing() && next == QueryState.CANCELLED) {
      return false;
    }
    return next == old.state() || old.state().leadsTo(next);
  }

  private void commit(Key key, byte[] before, QueryRecord old, QueryRecord next, Batch with) {
    var batch = with.require(key, before).put(key, next.bytes());
    if (next.state().isTerminal()) {
      batch.delete(open(old));
    }
    platform.store().commit(batch);
    if (next.state() != old.state()) {
      publish(next, old.state());
    }
  }

  /// The queries that are not at their end, in the order of the queue.
  List<QueryRecord> open(int most, Predicate<String> without) {
    List<QueryRecord> found = new ArrayList<>();
    try (Scan scan = platform.store().scan(KeyRange.prefix(open()))) {
      while (scan.hasNext() && found.size() < most) {
        Key key = scan.next().key();
        String id = key.string(-1);
        if (!without.test(id)) {
          find(new Scope(key.string(-3), key.string(-2)), id).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /// The highest place in the queue that is taken.
  long lastOrder() {
    try (Scan scan = platform.store().scanReverse(KeyRange.prefix(open()))) {
      return scan.hasNext() ? scan.next().key().number(2) : 0;
    }
  }

  /// Ids of a work group's queries from the newest.
  ///
  /// @param after where the page before ended, or null
  Page list(Scope scope, String workGroup, @Nullable String after, int most) {
    Key prefix = listing(scope, workGroup);
    KeyRange range =
        after == null
            ? KeyRange.prefix(prefix)
            : KeyRange.prefixAfter(prefix, place(prefix, after));
    List<String> ids = new ArrayList<>();
    String last = "";
    try (Scan scan = platform.store().scan(range)) {
      while (scan.hasNext() && ids.size() < most) {
        Key key = scan.next().key();
        ids.add(key.string(-1));
        last = key.number(-2) + ":" + key.string(-1);
      }
      return new Page(ids, scan.hasNext() ? last : null);
    }
  }

  private static Key place(Key prefix, String after) {
    int colon = after.indexOf(':');
    try {
      return prefix
          .with(Long.parseLong(after.substring(0, Math.max(0, colon))))
          .with(after.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw AthenaErrors.invalid("Invalid next token");
    }
  }

  /// A page of ids and where it ended, null at the end of all.
  record Page(List<String> ids, @Nullable String next) {}

  /// The event `Athena Query State Change`.
  private void publish(QueryRecord q, @Nullable QueryState before) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("versionId", "0");
    detail.put("currentState", q.state().name());
    if (before != null) {
      detail.put("previousState", before.name());
    }
    detail.put("statementType", q.submission().statementType());
    detail.put("queryExecutionId", q.id());
    detail.put("workgroupName", q.submission().workGroup());
    detail.put("sequenceNumber", sequence(q.state()));
    QueryError error = q.error();
    if (error != null) {
      detail.put(
          "athenaError",
          Map.of(
              "errorCategory", error.category(),
              "errorType", error.type(),
              "errorMessage", error.message(),
              "retryable", error.retryable()));
    }
    platform
        .events()
        .publish(
            new Event(
                platform.ids().uuid(),
                q.scope(),
                platform.time().instant(),
                "aws.athena",
                "Athena Query State Change",
                List.of(),
                detail));
  }

  private static String sequence(QueryState state) {
    return switch (state) {
      case QUEUED -> "1";
      case RUNNING -> "2";
      case SUCCEEDED, FAILED, CANCELLED -> Integer.toString(SEQUENCE_END);
    };
  }
}
