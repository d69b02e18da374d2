package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import dev.polder.stepfunctions.expression.JsonType;
import dev.polder.stepfunctions.expression.Templates;
import dev.polder.stepfunctions.expression.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads one state.
final class StateParser {
  private static final long LONGEST = 99_999_999;
  private static final Set<String> BRANCH = Set.of("StartAt", "States", "Comment");

  private final GraphParser graphs;
  private final Fields state;
  private final State.Header header;
  private final Scope scope;
  private final FlowParser flows;

  private StateParser(GraphParser graphs, String name, Fields state, QueryLanguage language) {
    this.graphs = graphs;
    this.state = state;
    Set<String> referenced = new TreeSet<>();
    this.scope =
        new Scope(
            language, new Templates(state.findings(), referenced), referenced, state.findings());
    this.flows = new FlowParser(scope);
    this.header = new State.Header(name, state.location(), state.text("Comment"), language);
  }

  /// The state, or null where not even its type is known.
  static @Nullable State parse(
      GraphParser graphs, String name, Fields state, QueryLanguage language) {
    if (!state.require("Type")) {
      return null;
    }
    StateType type = StateType.named(state.word("Type", StateType.names()));
    if (type == null) {
      return null;
    }
    type.check(state, language);
    var parser = new StateParser(graphs, name, state, language);
    State parsed = parser.parse(type);
    graphs.referenced(name, parser.scope.referenced());
    return parsed;
  }

  private @Nullable State parse(StateType type) {
    return switch (type) {
      case PASS -> pass();
      case TASK -> task();
      case CHOICE -> new ChoiceParser(scope, flows).parse(state, header);
      case WAIT -> waiting();
      case SUCCEED -> new State.Succeed(header, flows.state(state));
      case FAIL -> fail();
      case PARALLEL -> parallel();
      case MAP -> new MapParser(scope, flows, graphs).parse(state, header, transition());
    };
  }

  private State pass() {
    Expression result = state.has("Result") ? Expression.of(state.value("Result")) : null;
    return new State.Pass(header, flows.state(state), result, transition());
  }

  private @Nullable State task() {
    state.require("Resource");
    Resource resource = ResourceParser.parse(state);
    graphs.checkExpress(resource, state);
    var numbers = new QuantityParser(scope);
    var handling = new ErrorHandlingParser(scope, flows);
    Quantity timeout = numbers.parse(state, "TimeoutSeconds", "", 1, LONGEST);
    Quantity heartbeat = numbers.parse(state, "HeartbeatSeconds", "", 1, LONGEST);
    if (timeout != null
        && heartbeat != null
        && state.value("TimeoutSeconds") instanceof Number most
        && state.value("HeartbeatSeconds") instanceof Number each
        && each.doubleValue() >= most.doubleValue()) {
      scope
          .findings()
          .schema("HeartbeatSeconds must be smaller than TimeoutSeconds", state.location());
    }
    Expression role = state.has("Credentials") ? role(state.object("Credentials")) : null;
    DataFlow flow = flows.state(state);
    List<Retrier> retriers = handling.retriers(state);
    List<Catcher> catchers = handling.catchers(state);
    Transition transition = transition();
    return resource == null
        ? null
        : new State.Task(
            header, flow, resource, timeout, heartbeat, role, retriers, catchers, transition);
  }

  private @Nullable Expression role(Fields credentials) {
    if (!scope.isJsonata() && credentials.value("RoleArn.$") instanceof String path) {
      return scope.templates().pathOrCall(path, "RoleArn.$", credentials.location());
    }
    if (!credentials.has("RoleArn")) {
      scope
          .findings()
          .schema("The field 'RoleArn' is required but was missing", credentials.location());
      return null;
    }
    return scope.isJsonata()
        ? scope
            .templates()
            .jsonata(
                credentials.value("RoleArn"),
                "Credentials/RoleArn",
                credentials.at("RoleArn"),
                JsonType.STRING)
        : Expression.of(credentials.text("RoleArn"));
  }

  private State waiting() {
    Delay delay = new Delay.Seconds(Expression.of(0), null);
    List<String> given =
        List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream()
            .filter(state::has)
            .toList();
    if (given.size() != 1) {
      scope
          .findings()
          .schema(
              "Exactly one of 'Seconds', 'SecondsPath', 'Timestamp' and 'TimestampPath' is required",
              state.location());
    } else {
      delay = delay(given.getFirst());
    }
    return new State.Wait(header, flows.state(state), delay, transition());
  }

  private Delay delay(String field) {
    Object written = state.value(field);
    Expression value = null;
    if (field.endsWith("Path")) {
      boolean path = flows.referencePath(state, field) != null;
      value = path ? scope.templates().parameter(String.valueOf(written), field) : null;
    } else if (scope.isJsonata() && written instanceof String text && text.startsWith("{%")) {
      JsonType type = field.equals("Seconds") ? JsonType.NUMBER : JsonType.STRING;
      value = scope.templates().jsonata(written, field, state.at(field), type);
    } else if (field.equals("Seconds")) {
      value = Expression.of(state.whole(field, 0, LONGEST));
    } else {
      value = Expression.of(moment(field));
    }
    Expression known = value == null ? Expression.of(0) : value;
    String path = field.endsWith("Path") ? String.valueOf(written) : null;
    return field.startsWith("Seconds")
        ? new Delay.Seconds(known, path)
        : new Delay.Timestamp(known, path);
  }

  private @Nullable String moment(String field) {
    String text = state.text(field);
    if (text != null && Timestamps.strict(text) == null) {
      scope.findings().schema("String does not match RFC3339 timestamp", state.at(field));
    }
    return text;
  }

  private State fail() {
    state.refuseBoth("Error", "ErrorPath");
    state.refuseBoth("Cause", "CausePath");
    return new State.Fail(header, flows.state(state), words("Error"), words("Cause"));
  }

  private @Nullable Expression words(String field) {
    String path = field + "Path";
    if (state.has(path)) {
      String text = state.text(path);
      return text == null ? null : scope.templates().pathOrCall(text, path, state.at(path));
    }
    if (!state.has(field)) {
      return null;
    }
    return scope.isJsonata()
        ? scope.templates().jsonata(state.text(field), field, state.at(field), JsonType.STRING)
        : Expression.of(state.text(field));
  }

  private State parallel() {
    if (state.require("Branches") && state.list("Branches").isEmpty()) {
      scope.findings().schema("Array must have at least 1 items", state.at("Branches"));
    }
    List<StateGraph> branches = new ArrayList<>();
    for (Fields branch : state.objects("Branches")) {
      branch.refuseOthers(BRANCH);
      branches.add(graphs.parse(branch));
    }
    var handling = new ErrorHandlingParser(scope, flows);
    return new State.Parallel(
        header,
        flows.state(state),
        branches,
        handling.retriers(state),
        handling.catchers(state),
        transition());
  }

  private Transition transition() {
    state.refuseBoth("Next", "End");
    Boolean end = state.truth("End");
    String next = state.text("Next");
    if (next != null) {
      return new Transition.Next(next);
    }
    if (!Boolean.TRUE.equals(end) && !graphs.isSingleState()) {
      scope.findings().schema("Either 'Next' or 'End' must be defined", state.location());
    }
    return new Transition.End();
  }
}
