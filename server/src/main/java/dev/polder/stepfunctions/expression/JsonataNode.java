package dev.polder.stepfunctions.expression;

import java.util.List;

/// A part of a JSONata expression, as far as references are concerned.
///
/// @param text the name, or the operator
/// @param end the position after the token that made the node
record JsonataNode(Kind kind, String text, int end, List<JsonataNode> children) {

  enum Kind {
    /// Anything without references.
    LITERAL,
    /// A field of the context item.
    NAME,
    VARIABLE,
    /// The second child sees the first as its context item: steps, predicates, groups, sorts.
    STEP,
    /// `$name := value`; the text is the name.
    ASSIGN,
    /// `@$name` or `#$name` after a step; the text is the name.
    FOCUS,
    BLOCK,
    /// The last child is the body, the others the parameters.
    LAMBDA,
    /// The first child is the function, the others are its arguments.
    CALL,
    /// Children with nothing between them: operators, conditions, arrays and objects.
    ALL
  }

  static JsonataNode leaf(Kind kind, String text, int end) {
    return new JsonataNode(kind, text, end, List.of());
  }
}
