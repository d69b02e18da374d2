package dev.polder.stepfunctions.asl;

import java.util.ArrayList;
import java.util.List;

/// One way out of a state.
///
/// @param location of the field that names the target
record Leads(String target, String location) {

  /// All ways out of a state, in the order written.
  static List<Leads> of(State state) {
    String at = state.header().location();
    return switch (state) {
      case State.Pass s -> next(s.transition(), at);
      case State.Wait s -> next(s.transition(), at);
      case State.Task s -> with(s.catchers(), next(s.transition(), at), at);
      case State.Parallel s -> with(s.catchers(), next(s.transition(), at), at);
      case State.MapState s -> with(s.catchers(), next(s.transition(), at), at);
      case State.Choice s -> choices(s, at);
      case State.Succeed s -> List.of();
      case State.Fail s -> List.of();
    };
  }

  /// Whether the state ends its graph.
  static boolean ends(State state) {
    return switch (state) {
      case State.Pass s -> s.transition() instanceof Transition.End;
      case State.Wait s -> s.transition() instanceof Transition.End;
      case State.Task s -> s.transition() instanceof Transition.End;
      case State.Parallel s -> s.transition() instanceof Transition.End;
      case State.MapState s -> s.transition() instanceof Transition.End;
      case State.Choice s -> false;
      case State.Succeed s -> true;
      case State.Fail s -> true;
    };
  }

  private static List<Leads> next(Transition transition, String at) {
    return switch (transition) {
      case Transition.Next next -> List.of(new Leads(next.state(), at + "/Next"));
      case Transition.End end -> List.of();
    };
  }

  private static List<Leads> with(List<Catcher> catchers, List<Leads> first, String at) {
    List<Leads> all = new ArrayList<>(first);
    for (int i = 0; i < catchers.size(); i++) {
      all.add(new Leads(catchers.get(i).next(), at + "/Catch[" + i + "]/Next"));
    }
    return all;
  }

  private static List<Leads> choices(State.Choice choice, String at) {
    List<Leads> all = new ArrayList<>();
    for (int i = 0; i < choice.branches().size(); i++) {
      all.add(new Leads(choice.branches().get(i).next(), at + "/Choices[" + i + "]/Next"));
    }
    if (choice.otherwise() != null) {
      all.add(new Leads(choice.otherwise(), at + "/Default"));
    }
    return all;
  }
}
