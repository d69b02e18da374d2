package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.store.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is told of a map run. Times are milliseconds since the epoch, 0 for never.
///
/// @param machine the name of the state machine
/// @param name label and UUID of the run, with a colon between
/// @param executionArn the execution whose Map state it is
/// @param children how many child executions there are to be; -1 as long as items are being read
/// @param items how many items there are
/// @param redrives how often it has been redriven
/// @param redriven when it was redriven last
public record MapRun(
    Scope scope,
    String machine,
    String name,
    String executionArn,
    int children,
    int items,
    Limits limits,
    Counts counts,
    Ending ending,
    long started,
    int redrives,
    long redriven) {

  /// Where a map run stands.
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
  }

  /// How much is allowed.
  ///
  /// @param concurrency children at once, 0 for no limit of its own
  /// @param failures children that may fail
  /// @param failedPercentage children that may fail, in percent of all
  public record Limits(long concurrency, long failures, double failedPercentage) {}

  /// How children have ended.
  public record Counts(int succeeded, int failed, int timedOut, int aborted) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    /// How many have ended.
    public int ended() {
      return succeeded + unsuccessful();
    }

    /// How many have ended without success.
    public int unsuccessful() {
      return failed + timedOut + aborted;
    }

    Counts and(ExecutionStatus status) {
      return switch (status) {
        case SUCCEEDED -> new Counts(succeeded + 1, failed, timedOut, aborted);
        case FAILED -> new Counts(succeeded, failed + 1, timedOut, aborted);
        case TIMED_OUT -> new Counts(succeeded, failed, timedOut + 1, aborted);
        case ABORTED -> new Counts(succeeded, failed, timedOut, aborted + 1);
        case RUNNING -> throw new IllegalStateException("A child that runs has not ended");
      };
    }
  }

  /// How the run has ended.
  ///
  /// @param resultsWritten how many results a result writer has written
  public record Ending(
      Status status,
      @Nullable String error,
      @Nullable String cause,
      int resultsWritten,
      long stopped) {
    static final Ending NONE = new Ending(Status.RUNNING, null, null, 0, 0);
  }

  /// Where it stands.
  public Status status() {
    return ending.status();
  }

  /// The run's ARN.
  public String arn() {
    return scope.arn("states", "mapRun:" + machine + "/" + name).toString();
  }

  /// Whether so many failures are too many.
  boolean tooManyFailures() {
    int bad = counts.unsuccessful();
    boolean byCount = bad > limits.failures();
    boolean byPercentage = children > 0 && bad * 100.0 / children > limits.failedPercentage();
    if (limits.failures() > 0 && limits.failedPercentage() > 0) {
      return byCount || byPercentage;
    }
    return limits.failedPercentage() > 0 ? byPercentage : byCount;
  }

  MapRun counting(Counts changed) {
    return with(children, items, limits, changed, ending);
  }

  MapRun read(int allChildren, int allItems) {
    return with(allChildren, allItems, limits, counts, ending);
  }

  MapRun ended(Ending end) {
    return with(children, items, limits, counts, end);
  }

  /// The run with other limits.
  public MapRun limited(Limits changed) {
    return with(children, items, changed, counts, ending);
  }

  private MapRun with(int children, int items, Limits limits, Counts counts, Ending ending) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        children,
        items,
        limits,
        counts,
        ending,
        started,
        redrives,
        redriven);
  }

  MapRun redriven(int times, long now) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        children,
        items,
        limits,
        Counts.NONE,
        Ending.NONE,
        started,
        times,
        now);
  }

  private static Key in(Scope scope, String kind) {
    return Key.of("stepfunctions", scope.account(), scope.region(), kind);
  }

  static Key key(Scope scope, String machine, String name) {
    return in(scope, "mapRun").with(machine).with(name);
  }

  Key key() {
    return key(scope, machine, name);
  }

  /// The runs of all accounts that have not ended.
  static final Key OPEN = Key.of("stepfunctions", "~", "mapRun");

  Key openKey() {
    return OPEN.with(scope.account()).with(scope.region()).with(machine).with(name);
  }

  /// The inputs of the children, by their index.
  Key inputs() {
    return in(scope, "mapItem").with(machine).with(name);
  }

  /// The results of the children, by their index.
  Key results() {
    return in(scope, "mapResult").with(machine).with(name);
  }

  /// The runs of an execution.
  static Key byExecution(Scope scope, String executionArn) {
    return in(scope, "mapRunOf").with(executionArn);
  }

  byte[] written() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("executionArn", executionArn);
    json.put("children", children);
    json.put("items", items);
    json.put("maxConcurrency", limits.concurrency());
    json.put("toleratedCount", limits.failures());
    json.put("toleratedPercentage", limits.failedPercentage());
    json.put("succeeded", counts.succeeded());
    json.put("failed", counts.failed());
    json.put("timedOut", counts.timedOut());
    json.put("aborted", counts.aborted());
    json.put("status", ending.status().name());
    json.put("error", ending.error());
    json.put("cause", ending.cause());
    json.put("resultsWritten", ending.resultsWritten());
    json.put("started", started);
    json.put("stopped", ending.stopped());
    json.put("redrives", redrives);
    json.put("redriven", redriven);
    return JsonObject.bytes(json);
  }

  static MapRun read(Scope scope, String machine, String name, byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new MapRun(
        scope,
        machine,
        name,
        json.text("executionArn"),
        json.whole("children"),
        json.whole("items"),
        new Limits(
            json.number("maxConcurrency"),
            json.number("toleratedCount"),
            json.decimal("toleratedPercentage")),
        new Counts(
            json.whole("succeeded"),
            json.whole("failed"),
            json.whole("timedOut"),
            json.whole("aborted")),
        new Ending(
            Status.valueOf(json.text("status")),
            json.optionalText("error"),
            json.optionalText("cause"),
            json.whole("resultsWritten"),
            json.number("stopped")),
        json.number("started"),
        json.whole("redrives"),
        json.number("redriven"));
  }
}
