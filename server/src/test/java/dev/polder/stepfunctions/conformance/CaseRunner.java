package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// Runs one recorded case.
final class CaseRunner {
  private static final String ROLE = "arn:aws:iam::111111111111:role/test-sfn-role-00000001";
  private static final String CHILD =
      "{\"StartAt\": \"State_1\", \"States\": {\"State_1\": {\"Type\": \"Pass\", \"Result\": "
          + "{\"Arg1\": \"argument1\"}, \"End\": true}}}";
  private static final Pattern MACHINE =
      Pattern.compile("(arn:aws:states:[^\"]*?:stateMachine:)([\\w.-]+)");

  private static final Pattern TIME =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

  private final RecordedCase recorded;
  private final Rig rig;

  private CaseRunner(RecordedCase recorded, Rig rig) {
    this.recorded = recorded;
    this.rig = rig;
  }

  static Verdict run(OneStore store, Path data, RecordedCase recorded) throws Throwable {
    try (Rig rig = new Rig(store, data, begin(recorded))) {
      var runner = new CaseRunner(recorded, rig);
      runner.prepare();
      return switch (recorded.text("kind")) {
        case "execution" -> runner.execution();
        case "express_sync" -> runner.expressSync();
        case "express_async" -> runner.expressAsync();
        case "create_error" -> runner.createError();
        case "validate_definition" -> runner.validate();
        case "test_state" -> runner.testState();
        case "scenario" -> new ScenarioRunner(recorded, rig).run();
        default -> Verdict.at(0, "no runner for " + recorded.text("kind"));
      };
    }
  }

  /// When the case was recorded. Where its input names a later time, as that of a case does which
  /// is written anew for each run: a minute before that, or it would be over a year ahead.
  private static Instant begin(RecordedCase recorded) {
    Instant begin = Instant.parse(recorded.text("recorded"));
    Matcher times = TIME.matcher(recorded.text("input_text"));
    while (times.find()) {
      Instant before = before(times.group());
      begin = before.isAfter(begin) ? before : begin;
    }
    return begin;
  }

  private static Instant before(String time) {
    try {
      return Instant.parse(time).minusSeconds(60);
    } catch (DateTimeParseException e) {
      return Instant.MIN; // looks like a time and is none
    }
  }

  private SfnClient client() {
    return rig.client();
  }

  private void prepare() {
    for (var resource : recorded.list("resources")) {
      Resources.add(rig, resource);
    }
    for (var call : recorded.list("setup_calls")) {
      Resources.setUp(rig, call);
    }
    Callbacks.consume(rig, recorded);
    if (recorded.text("needs").contains("states")) {
      children(recorded.text("input_text"));
    }
  }

  /// Machines that the input names and that the case says nothing more about.
  private void children(String input) {
    Matcher matcher = MACHINE.matcher(input);
    while (matcher.find()) {
      String account = matcher.group(1).split(":")[4];
      var scope = new Scope(account, "us-east-1");
      String name = matcher.group(2);
      rig.client(scope).createStateMachine(b -> b.name(name).definition(CHILD).roleArn(ROLE));
    }
  }

  private String machineName() {
    String found = "statemachine";
    for (var each : recorded.list("normalise")) {
      if (each.get("regex") instanceof String regex
          && String.valueOf(each.get("replacement")).startsWith("<ArnPart_")
          && !recorded.text("input_text").contains(":" + regex)) {
        found = regex;
      }
    }
    return found;
  }

  private String role() {
    for (var each : recorded.list("normalise")) {
      if (each.get("regex") instanceof String regex
          && regex.contains(":role/")
          && String.valueOf(each.get("replacement")).matches("s[nf]+_role_arn")) {
        return regex;
      }
    }
    return ROLE;
  }

  private String create(String type) {
    var logging = logging();
    return client()
        .createStateMachine(b -> {
          b.name(machineName()).definition(recorded.definition()).roleArn(role()).type(type);
          if (logging != null) {
            b.loggingConfiguration(l ->
                l.level(logging[0])
                    .includeExecutionData(Boolean.valueOf(logging[1]))
                    .destinations(
                        List.of(
                            LogDestination.builder()
                                .cloudWatchLogsLogGroup(g -> g.logGroupArn(logging[2]))
                                .build())));
          }
        })
        .stateMachineArn();
  }

