package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whoever takes messages of a queue and calls back with the task tokens in them.
final class Callbacks {
  private Callbacks() {}

  static void consume(Rig rig, RecordedCase recorded) {
    String kinds = Json.write(recorded.json().get("resources"));
    List<Map<String, @Nullable Object>> calls = recorded.list("background_calls");
    if (kinds.contains("sqs_send_task_success_state_machine")) {
      rig.consume((_, body) -> () -> succeed(rig, body, message(body)));
    } else if (kinds.contains("sqs_send_heartbeat_and_task_success_state_machine")) {
      rig.consume((_, body) ->
          () -> {
            rig.client().sendTaskHeartbeat(b -> b.taskToken(Rig.token(body)));
            succeed(rig, body, message(body));
          });
    } else if (kinds.contains("sqs_send_task_failure_state_machine")) {
      rig.consume((_, body) ->
          () ->
              rig.client()
                  .sendTaskFailure(b ->
                      b.taskToken(Rig.token(body)).error("Failure error").cause("Failure cause")));
    } else if (!calls.isEmpty()) {
      rig.consume((_, body) -> () -> calls.forEach(call -> perform(rig, call, body)));
    }
  }

  private static String message(String body) {
    Map<?, ?> json = (Map<?, ?>) Objects.requireNonNull(Json.parse(body));
    return Json.write(json.get("Message"));
  }

  private static void succeed(Rig rig, String body, String output) {
    rig.client().sendTaskSuccess(b -> b.taskToken(Rig.token(body)).output(output));
  }

  private static void perform(Rig rig, Map<String, @Nullable Object> call, String body) {
    Map<?, ?> args = (Map<?, ?>) Objects.requireNonNull(call.get("args"));
    switch (String.valueOf(call.get("op"))) {
      case "send_task_heartbeat" ->
          rig.client().sendTaskHeartbeat(b -> b.taskToken(Rig.token(body)));
      case "send_task_success" ->
          succeed(rig, body, args.get("output") instanceof String text ? text : body);
      default -> throw new IllegalStateException(String.valueOf(call.get("op")));
    }
  }
}
