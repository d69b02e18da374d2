package dev.polder.stepfunctions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A state machine.
///
/// @param created milliseconds since the epoch
/// @param revision the one that an execution without version runs
/// @param versions how many have been published so far, deleted ones included
record StateMachine(String name, Type type, long created, Revision revision, long versions) {

  /// How executions are kept and how long they may run.
  enum Type {
    STANDARD,
    EXPRESS
  }

  /// Definition and configuration between one update and the next.
  ///
  /// @param key names the revision within Polder
  /// @param id names it outside; null for the one that the machine was created with
  /// @param updated milliseconds since the epoch
  record Revision(
      String key,
      @Nullable String id,
      String definition,
      String roleArn,
      Logging logging,
      boolean tracing,
      long updated) {}

  /// What goes to a log group.
  ///
  /// @param level `ALL`, `ERROR`, `FATAL` or `OFF`
  /// @param destinations ARNs of log groups
  record Logging(String level, boolean includeExecutionData, List<String> destinations) {
    static final Logging OFF = new Logging("OFF", false, List.of());

    Logging {
      destinations = List.copyOf(destinations);
    }
  }

  /// A revision that was given a number.
  ///
  /// @param created milliseconds since the epoch
  record Version(long number, @Nullable String description, long created, Revision revision) {}

  /// A name for one version, or for two that share executions.
  ///
  /// @param routes weights in percent by version number
  record Alias(
      String name,
      @Nullable String description,
      Map<Long, Integer> routes,
      long created,
      long updated) {
    Alias {
      routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    }
  }

  StateMachine with(Revision next) {
    return new StateMachine(name, type, created, next, versions);
  }

  StateMachine published() {
    return new StateMachine(name, type, created, revision, versions + 1);
  }
}