  /// Level, data and group of the case's log, which its name tells.
  private String @Nullable [] logging() {
    Object group =
        recorded.list("resources").stream()
            .filter(each -> "log_group".equals(each.get("type")))
            .map(each -> each.get("name"))
            .findFirst()
            .orElse(null);
    if (group == null) {
      return null;
    }
    Matcher matcher =
        Pattern.compile("_(ALL|ERROR|FATAL|OFF)_(True|False)").matcher(recorded.file());
    boolean named = matcher.find();
    return new String[] {
      named ? matcher.group(1) : "ALL",
      named ? matcher.group(2).toLowerCase(Locale.ROOT) : "true",
      "arn:aws:logs:us-east-1:111111111111:log-group:" + group + ":*"
    };
  }

  private Map<String, @Nullable Object> normalised(
      Map<String, @Nullable Object> answers, String execution) {
    return new Normaliser(regex -> regex.replaceAll("\\$\\{r\\d+\\.\\$executionName}", execution))
        .apply(answers, recorded.list("normalise"));
  }

  private Verdict execution() throws Throwable {
    String machine =
        create(recorded.json().get("type") == null ? "STANDARD" : recorded.text("type"));
    Object input = recorded.json().get("input_text");
    Object name = recorded.json().get("execution_name");
    String arn;
    // Not by describing it: a skipping clock may be far ahead by then, and a description ends what
    // is older than a year.
    long patience = "RUNNING".equals(recorded.object("expect").get("status")) ? 5 : 60;
    var ended = new LinkedBlockingQueue<String>();
    try (var _ =
        rig.events.subscribe(event -> {
          if (!"RUNNING".equals(event.detail().get("status"))) {
            ended.add(String.valueOf(event.detail().get("executionArn")));
          }
        })) {
      arn =
          client()
              .startExecution(b ->
                  b.stateMachineArn(startedAs(machine)).input((String) input).name((String) name))
              .executionArn();
      String each = ended.poll(patience, TimeUnit.SECONDS);
      while (each != null && !each.equals(arn)) {
        each = ended.poll(patience, TimeUnit.SECONDS);
      }
      if (each == null) {
        return unfinished(arn);
      }
    }
    return compare(arn);
  }

  /// The machine, or its version where the case was started through one, as its description tells.
  private String startedAs(String machine) {
    boolean version =
        recorded.object("expect").get("describe_execution") instanceof Map<?, ?> told
            && told.get("stateMachineVersionArn") != null;
    return version
        ? client()
            .publishStateMachineVersion(b -> b.stateMachineArn(machine))
            .stateMachineVersionArn()
        : machine;
  }

  private Verdict unfinished(String arn) throws Throwable {
    Map<String, @Nullable Object> expect = recorded.object("expect");
    boolean stays = "RUNNING".equals(expect.get("status"));
    return stays ? compare(arn) : Verdict.at(0, "the execution did not end");
  }

  private DescribeExecutionResponse describe(String arn) {
    return client().describeExecution(b -> b.executionArn(arn));
  }

  private Verdict compare(String arn) throws Throwable {
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    List<@Nullable Object> events = new ArrayList<>();
    client()
        .getExecutionHistoryPaginator(b -> b.executionArn(arn).maxResults(1000))
        .events()
        .forEach(event -> events.add(SdkJson.json(event, n -> n)));
    Map<String, @Nullable Object> history = new LinkedHashMap<>();
    history.put("events", events);
    answers.put("history", history);
    var described = describe(arn);
    answers.put("describe_execution", dated(SdkJson.json(described, n -> n)));
    answers.put("output", parsed(described.output()));
    answers.put("logs", recorded.object("expect").containsKey("logs") ? lines(arn) : List.of());
    String execution = arn.substring(arn.lastIndexOf(':') + 1);
    return compare(normalised(answers, execution), described);
  }

  /// The log lines of an execution, which come a little later than its end.
  private List<@Nullable Object> lines(String arn) {
    List<@Nullable Object> wanted = new ArrayList<>();
    if (recorded.object("expect").get("logs") instanceof List<?> list) {
      wanted.addAll(list);
    }
    List<@Nullable Object> lines = new ArrayList<>();
    for (int i = 0; i < 2000 && (i == 0 || lines.size() < wanted.size()); i++) {
      lines.clear();
      rig.logs(arn).forEach(line -> lines.add(Json.parse(line)));
      LockSupport.parkNanos(5_000_000);
    }
    return lines;
  }

  /// Times of describe calls are recorded as `datetime`.
  static Map<String, @Nullable Object> dated(Map<String, @Nullable Object> answer) {
    answer.replaceAll(
        (key, value) -> key.endsWith("Date") && value instanceof String ? "datetime" : value);
    return answer;
  }

  private static @Nullable Object parsed(@Nullable String text) {
    return text == null ? null : Json.parse(text);
  }

