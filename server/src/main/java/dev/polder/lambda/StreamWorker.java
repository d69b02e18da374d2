package dev.polder.lambda;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.time.Time;
import dev.polder.lambda.EventSourceMapping.Batching;
import dev.polder.lambda.EventSourceMapping.Progress;
import dev.polder.lambda.EventSourceMapping.Progress.Part;
import dev.polder.lambda.StreamReader.Read;
import dev.polder.lambda.StreamReader.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.S3Client;

/// Carries out one mapping: reads the stream, calls the function, writes down how far it has come.
/// One batch after the other, in the order of the records; a batch that was not written down as
/// done is made again, by this process or the next.
final class StreamWorker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamWorker.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
  private static final String OK = "OK";
  private static final String FAILED = "PROBLEM: Function call failed";

  private final String id;
  private final EventSourceMapping first;
  private final Platform platform;
  private final MappingStore store;
  private final Catalogue catalogue;
  private final Invoker invoker;
  private boolean running;
  private boolean again;
  private boolean closed;
  private int troubles; // in a row, that are not the function's
  private @Nullable Instant windowEnd;
  private @Nullable String lastRequest;
  private @Nullable Instant notBefore;
  private Time.@Nullable Timer timer;

  StreamWorker(
      EventSourceMapping mapping,
      Platform platform,
      MappingStore store,
      Catalogue catalogue,
      Invoker invoker) {
    this.id = mapping.id();
    this.first = mapping;
    this.platform = platform;
    this.store = store;
    this.catalogue = catalogue;
    this.invoker = invoker;
  }

  /// The stream that it reads.
  String source() {
    return first.source();
  }

  /// Sees to it that whatever has come is dealt with. Returns at once.
  synchronized void wake() {
    if (closed) {
      return;
    }
    if (running) {
      again = true;
      return;
    }
    running = true;
    platform.time().run("lambda-stream", this::run);
  }

  private void run() {
    invoker.awaitPort();
    do {
      try {
        while (!isClosed() && step()) {
          troubles = 0;
        }
      } catch (ResourceNotFoundException _) {
        LOG.log(WARNING, "The event source mapping " + id + " ends: its stream is gone");
      } catch (RuntimeException e) {
        LOG.log(ERROR, "The event source mapping " + id + " is held up", e);
        waitLonger();
      }
    } while (goesOn());
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean goesOn() {
    boolean more = again && !closed;
    again = false;
    running = more;
    if (!more) {
      notifyAll();
    }
    return more;
  }

  private synchronized void wakeAt(Instant due) {
    if (timer != null) {
      timer.cancel();
    }
    if (!closed) {
      timer = platform.time().at(due, this::wake);
    }
  }

  /// Waits a second, two, four … up to a minute.
  private void waitLonger() {
    holdOff(++troubles);
  }

  private void holdOff(int times) {
    Duration wait = Duration.ofSeconds(1L << Math.min(times - 1, 6));
    Instant due =
        platform.time().instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    notBefore = due;
    wakeAt(due);
  }

  /// Does one thing; false if there is nothing to do until it is woken.
  private boolean step() {
    Instant now = platform.time().instant();
    if (notBefore != null && now.isBefore(notBefore)) {
      return false;
    }
    Optional<EventSourceMapping> found = store.find(first.function().scope(), id);
    if (found.isEmpty() || !found.get().enabled()) {
      return false;
    }
    EventSourceMapping mapping = found.get();
    Progress progress = store.progress(mapping);
    var reader = new StreamReader(platform.clients(), mapping.function().scope(), mapping.source());
    if (progress.shard() == null) {
      return nextShard(mapping, progress, reader);
    }
    Part part = progress.parts().isEmpty() ? null : progress.parts().getFirst();
    Batching batching = mapping.batching();
    List<EventPattern> filters = batching.filters().stream().map(EventPattern::of).toList();
    Read read = reader.read(progress, batching.size(), filters, part == null ? null : part.last());
    if (read.last() == null) {
      return read.ended()
          ? nextShard(mapping, progress, reader)
          : part != null && trimmed(mapping, progress, part);
    }
    if (part == null && !read.wanted().isEmpty() && waits(batching, read, now)) {
      return false;
    }
    windowEnd = null;
    return deal(mapping, progress, part == null ? new Part(read.last(), 0) : part, read);
  }

  private boolean nextShard(EventSourceMapping mapping, Progress progress, StreamReader reader) {
    Optional<String> next = reader.shardAfter(progress.shard());
    next.ifPresent(shard -> store.put(mapping, progress.at(shard)));
    return next.isPresent();
  }

  /// What was to be tried again is too old to be read by now.
  private boolean trimmed(EventSourceMapping mapping, Progress progress, Part part) {
    LOG.log(WARNING, "Records for " + name(mapping) + " are lost: the stream has dropped them");
    store.put(mapping, progress.done(part.last(), FAILED));
    return true;
  }

  private boolean waits(Batching batching, Read read, Instant now) {
    if (batching.window() == 0 || read.full() || read.ended()) {
      return false;
    }
    if (windowEnd == null) {
      windowEnd = now.plusSeconds(batching.window());
    }
    if (!now.isBefore(windowEnd)) {
      return false;
    }
    wakeAt(windowEnd);
    return true;
  }

  private boolean deal(EventSourceMapping mapping, Progress progress, Part part, Read read) {
    String last = Objects.requireNonNull(read.last());
    List<Wanted> fresh = fresh(mapping, progress, part, read.wanted());
    if (fresh.isEmpty()) {
      store.put(mapping, progress.done(last, read.wanted().isEmpty() ? progress.result() : OK));
      return true;
    }
    Invoker.Completed completed;
    try {
      completed = invoke(mapping, fresh);
    } catch (TooManyRequestsException _) {
      waitLonger();
      return false;
    } catch (AwsServiceException e) {
      LOG.log(WARNING, "Cannot invoke " + name(mapping) + ": " + e.getMessage());
      store.put(mapping, progress.retrying(List.of(part), "PROBLEM: " + e.getMessage()));
      waitLonger();
      return false;
    }
    if (completed.stopped()) {
      return false;
    }
    if (completed.failed()) {
      return failed(mapping, progress, part, fresh);
    }
    return mapping.batching().reportsItems()
        ? reported(mapping, progress, part, last, fresh, completed.payload())
        : done(mapping, progress, last);
  }

  private boolean done(EventSourceMapping mapping, Progress progress, String last) {
    store.put(mapping, progress.done(last, OK));
    return true;
  }

  private List<Wanted> fresh(
      EventSourceMapping mapping, Progress progress, Part part, List<Wanted> wanted) {
    int most = mapping.batching().maxAge();
    if (most < 0) {
      return wanted;
    }
    Instant oldest = platform.time().instant().minusSeconds(most);
    List<Wanted> fresh = wanted.stream().filter(each -> !each.created().isBefore(oldest)).toList();
    if (fresh.size() < wanted.size()) {
      int dropped = wanted.size() - fresh.size();
      LOG.log(WARNING, dropped + " records are dropped: they are too old for " + name(mapping));
      List<Wanted> old = wanted.stream().filter(each -> each.created().isBefore(oldest)).toList();
      report(
          new DroppedRecords(
              mapping,
              shard(progress),
              old,
              DroppedRecords.Reason.AGE,
              part.failures() == 0 ? null : lastRequest,
              part.failures(),
              true));
    }
    return fresh;
  }

  private Invoker.Completed invoke(EventSourceMapping mapping, List<Wanted> records) {
    FunctionName name = mapping.function();
    FunctionConfig config =
        catalogue
            .config(name)
            .orElseThrow(() -> LambdaErrors.functionNotFound(name.qualifiedArn()));
    String request = platform.ids().uuid();
    lastRequest = request;
    var call = new Invoker.Call(name, config, request, event(records).getBytes(UTF_8));
    return invoker.run(call, "", catalogue.get(name).reserved());
  }

  private static String event(List<Wanted> records) {
    return records.stream()
        .map(Wanted::json)
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private static String shard(Progress progress) {
    return Objects.requireNonNull(progress.shard());
  }

  /// Writes dropped records down where the mapping has a bucket for them. They are dropped whether
  /// or not that can be done.
  private void report(DroppedRecords dropped) {
    String arn = dropped.mapping().batching().onFailure();
    if (arn == null) {
      return;
    }
    Instant now = platform.time().instant();
    String key = dropped.key(now, platform.ids().uuid());
    String document = dropped.json(now, event(dropped.records()));
    try {
      platform
          .clients()
          .get(S3Client.class, dropped.mapping().function().scope())
          .putObject(
              b ->
                  b.bucket(arn.substring(arn.lastIndexOf(':') + 1))
                      .key(key)
                      .contentType("application/json"),
              RequestBody.fromString(document));
    } catch (AwsServiceException e) {
      LOG.log(WARNING, "Records dropped for " + name(dropped.mapping()) + " are not kept: " + e);
    }
  }

  /// After a failure of the whole batch: half of it, or all of it again, or never again.
  private boolean failed(
      EventSourceMapping mapping, Progress progress, Part part, List<Wanted> records) {
    if (mapping.batching().bisect() && records.size() > 1) {
      String middle = records.get(records.size() / 2 - 1).sequence();
      List<Part> halves =
          List.of(new Part(middle, part.failures()), new Part(part.last(), part.failures()));
      store.put(mapping, progress.retrying(halves, FAILED));
      return true;
    }
    return again(mapping, progress, part, records, true);
  }

  /// @param records those that failed
  /// @param failed false where the function answered that they did
  private boolean again(
      EventSourceMapping mapping,
      Progress progress,
      Part part,
      List<Wanted> records,
      boolean failed) {
    int failures = part.failures() + 1;
    int retries = mapping.batching().retries();
    if (retries >= 0 && failures > retries) {
      LOG.log(WARNING, "Records are dropped: " + name(mapping) + " has failed on them for good");
      report(
          new DroppedRecords(
              mapping,
              shard(progress),
              records,
              DroppedRecords.Reason.RETRIES,
              lastRequest,
              failures,
              failed));
      store.put(mapping, progress.done(part.last(), FAILED));
      return true;
    }
    List<Part> same = List.of(new Part(part.last(), failures));
    holdOff(failures);
    store.put(mapping, progress.retrying(same, FAILED));
    return false;
  }

  /// Where the function says which records failed, all from the first of them on are made again.
  /// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
  private boolean reported(
      EventSourceMapping mapping,
      Progress progress,
      Part part,
      String last,
      List<Wanted> records,
      byte[] payload) {
    Optional<Set<String>> failures = failures(payload, records);
    if (failures.isEmpty()) {
      return failed(mapping, progress, part, records);
    }
    if (failures.get().isEmpty()) {
      return done(mapping, progress, last);
    }
    int from = 0;
    while (!failures.get().contains(records.get(from).sequence())) {
      from++;
    }
    Progress reached = from == 0 ? progress : progress.reaching(records.get(from - 1).sequence());
    return again(mapping, reached, part, records.subList(from, records.size()), false);
  }

  /// The sequence numbers that failed; empty of an answer that is none, which means all.
  private static Optional<Set<String>> failures(byte[] payload, List<Wanted> records) {
    Object answer;
    try {
      answer = Json.parse(payload);
    } catch (Json.Malformed _) {
      return Optional.empty();
    }
    if (answer == null) {
      return Optional.of(Set.of());
    }
    if (!(answer instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    Object given = members.get("batchItemFailures");
    if (given == null) {
      return Optional.of(Set.of());
    }
    if (!(given instanceof List<?> items)) {
      return Optional.empty();
    }
    Set<String> known = new HashSet<>();
    records.forEach(each -> known.add(each.sequence()));
    List<String> failed = new ArrayList<>();
    for (Object item : items) {
      if (item instanceof Map<?, ?> map
          && map.get("itemIdentifier") instanceof String sequence
          && known.contains(sequence)) {
        failed.add(sequence);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(Set.copyOf(failed));
  }

  private String name(EventSourceMapping mapping) {
    return mapping.function().qualifiedArn() + " (mapping " + id + ")";
  }

  /// What runs comes to its end; nothing new begins.
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  /// After [#close()]: waits until nothing runs any more, not longer than five seconds.
  synchronized void awaitEnd() {
    long end = System.nanoTime() + PATIENCE;
    try {
      for (long left = PATIENCE; running && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
