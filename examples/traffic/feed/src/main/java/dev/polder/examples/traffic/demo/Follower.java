package dev.polder.examples.traffic.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Follows an execution by its history and shows each state as it is entered and left.
final class Follower {
  private static final int POLL_MILLIS = 150;
  private static final int PAGE = 1000;
  private static final int LONGEST_REASON = 2000;
  private static final Pattern QUERY_FAILED =
      Pattern.compile("\"StateChangeReason\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern RANGE =
      Pattern.compile("\"start\"\\s*:\\s*\"([0-9-]{10})T([0-9]{2})");

  private final SfnClient stepFunctions;
  private final Terminal terminal;
  private final Supplier<List<String>> progress;
  private final Map<Long, Long> previous = new HashMap<>();
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private final Set<Long> iterations = new HashSet<>();
  private final Set<Long> mapExits = new HashSet<>();
  private long seen;
  private int entered;

  /// @param progress lines to show below the states while they run
  Follower(SfnClient stepFunctions, Terminal terminal, Supplier<List<String>> progress) {
    this.stepFunctions = stepFunctions;
    this.terminal = terminal;
    this.progress = progress;
  }

  /// A state that was entered and not yet left.
  private record Open(String label, int depth, Instant since) {}

  /// Follows until the execution ends.
  ///
  /// @return how many states were entered
  /// @throws DemoException with error and cause if it does not succeed
  int follow(String execution) throws DemoException, InterruptedException {
    while (true) {
      DescribeExecutionResponse described =
          stepFunctions.describeExecution(request -> request.executionArn(execution));
      news(execution).forEach(this::show);
      if (described.status() != ExecutionStatus.RUNNING) {
        terminal.live(List.of());
        return ended(described);
      }
      terminal.live(liveLines());
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private int ended(DescribeExecutionResponse described) throws DemoException {
    if (described.status() != ExecutionStatus.SUCCEEDED) {
      throw DemoException.failed(
          "The execution %s: %s\n  %s"
              .formatted(described.statusAsString(), described.error(), reason(described.cause())));
    }
    return entered;
  }

  /// The events since the last call, oldest first: the history is read backwards until the last
  /// event seen.
  private List<HistoryEvent> news(String execution) {
    List<HistoryEvent> news = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      var page =
          stepFunctions.getExecutionHistory(request ->
              request.executionArn(execution).reverseOrder(true).maxResults(PAGE).nextToken(from));
      for (HistoryEvent event : page.events()) {
        if (event.id() <= seen) {
          token = null;
          break;
        }
        news.add(event);
        token = page.nextToken();
      }
    } while (token != null);
    List<HistoryEvent> ordered = news.reversed();
    if (!ordered.isEmpty()) {
      seen = ordered.getLast().id();
    }
    return ordered;
  }

  private void show(HistoryEvent event) {
    previous.put(event.id(), event.previousEventId());
    if (event.mapIterationStartedEventDetails() != null) {
      iterations.add(event.id());
    } else if (event.stateEnteredEventDetails() != null) {
      enter(event);
    } else if (event.stateExitedEventDetails() != null) {
      if (event.type() == HistoryEventType.MAP_STATE_EXITED) {
        mapExits.add(event.id());
      }
      leave(event);
    } else if (event.typeAsString().endsWith("Failed")
        || event.typeAsString().endsWith("TimedOut")) {
      terminal.line("  " + terminal.red(event.typeAsString()) + "  " + cause(event));
    }
  }

  private void enter(HistoryEvent event) {
    boolean inMap = isInIteration(event.id());
    String label = event.stateEnteredEventDetails().name() + (inMap ? range(event) : "");
    open.put(event.id(), new Open(label, inMap ? 1 : 0, event.timestamp()));
    entered++;
    if (!terminal.isLive()) {
      terminal.line("  " + "  ".repeat(inMap ? 1 : 0) + "enter " + label);
    }
  }

  private void leave(HistoryEvent event) {
    Open left = entry(event).map(open::remove).orElse(null);
    if (left == null) {
      return;
    }
    String took = seconds(Duration.between(left.since(), event.timestamp()));
    String indent = "  " + "  ".repeat(left.depth());
    terminal.line(
        terminal.isLive()
            ? indent + terminal.green("\u2713 ") + pad(left) + terminal.dim(took)
            : indent + "leave " + pad(left) + took);
  }

  /// The entry that an exit belongs to: found by going back from event to event, as states of one
  /// name may run side by side.
  private Optional<Long> entry(HistoryEvent exit) {
    String name = exit.stateExitedEventDetails().name();
    for (Long id = previous.get(exit.id()); id != null && id > 0; id = previous.get(id)) {
      Open candidate = open.get(id);
      if (candidate != null && candidate.label().startsWith(name)) {
        return Optional.of(id);
      }
    }
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().label().startsWith(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Going back from event to event ends at the start of an iteration, unless the map was left on
  /// the way.
  private boolean isInIteration(long event) {
    for (Long id = previous.get(event); id != null && id > 0; id = previous.get(id)) {
      if (mapExits.contains(id)) {
        return false;
      }
      if (iterations.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static String range(HistoryEvent event) {
    Matcher start = RANGE.matcher(String.valueOf(event.stateEnteredEventDetails().input()));
    return start.find() ? " " + start.group(1) + " " + start.group(2) + ":00" : "";
  }

  private List<String> liveLines() {
    List<String> lines = new ArrayList<>();
    open.values()
        .forEach(state -> lines.add("  " + "  ".repeat(state.depth()) + "\u25b8 " + state.label()));
    lines.addAll(progress.get());
    return lines;
  }

  private static String pad(Open state) {
    return state.label() + " ".repeat(Math.max(1, 36 - 2 * state.depth() - state.label().length()));
  }

  private static String seconds(Duration duration) {
    return Words.seconds(duration.toNanos());
  }

  private static String cause(HistoryEvent event) {
    if (event.taskFailedEventDetails() != null) {
      return event.taskFailedEventDetails().error()
          + ": "
          + reason(event.taskFailedEventDetails().cause());
    }
    if (event.lambdaFunctionFailedEventDetails() != null) {
      return event.lambdaFunctionFailedEventDetails().error()
          + ": "
          + reason(event.lambdaFunctionFailedEventDetails().cause());
    }
    return "";
  }

  /// The cause in short: of a failed query, which tells all about itself, why it failed.
  private static String reason(@Nullable String cause) {
    String text = String.valueOf(cause);
    Matcher failed = QUERY_FAILED.matcher(text);
    String reason = failed.find() ? failed.group(1).replace("\\\"", "\"") : text;
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON) + " ...";
  }
}
