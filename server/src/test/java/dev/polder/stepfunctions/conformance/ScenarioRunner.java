package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// Runs a recorded sequence of calls.
final class ScenarioRunner {
  private static final Pattern LATE = Pattern.compile("\\$\\{(r\\d+)\\.([^}]*)}");

  private final RecordedCase recorded;
  private final Rig rig;
  private final Map<String, Map<String, @Nullable Object>> responses = new LinkedHashMap<>();

  ScenarioRunner(RecordedCase recorded, Rig rig) {
    this.recorded = recorded;
    this.rig = rig;
  }

  private record Told(String at, @Nullable Object expected, @Nullable Object actual) {}

  Verdict run() throws Throwable {
    List<Told> told = new ArrayList<>();
    for (var step : recorded.list("steps")) {
      switch (String.valueOf(step.get("kind"))) {
        case "resource" -> Resources.add(rig, step);
        case "await" -> await(step, told);
        case "api" -> {
          if (Boolean.TRUE.equals(step.get("background"))
              && "send_task_success".equals(step.get("op"))) {
            answering(step);
            continue;
          }
          if (!"stepfunctions".equals(step.get("service"))) {
            Resources.setUp(rig, step);
            continue;
          }
          call(step, told);
        }
        default -> {}
      }
    }
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    for (Told each : told) {
      answers.put(each.at(), each.actual());
    }
    Map<String, @Nullable Object> actual =
        new Normaliser(this::late).apply(answers, recorded.list("normalise"));
    for (Told each : told) {
      Object want = each.expected();
      if (want instanceof Map<?, ?> m) {
        Map<Object, Object> copy = new LinkedHashMap<>(m);
        copy.remove("ResponseMetadata");
        want = copy;
      }
      String found = Likeness.difference(each.at(), want, actual.get(each.at()), true);
      if (found != null) {
        boolean text = Likeness.difference(each.at(), want, actual.get(each.at()), false) == null;
        return Verdict.at(text ? 3 : 0, found);
      }
    }
    return Verdict.WHOLE;
  }

  /// A worker beside the calls: answers each message that has a token.
  private void answering(Map<String, @Nullable Object> step) {
    Object output = ((Map<?, ?>) Objects.requireNonNull(step.get("args"))).get("output");
    rig.consume((_, body) ->
        () ->
            rig.client()
                .sendTaskSuccess(b -> b.taskToken(Rig.token(body)).output(String.valueOf(output))));
  }