  @SuppressWarnings("unchecked")
  private Verdict compare(
      Map<String, @Nullable Object> actual, DescribeExecutionResponse described) {
    Map<String, @Nullable Object> expect = recorded.object("expect");
    if (expect.get("status") != null && !expect.get("status").equals(described.statusAsString())) {
      return Verdict.at(
          0,
          "status: expected "
              + expect.get("status")
              + " but was "
              + described.statusAsString()
              + " "
              + described.error()
              + " "
              + described.cause());
    }
    var history = (Map<String, Object>) Objects.requireNonNull(actual.get("history"));
    var events =
        (List<Map<String, @Nullable Object>>) Objects.requireNonNull(history.get("events"));
    if (expect.containsKey("output")) {
      String found =
          Likeness.difference("output", expect.get("output"), output(events, actual), true);
      if (found != null) {
        return Verdict.at(0, found);
      }
    }
    if (expect.containsKey("error") && !Objects.equals(expect.get("error"), described.error())) {
      return Verdict.at(
          0, "error: expected " + expect.get("error") + " but was " + described.error());
    }
    return compareHistory(actual, expect, events);
  }

  /// The output where the case's transformers have seen it, or else as it is.
  private static @Nullable Object output(
      List<Map<String, @Nullable Object>> events, Map<String, @Nullable Object> actual) {
    return events.getLast().get("executionSucceededEventDetails") instanceof Map<?, ?> details
        ? details.get("output")
        : actual.get("output");
  }

  @SuppressWarnings("unchecked")
  private static Verdict compareHistory(
      Map<String, @Nullable Object> actual,
      Map<String, @Nullable Object> expect,
      List<Map<String, @Nullable Object>> events) {
    var want = (List<Map<String, @Nullable Object>>) expect.get("history");
    if (want == null) {
      want = List.of();
    } else {
      Events.resort(want);
      Events.resort(events);
      List<@Nullable Object> wantTypes =
          want.stream().<@Nullable Object>map(e -> e.get("type")).toList();
      List<@Nullable Object> types =
          events.stream().<@Nullable Object>map(e -> e.get("type")).toList();
      if (!wantTypes.equals(types)) {
        return Verdict.at(1, "types: expected " + wantTypes + " but were " + types);
      }
    }
    Verdict details = others(actual, expect, want, events, false, 2);
    return details == null
        ? Objects.requireNonNullElse(others(actual, expect, want, events, true, 3), Verdict.WHOLE)
        : details;
  }

  private static @Nullable Verdict others(
      Map<String, @Nullable Object> actual,
      Map<String, @Nullable Object> expect,
      List<Map<String, @Nullable Object>> want,
      List<Map<String, @Nullable Object>> events,
      boolean causes,
      int level) {
    for (int i = 0; i < want.size(); i++) {
      String found = Likeness.difference("events/" + (i + 1), want.get(i), events.get(i), causes);
      if (found != null) {
        return Verdict.at(level, found);
      }
    }
    for (String other : List.of("describe_execution", "logs")) {
      if (expect.containsKey(other)) {
        Object wanted = expect.get(other);
        if (wanted instanceof Map<?, ?> m) {
          Map<Object, Object> copy = new LinkedHashMap<>(m);
          copy.remove("ResponseMetadata");
          wanted = copy;
        }
        String found = Likeness.difference(other, wanted, actual.get(other), causes);
        if (found != null) {
          return Verdict.at(level, found);
        }
      }
    }
    if (expect.containsKey("cause") && causes && !want.isEmpty()) {
      return null;
    }
    return null;
  }

  private Verdict expressSync() throws Throwable {
    Map<String, @Nullable Object> expect = recorded.object("expect");
    String machine =
        create(recorded.json().get("type") == null ? "EXPRESS" : recorded.text("type"));
    try {
      var response =
          client()
              .startSyncExecution(b ->
                  b.stateMachineArn(machine).input((String) recorded.json().get("input_text")));
      Map<String, @Nullable Object> answers = new LinkedHashMap<>();
      answers.put("response", dated(SdkJson.json(response, n -> n)));
      Map<String, @Nullable Object> actual = normalised(answers, response.name());
      Map<?, ?> told = (Map<?, ?>) Objects.requireNonNull(actual.get("response"));
      for (String name : List.of("status", "output", "error")) {
        if (expect.containsKey(name)) {
          String found = Likeness.difference(name, expect.get(name), told.get(name), true);
          if (found != null) {
            return Verdict.at(0, found);
          }
        }
      }
      String found = Likeness.difference("cause", expect.get("cause"), told.get("cause"), true);
      return expect.containsKey("cause") && found != null ? Verdict.at(3, found) : Verdict.WHOLE;
    } catch (SfnException e) {
      return refused(e);
    }
  }

