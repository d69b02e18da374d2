package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is told of a map run.
///
/// @param machine the name of the state machine
/// @param name label and UUID of the run, with a colon between
/// @param executionArn the execution whose Map state it is
/// @param children how many child executions there are to be; -1 as long as items are being read
/// @param items how many items there are
/// @param started milliseconds since the epoch
/// @param stopped milliseconds since the epoch, 0 while it runs
public record MapRun(
    Scope scope,
    String machine,
    String name,
    String executionArn,
    Status status,
    int children,
    int items,
    long maxConcurrency,
    long toleratedCount,
    double toleratedPercentage,
    int succeeded,
    int failed,
    int timedOut,
    int aborted,
    int resultsWritten,
    long started,
    long stopped) {

  /// Where a map run stands.
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
  }

  /// The run's ARN.
  public String arn() {
    return scope.arn("states", "mapRun:" + machine + "/" + name).toString();
  }

  /// How many children have ended.
  int ended() {
    return succeeded + failed + timedOut + aborted;
  }

  /// How many children have ended without success.
  int unsuccessful() {
    return failed + timedOut + aborted;
  }

  /// Whether so many failures are too many.
  boolean tooManyFailures() {
    int bad = unsuccessful();
    boolean byCount = bad > toleratedCount;
    boolean byPercentage = children > 0 && bad * 100.0 / children > toleratedPercentage;
    if (toleratedCount > 0 && toleratedPercentage > 0) {
      return byCount || byPercentage;
    }
    return toleratedPercentage > 0 ? byPercentage : byCount;
  }

  MapRun counted(int ok, int bad, int late, int stoppedOnes) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        status,
        children,
        items,
        maxConcurrency,
        toleratedCount,
        toleratedPercentage,
        succeeded + ok,
        failed + bad,
        timedOut + late,
        aborted + stoppedOnes,
        resultsWritten,
        started,
        stopped);
  }

  MapRun uncounted() {
    return counted(-succeeded, -failed, -timedOut, -aborted);
  }

  MapRun read(int allChildren, int allItems) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        status,
        allChildren,
        allItems,
        maxConcurrency,
        toleratedCount,
        toleratedPercentage,
        succeeded,
        failed,
        timedOut,
        aborted,
        resultsWritten,
        started,
        stopped);
  }

  MapRun ended(Status end, int written, long now) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        end,
        children,
        items,
        maxConcurrency,
        toleratedCount,
        toleratedPercentage,
        succeeded,
        failed,
        timedOut,
        aborted,
        written,
        started,
        now);
  }

  /// The run with other limits.
  public MapRun limited(long concurrency, long count, double percentage) {
    return new MapRun(
        scope,
        machine,
        name,
        executionArn,
        status,
        children,
        items,
        concurrency,
        count,
        percentage,
        succeeded,
        failed,
        timedOut,
        aborted,
        resultsWritten,
        started,
        stopped);
  }

  private static Key in(Scope scope, String kind) {
    return Key.of("stepfunctions", scope.account(), scope.region(), kind);
  }

  static Key runs(Scope scope, String machine) {
    return in(scope, "mapRun").with(machine);
  }

  static Key key(Scope scope, String machine, String name) {
    return runs(scope, machine).with(name);
  }

  Key key() {
    return key(scope, machine, name);
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
    json.put("status", status.name());
    json.put("children", children);
    json.put("items", items);
    json.put("maxConcurrency", maxConcurrency);
    json.put("toleratedCount", toleratedCount);
    json.put("toleratedPercentage", toleratedPercentage);
    json.put("succeeded", succeeded);
    json.put("failed", failed);
    json.put("timedOut", timedOut);
    json.put("aborted", aborted);
    json.put("resultsWritten", resultsWritten);
    json.put("started", started);
    json.put("stopped", stopped);
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static MapRun read(Scope scope, String machine, String name, byte[] bytes) {
    Map<String, Object> json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    return new MapRun(
        scope,
        machine,
        name,
        (String) Objects.requireNonNull(json.get("executionArn")),
        Status.valueOf((String) Objects.requireNonNull(json.get("status"))),
        whole(json, "children"),
        whole(json, "items"),
        number(json, "maxConcurrency").longValue(),
        number(json, "toleratedCount").longValue(),
        number(json, "toleratedPercentage").doubleValue(),
        whole(json, "succeeded"),
        whole(json, "failed"),
        whole(json, "timedOut"),
        whole(json, "aborted"),
        whole(json, "resultsWritten"),
        number(json, "started").longValue(),
        number(json, "stopped").longValue());
  }

  private static Number number(Map<String, Object> json, String member) {
    return (Number) Objects.requireNonNull(json.get(member), member);
  }

  private static int whole(Map<String, Object> json, String member) {
    return number(json, member).intValue();
  }
}
