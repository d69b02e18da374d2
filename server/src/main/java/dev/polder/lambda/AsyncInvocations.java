package dev.polder.lambda;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// Invocations that nobody waits for. Each is on disk before it is accepted and until it has ended,
/// in the order of the times at which it is due; a bounded number runs at once. A failed one is
/// tried again after one and after two minutes, one that is throttled after a growing while.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
///
/// An invocation that a crash interrupts is made again, as at AWS, where events are delivered at
/// least once.
final class AsyncInvocations implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AsyncInvocations.class.getName());

  /// Comes after all accounts in the order of keys.
  static final Key QUEUE = Key.of("lambda", "async");

  private static final int AT_ONCE = 16;
  private static final Duration LONGEST_THROTTLE = Duration.ofMinutes(5);

  /// An event for a function.
  ///
  /// @param failures attempts that failed
  /// @param throttles attempts that were throttled since the last failure
  record Event(
      FunctionName name,
      String requestId,
      byte[] payload,
      String clientContext,
      Instant accepted,
      int failures,
      int throttles) {

    private Event failed() {
      return new Event(name, requestId, payload, clientContext, accepted, failures + 1, 0);
    }

    private Event throttled() {
      return new Event(name, requestId, payload, clientContext, accepted, failures, throttles + 1);
    }

    private byte[] bytes() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("account", name.scope().account());
      json.put("region", name.scope().region());
      json.put("name", name.name());
      json.put("qualifier", name.qualifier());
      json.put("requestId", requestId);
      json.put("payload", Base64.getEncoder().encodeToString(payload));
      json.put("clientContext", clientContext);
      json.put("accepted", accepted.toString());
      json.put("failures", failures);
      json.put("throttles", throttles);
      return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    private static Event of(byte[] bytes) {
      JsonObject json = JsonObject.of(bytes);
      return new Event(
          new FunctionName(
              new Scope(json.text("account"), json.text("region")),
              json.text("name"),
              json.has("qualifier") ? json.text("qualifier") : null),
          json.text("requestId"),
          Base64.getDecoder().decode(json.text("payload")),
          json.text("clientContext"),
          json.instant("accepted"),
          json.whole("failures"),
          json.whole("throttles"));
    }
  }

  private final Store store;
  private final Time time;
  private final Catalogue catalogue;
  private final Invoker invoker;
  private final Set<Key> running = new HashSet<>();
  private Time.@Nullable Timer next;
  private boolean closed;

  AsyncInvocations(Store store, Time time, Catalogue catalogue, Invoker invoker) {
    this.store = store;
    this.time = time;
    this.catalogue = catalogue;
    this.invoker = invoker;
  }

  /// Takes an event; it is on disk when this returns.
  void accept(FunctionName name, String requestId, byte[] payload, String clientContext) {
    Instant now = time.instant();
    var event = new Event(name, requestId, payload, clientContext, now, 0, 0);
    try (var _ = time.work()) {
      store.commit(new Batch().put(key(now, requestId), event.bytes()));
      start();
    }
  }

  private static Key key(Instant due, String requestId) {
    return QUEUE.with(due.toEpochMilli()).with(requestId);
  }

  /// Begins what is due, as far as there is room, and sets the timer for what is not.
  synchronized void start() {
    if (closed) {
      return;
    }
    try (Scan scan = store.scan(KeyRange.prefix(QUEUE))) {
      while (running.size() < AT_ONCE && scan.hasNext()) {
        var entry = scan.next();
        Instant due = Instant.ofEpochMilli(entry.key().number(2));
        if (due.isAfter(time.instant())) {
          wake(due);
          return;
        }
        if (running.add(entry.key())) {
          Event event = Event.of(entry.value());
          time.run("lambda-async", () -> run(entry.key(), event));
        }
      }
    }
  }

  private void wake(Instant due) {
    if (next != null) {
      next.cancel();
    }
    next = time.at(due, this::start);
  }

  private void run(Key key, Event event) {
    Batch after = new Batch();
    try {
      Batch outcome = attempt(key, event);
      if (outcome == null) {
        return; // stopped: it is made again by the next process
      }
      after = outcome;
    } catch (RuntimeException e) {
      LOG.log(ERROR, "Cannot invoke " + event.name().qualifiedArn() + " asynchronously", e);
      after = event.failures() < 2 ? retry(key, event.failed()) : new Batch().delete(key);
    } finally {
      finish(key, after);
    }
  }

  private synchronized void finish(Key key, Batch after) {
    if (closed) {
      return;
    }
    if (!after.isEmpty()) {
      store.commit(after);
    }
    running.remove(key);
    start();
  }

  private @Nullable Batch attempt(Key key, Event event) {
    FunctionName name = event.name();
    var function = catalogue.find(name);
    var config = catalogue.config(name);
    if (function.isEmpty() || config.isEmpty()) {
      LOG.log(WARNING, "An event is dropped: there is no " + name.qualifiedArn());
      return new Batch().delete(key);
    }
    var async = function.get().async();
    if (event.accepted().plusSeconds(async.maxAge()).isBefore(time.instant())) {
      LOG.log(WARNING, "An event is dropped: it is too old for " + name.qualifiedArn());
      return new Batch().delete(key);
    }
    var call = new Invoker.Call(name, config.get(), event.requestId(), event.payload());
    Invoker.Completed completed;
    try {
      completed = invoker.run(call, event.clientContext(), function.get().reserved());
    } catch (TooManyRequestsException _) {
      return retry(key, event.throttled());
    }
    if (completed.stopped()) {
      return null;
    }
    boolean again = completed.failed() && event.failures() < async.retries();
    return again ? retry(key, event.failed()) : new Batch().delete(key);
  }

  /// One minute after the first failure, two after the second; a second, two, four … up to five
  /// minutes after throttles.
  private Batch retry(Key key, Event event) {
    Duration wait =
        event.throttles() == 0
            ? Duration.ofMinutes(Math.min(event.failures(), 2))
            : Duration.ofSeconds(1L << Math.min(event.throttles() - 1, 20));
    if (event.throttles() > 0 && wait.compareTo(LONGEST_THROTTLE) > 0) {
      wait = LONGEST_THROTTLE;
    }
    Instant due = time.instant().plus(wait);
    return new Batch().delete(key).put(key(due, event.requestId()), event.bytes());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel();
    }
  }
}
