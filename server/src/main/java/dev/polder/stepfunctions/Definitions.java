package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.DefinitionParser;
import dev.polder.stepfunctions.asl.ItemProcessor;
import dev.polder.stepfunctions.asl.Parsed;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.asl.StateMachineDefinition;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.Programs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Definitions that have been read, so that those in use are not read again for every turn.
final class Definitions implements Programs {
  private static final int KEPT = 500;

  private final Catalogue catalogue;
  private final Map<String, StateMachineDefinition> read = new Kept<>();
  private final Map<String, StateMachine.Logging> logging = new Kept<>();

  /// What was used last.
  private static final class Kept<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Kept() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > KEPT;
    }
  }

  Definitions(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// The definition of a revision.
  synchronized StateMachineDefinition of(StateMachine.Revision revision) {
    return read.computeIfAbsent(revision.key(), _ -> parse(revision.definition()));
  }

  // What was accepted once is accepted as long as it is stored; only Standard allows everything.
  private static StateMachineDefinition parse(String text) {
    return switch (DefinitionParser.parse(text, ItemProcessor.ExecutionType.STANDARD)) {
      case Parsed.Valid valid -> valid.definition();
      case Parsed.Invalid invalid ->
          throw new IllegalStateException("A stored definition is invalid: " + invalid.message());
    };
  }

  @Override
  public StateGraph graph(Scope scope, String machine, String revision, @Nullable String mapState) {
    StateMachineDefinition definition;
    synchronized (this) {
      definition = read.get(revision);
    }
    if (definition == null) {
      definition = of(catalogue.revisionOf(scope, machine, revision));
    }
    return mapState == null
        ? definition.graph()
        : mapState(definition.graph(), mapState)
            .orElseThrow(() -> new IllegalStateException("No Map state " + mapState))
            .itemProcessor()
            .graph();
  }

  /// What executions of a revision write to logs.
  synchronized StateMachine.Logging logging(Scope scope, String machine, String revision) {
    return logging.computeIfAbsent(
        revision, key -> catalogue.revisionOf(scope, machine, key).logging());
  }

  @Override
  public boolean hasActivity(Scope scope, String arn) {
    return Arn.parse(arn)
        .filter(parsed -> parsed.resource().startsWith("activity:"))
        .filter(parsed ->
            catalogue
                .activityCreated(
                    parsed.scope(scope), parsed.resource().substring("activity:".length()))
                .isPresent())
        .isPresent();
  }

  /// The Map state of an execution.
  State.MapState mapState(Execution execution, String name) {
    return mapState(execution.graph(), name)
        .orElseThrow(() -> new IllegalStateException("No Map state " + name));
  }

  /// A Map state anywhere in a graph.
  static Optional<State.MapState> mapState(StateGraph graph, String name) {
    for (State state : graph.states().values()) {
      if (state instanceof State.MapState map && map.name().equals(name)) {
        return Optional.of(map);
      }
      Optional<State.MapState> below =
          switch (state) {
            case State.MapState map -> mapState(map.itemProcessor().graph(), name);
            case State.Parallel parallel ->
                parallel.branches().stream()
                    .flatMap(branch -> mapState(branch, name).stream())
                    .findFirst();
            case State.Pass _, State.Task _, State.Choice _, State.Wait _ -> Optional.empty();
            case State.Succeed _, State.Fail _ -> Optional.empty();
          };
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }
}
