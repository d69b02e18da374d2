package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.expression.ContextObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What does not change while an execution runs.
///
/// @param arn of the execution
/// @param machineArn without version or alias
/// @param machineName as the context object tells it
/// @param revision which definition of the machine it runs
/// @param mapState the distributed Map state whose items the execution is a child for, or null
/// @param graph what it runs
/// @param timeoutSeconds 0 for none
/// @param started milliseconds since the epoch
/// @param order rises from each execution to the next that is started
/// @param parent what waits for its end, or null
/// @param redriven milliseconds since the epoch of the last redrive, 0 for none
/// @param testCase of the mock configuration that says what its tasks come to, or null
public record Execution(
    ExecutionKey key,
    String arn,
    String machineArn,
    String machineName,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    String roleArn,
    String revision,
    @Nullable String mapState,
    StateGraph graph,
    long timeoutSeconds,
    long started,
    long order,
    Payload input,
    @Nullable String traceHeader,
    @Nullable MapChild parent,
    long redriven,
    boolean express,
    @Nullable String testCase) {

  /// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  /// The account and region it belongs to.
  public Scope scope() {
    return key.scope();
  }

  /// What the context object calls the execution.
  String name() {
    return express ? key.name().substring(0, key.name().indexOf(':')) : key.name();
  }

  /// The context object of a state.
  public ContextObject context(
      int redrives,
      ContextObject.State state,
      ContextObject.@Nullable Task task,
      ContextObject.@Nullable Item item) {
    return new ContextObject(
        new ContextObject.Execution(
            arn,
            input.value(),
            iso(started),
            name(),
            roleArn,
            redrives,
            redriven == 0 ? null : iso(redriven)),
        new ContextObject.Machine(machineArn, machineName),
        state,
        task,
        item);
  }

  /// A time in ISO-8601 with milliseconds, always three digits.
  ///
  /// @param millis since the epoch
  public static String iso(long millis) {
    return ISO.format(Instant.ofEpochMilli(millis));
  }

  /// Whether it has run for longer than any execution may.
  boolean hasExpired(long now) {
    return hasExpired(Math.max(started, redriven), now);
  }

  static boolean hasExpired(long begun, long now) {
    return now - begun > LONGEST.toMillis();
  }

  /// The time of a timer; where that is after the longest life, the first moment of that, at which
  /// the timer ends the execution instead.
  long withinLife(long due) {
    return Math.min(due, Math.max(started, redriven) + LONGEST.toMillis() + 1);
  }

  /// When a timer must end it, in milliseconds since the epoch; 0 for never.
  long deadline() {
    return timeoutSeconds == 0
        ? 0
        : withinLife(Math.max(started, redriven) + timeoutSeconds * 1000);
  }

  /// The same as it is redriven.
  Execution redrivenAt(long time) {
    return new Execution(
        key,
        arn,
        machineArn,
        machineName,
        versionArn,
        aliasArn,
        roleArn,
        revision,
        mapState,
        graph,
        timeoutSeconds,
        started,
        order,
        input,
        traceHeader,
        parent,
        time,
        express,
        testCase);
  }

  /// The place of a child in a map run.
  ///
  /// @param mapRunArn the run
  /// @param index of the item, or of the batch of items, from 0
  public record MapChild(String mapRunArn, int index) {}
}
