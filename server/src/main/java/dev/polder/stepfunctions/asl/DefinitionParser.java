package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads definitions, and says all that is wrong with them.
public final class DefinitionParser {
  private static final Set<String> MACHINE =
      Set.of("Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage");
  private static final long LONGEST = 99_999_999;

  private DefinitionParser() {}

  /// Reads a definition of a standard state machine in JSON.
  public static Parsed parse(String text) {
    return parse(text, ItemProcessor.ExecutionType.STANDARD);
  }

  /// Reads a definition in JSON. Express state machines may not use all of the language.
  public static Parsed parse(String text, ItemProcessor.ExecutionType type) {
    var findings = new Findings();
    StateMachineDefinition definition = null;
    try {
      definition = machine(Json.parse(text), type, findings);
    } catch (Json.Malformed e) {
      findings.add(MalformedText.diagnostic(text, e));
    }
    return outcome(definition, findings, text);
  }

  /// Reads one state by itself, as TestState takes it. The definition has that state alone; where
  /// it leads does not matter.
  ///
  /// @param name what the state is to be called
  public static Parsed parseState(String name, String text) {
    var findings = new Findings();
    StateMachineDefinition definition = null;
    try {
      Fields state = Fields.of(Json.parse(text), "", findings);
      QueryLanguage language = Languages.of(state, QueryLanguage.JSONPATH);
      var graphs = new GraphParser(language, ItemProcessor.ExecutionType.STANDARD, true);
      State parsed = StateParser.parse(graphs, name, state, language);
      if (parsed != null) {
        definition =
            new StateMachineDefinition(
                null,
                null,
                language,
                null,
                new StateGraph(name, Map.of(name, parsed)),
                graphs.references());
      }
    } catch (Json.Malformed e) {
      findings.add(MalformedText.diagnostic(text, e));
    }
    return outcome(definition, findings, text);
  }

  private static @Nullable StateMachineDefinition machine(
      @Nullable Object written, ItemProcessor.ExecutionType type, Findings findings) {
    if (written == null) {
      findings.report("MISSING_DESCRIPTION", "State machine definition is missing", "");
      return null;
    }
    Fields machine = Fields.of(written, "", findings);
    if (findings.hasErrors()) {
      return null;
    }
    machine.refuseOthers(MACHINE);
    QueryLanguage language = Languages.of(machine, QueryLanguage.JSONPATH);
    Long timeout = machine.whole("TimeoutSeconds", 1, LONGEST);
    var graphs = new GraphParser(language, type, false);
    StateGraph graph = graphs.parse(machine);
    Warnings.find(machine, language);
    return new StateMachineDefinition(
        machine.text("Comment"),
        machine.text("Version"),
        language,
        timeout,
        graph,
        graphs.references());
  }

  private static Parsed outcome(
      @Nullable StateMachineDefinition definition, Findings findings, String text) {
    List<Diagnostic> all = findings.list();
    return definition == null || findings.hasErrors()
        ? new Parsed.Invalid(all, message(all, text))
        : new Parsed.Valid(definition, all);
  }

  private static String message(List<Diagnostic> all, String text) {
    for (Diagnostic each : all) {
      if (each.code().equals(Labels.CODE)) {
        return Labels.createMessage(each, text);
      }
    }
    return all.stream()
        .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
        .map(Diagnostic::described)
        .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
  }
}
