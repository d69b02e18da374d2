package dev.polder.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A validated state machine.
///
/// @param timeoutSeconds after which an execution times out, or null for no limit
/// @param variableReferences for each state with JSONata in it the variables it reads, as
///   DescribeStateMachine tells them
public record StateMachineDefinition(
    @Nullable String comment,
    @Nullable String version,
    QueryLanguage queryLanguage,
    @Nullable Long timeoutSeconds,
    StateGraph graph,
    Map<String, List<String>> variableReferences) {
  public StateMachineDefinition {
    variableReferences = Collections.unmodifiableMap(new LinkedHashMap<>(variableReferences));
  }
}
