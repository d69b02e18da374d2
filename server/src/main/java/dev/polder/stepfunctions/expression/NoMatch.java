package dev.polder.stepfunctions.expression;

/// A path that leads nowhere in the data it was applied to. Whoever applied it says so in the words
/// of its field.
final class NoMatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean nothing;

  private NoMatch(String reason, boolean nothing) {
    super(reason, null, false, false);
    this.nothing = nothing;
  }

  /// @param reason in the words of the JSONPath library, which are those of the real service
  static NoMatch because(String reason) {
    return new NoMatch(reason, false);
  }

  /// There is no data at all. Worded alike for all fields.
  static NoMatch inNothing() {
    return new NoMatch("Unable to apply Path transformation to null or empty input.", true);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /// The failure of a field whose words are given.
  EvaluationFailure failure(String words) {
    return EvaluationFailure.runtime(nothing ? reason() : words);
  }
}
