package dev.polder.stepfunctions.asl;

import java.util.Set;

/// Reads `QueryLanguage`.
final class Languages {
  private static final Set<String> NAMES = Set.of("JSONPath", "JSONata");

  private Languages() {}

  /// Only the exact word `JSONPath` means JSONPath; whatever else is written is reported and taken
  /// for JSONata (observed).
  static QueryLanguage of(Fields fields, QueryLanguage inherited) {
    if (!fields.has("QueryLanguage")) {
      return inherited;
    }
    return "JSONPath".equals(fields.word("QueryLanguage", NAMES))
        ? QueryLanguage.JSONPATH
        : QueryLanguage.JSONATA;
  }
}
