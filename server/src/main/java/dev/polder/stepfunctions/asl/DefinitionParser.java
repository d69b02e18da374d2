package dev.polder.stepfunctions.asl;

import java.util.List;

/// Reads definitions.
public final class DefinitionParser {
  private DefinitionParser() {}

  /// Reads a definition of a standard state machine in JSON.
  public static Parsed parse(String text) {
    return parse(text, ItemProcessor.ExecutionType.STANDARD);
  }

  /// Reads a definition in JSON. Express state machines may not use all of the language.
  public static Parsed parse(String text, ItemProcessor.ExecutionType type) {
    return new Parsed.Invalid(List.of(), text);
  }

  /// Reads a definition in YAML, as files may have it.
  public static Parsed parseYaml(String text) {
    return new Parsed.Invalid(List.of(), text);
  }
}