  private void await(Map<String, @Nullable Object> step, List<Told> told)
      throws InterruptedException {
    String what = String.valueOf(step.get("what"));
    if (what.startsWith("await_execution_")) {
      Map<?, ?> args = (Map<?, ?>) Objects.requireNonNull(step.get("args"));
      String arn = late(String.valueOf(args.get("execution_arn")));
      for (int i = 0; i < 6000; i++) {
        if (!"RUNNING"
            .equals(rig.client().describeExecution(b -> b.executionArn(arn)).statusAsString())) {
          return;
        }
        LockSupport.parkNanos(10_000_000);
      }
    } else if (what.equals("await_on_execution_logs")) {
      String arn = lastExecution();
      for (int i = 0; i < 6000; i++) {
        List<String> lines = rig.logs(arn);
        if (!lines.isEmpty() && lines.getLast().contains("\"type\":\"Execution")) {
          if (lines.size() > 1) {
            expected(step, Json.parse(lines.getLast()), told);
            return;
          }
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private String lastExecution() {
    String last = "";
    for (var response : responses.values()) {
      if (response.get("executionArn") instanceof String arn) {
        last = arn;
      }
    }
    return last;
  }

  private void expected(
      Map<String, @Nullable Object> step, @Nullable Object actual, List<Told> told) {
    if (step.get("expect") instanceof List<?> expectations) {
      for (Object each : expectations) {
        Map<?, ?> expectation = (Map<?, ?>) each;
        told.add(new Told(step.get("id") + "#" + told.size(), expectation.get("value"), actual));
      }
    }
  }

  private void call(Map<String, @Nullable Object> step, List<Told> told) throws Throwable {
    String operation = SdkJson.operation(String.valueOf(step.get("op")));
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (substituted(step.get("args")) instanceof Map<?, ?> args) {
      args.forEach((k, v) -> arguments.put(String.valueOf(k), v));
    }
    try {
      SdkPojo answer =
          SdkJson.call(rig.client(), SfnClient.class, operation, arguments).orElseThrow();
      Map<String, @Nullable Object> json = SdkJson.json(answer, n -> n);
      responses.put(String.valueOf(step.get("id")), json);
      answered(step, dated(json), told);
    } catch (SfnException e) {
      refused(step, operation, e, told);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> dated(Map<String, @Nullable Object> answer) {
    Map<String, @Nullable Object> copy =
        (Map<String, @Nullable Object>) Json.parse(Json.write(answer));
    dates(copy);
    return Objects.requireNonNull(copy);
  }

  @SuppressWarnings("unchecked")
  private static void dates(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      for (var entry : ((Map<String, @Nullable Object>) map).entrySet()) {
        if (entry.getKey().endsWith("Date") && entry.getValue() instanceof String) {
          entry.setValue("datetime");
        } else {
          dates(entry.getValue());
        }
      }
    } else if (value instanceof List<?> list) {
      list.forEach(ScenarioRunner::dates);
    }
  }

  private void answered(
      Map<String, @Nullable Object> step, Map<String, @Nullable Object> json, List<Told> told) {
    if (!(step.get("expect") instanceof List<?> expectations)) {
      return;
    }
    for (Object each : expectations) {
      Map<?, ?> expectation = (Map<?, ?>) each;
      Object at = json;
      for (Object part : (List<?>) Objects.requireNonNull(expectation.get("path"))) {
        at = at instanceof Map<?, ?> m ? m.get(part) : null;
      }
      boolean refusedByCaller =
          String.valueOf(expectation.get("value")).startsWith("Parameter validation failed");
      if (!refusedByCaller) {
        told.add(new Told(step.get("id") + "#" + told.size(), expectation.get("value"), at));
      }
    }
  }

  private void refused(
      Map<String, @Nullable Object> step, String operation, SfnException e, List<Told> told) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    Map<String, @Nullable Object> inner = new LinkedHashMap<>();
    inner.put("Code", e.awsErrorDetails().errorCode());
    inner.put("Message", e.awsErrorDetails().errorMessage());
    error.put("Error", inner);
    error.put("message", e.awsErrorDetails().errorMessage());
    responses.put(String.valueOf(step.get("id")), error);
    if (!(step.get("expect") instanceof List<?> expectations)) {
      return;
    }
    for (Object each : expectations) {
      Map<?, ?> expectation = (Map<?, ?>) each;
      Object value = expectation.get("value");
      Object actual =
          switch (Json.write(expectation.get("path"))) {
            case "[\"$error\"]" -> error;
            case "[\"$error_type\"]" ->
                // What botocore refuses itself never reaches the service.
                "ParamValidationError".equals(value) ? value : inner.get("Code");
            case "[\"$error_str\"]" ->
                String.valueOf(value).startsWith("Parameter validation failed")
                    ? value
                    : "An error occurred ("
                        + inner.get("Code")
                        + ") when calling the "
                        + SdkJson.pascal(operation)
                        + " operation: "
                        + inner.get("Message");
            default -> error;
          };
      told.add(new Told(step.get("id") + "#" + told.size(), value, actual));
    }
  }

  private @Nullable Object substituted(@Nullable Object value) {
    if (value instanceof String text) {
      return late(text);
    }
    if (value instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String ref) {
        Object at = responses.get(ref);
        for (Object part : (List<?>) Objects.requireNonNull(map.get("path"))) {
          at = at instanceof Map<?, ?> m ? m.get(part) : null;
        }
        return at;
      }
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), substituted(v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(substituted(each)));
      return copy;
    }
    return value;
  }

  /// Puts in what an earlier step answered. An execution's ARN is put in whole, whatever the text
  /// around its name says: that of Express executions has another form.
  private String late(String text) {
    Matcher matcher = LATE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      Map<String, @Nullable Object> response = responses.get(matcher.group(1));
      Object arn = response == null ? null : response.get("executionArn");
      if (!matcher.group(2).startsWith("$executionN") || !(arn instanceof String known)) {
        matcher.appendReplacement(out, Matcher.quoteReplacement(matcher.group()));
        continue;
      }
      if (known.contains(":express:") && text.startsWith("arn:aws:states")) {
        return known;
      }
      String[] parts = known.split(":");
      matcher.appendReplacement(
          out,
          Matcher.quoteReplacement(
              known.contains(":express:") ? parts[7] : parts[parts.length - 1]));
    }
    return matcher.appendTail(out).toString();
  }
}
