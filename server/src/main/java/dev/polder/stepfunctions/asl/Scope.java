package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Templates;
import java.util.Set;

/// What the parsers of a state's parts share.
///
/// @param templates compiles expressions and notes the variables they mention
/// @param referenced those variables, sorted
record Scope(
    QueryLanguage language, Templates templates, Set<String> referenced, Findings findings) {

  boolean isJsonata() {
    return language == QueryLanguage.JSONATA;
  }
}
