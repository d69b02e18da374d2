package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.ChoiceRule;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a state machine. Data flows through every state alike (see [DataFlow]); what a state
/// *does* with it differs.
public sealed interface State {
  /// What all states have in common.
  Header header();

  /// How input, result and output of the state are shaped, and the variables it assigns.
  DataFlow flow();

  /// The state's name, unique in the machine.
  default String name() {
    return header().name();
  }

  /// What tries again when the state fails, in order; few states have any.
  default List<Retrier> retriers() {
    return List.of();
  }

  /// What takes the errors that are left, in order; few states have any.
  default List<Catcher> catchers() {
    return List.of();
  }

  /// Name and place of a state.
  ///
  /// @param location the JSON Pointer of the state in the definition
  record Header(
      String name, String location, @Nullable String comment, QueryLanguage queryLanguage) {}

  /// Hands on its input, or a fixed or computed result.
  ///
  /// @param result the `Result` field, or null for none
  record Pass(Header header, DataFlow flow, @Nullable Expression result, Transition transition)
      implements State {
    /// Output and assignments.
    public Outcome outcome(Data data) {
      return flow.leave(data, result == null ? flow.arguments(data) : result.evaluate(data));
    }
  }

  /// Has work done: a function, an activity, or a call to a service.
  ///
  /// @param timeout seconds, null for the default
  /// @param heartbeat seconds, null for none
  /// @param roleArn the role of `Credentials`, null for the machine's own
  record Task(
      Header header,
      DataFlow flow,
      Resource resource,
      @Nullable Quantity timeout,
      @Nullable Quantity heartbeat,
      @Nullable Expression roleArn,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Transition transition)
      implements State {
    public Task {
      retriers = List.copyOf(retriers);
      catchers = List.copyOf(catchers);
    }
  }

  /// Goes where the first rule that holds leads.
  ///
  /// @param otherwise the `Default` state, or null: then no match is the error
  ///   `States.NoChoiceMatched`
  record Choice(Header header, DataFlow flow, List<Branch> branches, @Nullable String otherwise)
      implements State {
    public Choice {
      branches = List.copyOf(branches);
    }

    /// Where the data lead.
    ///
    /// @throws dev.polder.stepfunctions.expression.EvaluationFailure also where no rule holds and
    ///   there is no default
    public Selection select(Data data) {
      return Choices.select(this, data);
    }

    /// The next state, its input, and what has been assigned on the way.
    public record Selection(String next, Outcome outcome) {}

    /// A rule and where it leads.
    ///
    /// @param flow output and assignments that replace those of the state when the rule holds
    public record Branch(ChoiceRule rule, DataFlow flow, String next) {}
  }

  /// Waits for a time span or until a moment.
  record Wait(Header header, DataFlow flow, Delay delay, Transition transition) implements State {}

  /// Ends its graph with success.
  record Succeed(Header header, DataFlow flow) implements State {}

  /// Ends the execution with an error.
  record Fail(Header header, DataFlow flow, @Nullable Expression error, @Nullable Expression cause)
      implements State {
    /// The error that the execution fails with.
    public Failure failure(Data data) {
      return Failures.of(this, data);
    }

    /// Name and cause of an error; null where the definition gives none.
    public record Failure(@Nullable String error, @Nullable String cause) {}
  }

  /// Runs several graphs at once on the same input.
  record Parallel(
      Header header,
      DataFlow flow,
      List<StateGraph> branches,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Transition transition)
      implements State {
    public Parallel {
      branches = List.copyOf(branches);
      retriers = List.copyOf(retriers);
      catchers = List.copyOf(catchers);
    }
  }

  /// Runs one graph for each of many items.
  ///
  /// @param items `ItemsPath` or `Items`; null: the input itself is the array
  /// @param itemsPath `ItemsPath` as errors quote it
  /// @param itemSelector `ItemSelector`, or `Parameters` in the older form; null: the item as is
  /// @param maxConcurrency null or 0 for no limit of its own
  /// @param label the name of map runs, null for a random one
  record MapState(
      Header header,
      DataFlow flow,
      @Nullable Expression items,
      String itemsPath,
      @Nullable ItemReader itemReader,
      @Nullable Expression itemSelector,
      @Nullable ItemBatcher itemBatcher,
      ItemProcessor itemProcessor,
      @Nullable ResultWriter resultWriter,
      @Nullable Quantity maxConcurrency,
      @Nullable Quantity toleratedFailureCount,
      @Nullable Quantity toleratedFailurePercentage,
      @Nullable String label,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Transition transition)
      implements State {
    public MapState {
      retriers = List.copyOf(retriers);
      catchers = List.copyOf(catchers);
    }

    /// The items of a state without an item reader.
    public MapItems items(Data data) {
      return MapItems.of(this, data);
    }

    /// The input of one iteration.
    ///
    /// @param data of the Map state itself
    /// @param context the context object of the Map state; given the item here
    public @Nullable Object itemInput(Data data, ContextObject context, ContextObject.Item item) {
      if (itemSelector == null) {
        return item.key() == null ? item.value() : item.pair();
      }
      Data entered = data.withInput(flow.input(data));
      return itemSelector.evaluate(entered.withContext(context.with(item)));
    }
  }
}
