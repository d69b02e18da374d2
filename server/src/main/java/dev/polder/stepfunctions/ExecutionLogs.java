package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.StateMachine.Logging;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.EventType;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.Observer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The log lines that executions write to log groups
/// (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).
final class ExecutionLogs implements Observer {
  // https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
  private static final Set<EventType> FATAL =
      Set.of(EventType.ExecutionAborted, EventType.ExecutionFailed, EventType.ExecutionTimedOut);
  private static final Set<EventType> ERROR =
      Set.of(
          EventType.ExecutionAborted,
          EventType.ExecutionFailed,
          EventType.ExecutionTimedOut,
          EventType.FailStateEntered,
          EventType.LambdaFunctionFailed,
          EventType.LambdaFunctionScheduleFailed,
          EventType.LambdaFunctionStartFailed,
          EventType.LambdaFunctionTimedOut,
          EventType.MapIterationAborted,
          EventType.MapIterationFailed,
          EventType.MapRunAborted,
          EventType.MapRunFailed,
          EventType.MapStateAborted,
          EventType.MapStateFailed,
          EventType.ParallelStateAborted,
          EventType.ParallelStateFailed,
          EventType.TaskFailed,
          EventType.TaskStartFailed,
          EventType.TaskStateAborted,
          EventType.TaskSubmitFailed,
          EventType.TaskTimedOut,
          EventType.WaitStateAborted,
          EventType.EvaluationFailed);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Definitions definitions;
  private final LogDelivery delivery;

  ExecutionLogs(Definitions definitions, LogDelivery delivery) {
    this.definitions = definitions;
    this.delivery = delivery;
  }

  @Override
  public void progressed(Execution execution, ExecutionState state, List<Entry> entries) {
    Logging logging = logging(execution);
    if (logging.level().equals("OFF") || logging.destinations().isEmpty()) {
      return;
    }
    for (Entry entry : entries) {
      if (entry instanceof Entry.HistoryEvent event && wanted(logging, event.type())) {
        add(execution, logging, event, state.redrives());
      }
    }
  }

  /// Writes the lines that wait.
  void close() {
    delivery.close();
  }

  private Logging logging(Execution execution) {
    String machine = execution.key().machine();
    int slash = machine.indexOf('/');
    return definitions.logging(
        execution.scope(), slash < 0 ? machine : machine.substring(0, slash), execution.revision());
  }

  private static boolean wanted(Logging logging, EventType type) {
    return switch (logging.level()) {
      case "ALL" -> true;
      case "ERROR" -> ERROR.contains(type);
      case "FATAL" -> FATAL.contains(type);
      default -> false;
    };
  }

  private void add(Execution execution, Logging logging, Entry.HistoryEvent event, int redrives) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", Long.toString(event.id()));
    fields.put("type", event.type().name());
    fields.put(
        "details", details(new HistoryTranslation(logging.includeExecutionData()).event(event)));
    fields.put("previous_event_id", Long.toString(event.previous()));
    fields.put("event_timestamp", Long.toString(event.time()));
    fields.put("execution_arn", execution.arn());
    fields.put("redrive_count", Integer.toString(redrives));
    var place =
        new LogDelivery.Place(
            execution.scope(), logging.destinations().getFirst(), stream(execution));
    delivery.add(new LogDelivery.Line(place, event.time(), Json.write(fields)));
  }

  /// The stream of an execution: that of its machine and of the minute in which it started.
  private static String stream(Execution execution) {
    return "states/"
        + execution.machineName().replace(':', '-')
        + "/"
        + MINUTE.format(Instant.ofEpochMilli(execution.started()))
        + "/"
        + String.format(Locale.ROOT, "%08x", execution.machineArn().hashCode());
  }

  /// The details of an event, which has at most one member for them.
  private static Map<String, @Nullable Object> details(HistoryEvent event) {
    for (SdkField<?> field : event.sdkFields()) {
      Object value = field.getValueOrDefault(event);
      if (value instanceof SdkPojo details) {
        return plain(details);
      }
    }
    return Map.of();
  }

  private static Map<String, @Nullable Object> plain(SdkPojo pojo) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value instanceof SdkPojo below) {
        fields.put(field.locationName(), plain(below));
      } else if (value instanceof Map<?, ?> map) {
        if (!map.isEmpty()) {
          fields.put(field.locationName(), map);
        }
      } else if (value != null) {
        fields.put(field.locationName(), value);
      }
    }
    return fields;
  }
}