  private Verdict expressAsync() throws Throwable {
    String machine = create("EXPRESS");
    String arn =
        client()
            .startExecution(
                b -> b.stateMachineArn(machine).input((String) recorded.json().get("input_text")))
            .executionArn();
    List<@Nullable Object> lines = new ArrayList<>();
    for (int i = 0; i < 3000 && lines.stream().noneMatch(CaseRunner::ends); i++) {
      lines.clear();
      rig.logs(arn).forEach(line -> lines.add(Json.parse(line)));
      LockSupport.parkNanos(10_000_000);
    }
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    answers.put("end", lines.isEmpty() ? null : lines.getLast());
    Object actual = normalised(answers, arn.substring(arn.lastIndexOf(':') + 1)).get("end");
    Map<String, @Nullable Object> expect = recorded.object("expect");
    String found = Likeness.difference("logs", expect.get("logs"), actual, true);
    return found == null ? Verdict.WHOLE : Verdict.at(0, found);
  }

  private static boolean ends(@Nullable Object line) {
    return line instanceof Map<?, ?> m
        && String.valueOf(m.get("type")).matches("Execution(Succeeded|Failed|TimedOut)");
  }

  private Verdict createError() throws Throwable {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(recorded.object("request"));
    arguments.put("definition", recorded.definition());
    return refusal("createStateMachine", arguments);
  }

  private Verdict refusal(String operation, Map<String, @Nullable Object> arguments)
      throws Throwable {
    try {
      SdkJson.call(client(), SfnClient.class, operation, arguments);
      return Verdict.at(0, "expected a refusal");
    } catch (SfnException e) {
      return refused(e);
    }
  }

  private Verdict refused(SfnException e) {
    Map<String, @Nullable Object> expect = recorded.object("expect");
    String code = e.awsErrorDetails().errorCode();
    String wantCode;
    String wantText;
    if (expect.get("api_error") instanceof Map<?, ?> error) {
      Map<?, ?> inner = (Map<?, ?>) Objects.requireNonNull(error.get("Error"));
      wantCode = String.valueOf(inner.get("Code"));
      wantText = String.valueOf(inner.get("Message"));
    } else {
      wantCode = String.valueOf(expect.get("api_error_type"));
      wantText =
          String.valueOf(expect.get("api_error_text"))
              .replaceFirst("^An error occurred \\(\\w+\\) when calling the \\w+ operation: ", "");
    }
    if (!wantCode.equals(code)) {
      return Verdict.at(
          0, "code: expected " + wantCode + " but was " + code + ": " + e.getMessage());
    }
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    answers.put("message", e.awsErrorDetails().errorMessage());
    Object text = normalised(answers, "-").get("message");
    return wantText.equals(text)
        ? Verdict.WHOLE
        : Verdict.at(3, "message: expected " + wantText + " but was " + text);
  }

  private Verdict validate() throws Throwable {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(recorded.object("request"));
    arguments.put("definition", recorded.definition());
    SdkPojo answer =
        SdkJson.call(client(), SfnClient.class, "validateStateMachineDefinition", arguments)
            .orElseThrow();
    return response(SdkJson.json(answer, n -> n));
  }

  private Verdict response(Map<String, @Nullable Object> answer) {
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    answers.put("response", dated(answer));
    Map<Object, Object> want =
        new LinkedHashMap<>(
            (Map<?, ?>) Objects.requireNonNull(recorded.object("expect").get("response")));
    want.remove("ResponseMetadata");
    Object actual = normalised(answers, "-").get("response");
    String found = Likeness.difference("response", want, actual, true);
    if (found == null) {
      return Verdict.WHOLE;
    }
    String withoutCauses = Likeness.difference("response", want, actual, false);
    return Verdict.at(withoutCauses == null ? 3 : 0, found);
  }

  private Verdict testState() throws Throwable {
    if ("ParamValidationError".equals(recorded.object("expect").get("api_error_type"))) {
      return Verdict.WHOLE; // Refused by the caller's own library, never by the service.
    }
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(recorded.object("request"));
    arguments.put("definition", recorded.definition());
    try {
      SdkPojo answer =
          SdkJson.call(client(), SfnClient.class, "testState", arguments).orElseThrow();
      return recorded.object("expect").containsKey("response")
          ? response(SdkJson.json(answer, n -> n))
          : Verdict.at(0, "expected a refusal but was " + answer);
    } catch (SfnException e) {
      return recorded.object("expect").containsKey("response")
          ? Verdict.at(0, "refused: " + e.getMessage())
          : refused(e);
    } catch (UnsupportedOperationException e) {
      return Verdict.at(0, "TestState is not supported");
    }
  }
}
