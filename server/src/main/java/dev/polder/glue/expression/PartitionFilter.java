package dev.polder.glue.expression;

import java.util.List;

/// What an expression of GetPartitions selects. See the `Expression` member on
/// https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
public final class PartitionFilter {
  private final Condition condition;

  private PartitionFilter(Condition condition) {
    this.condition = condition;
  }

  /// Reads an expression over the keys of a table.
  ///
  /// @param text not blank; a blank expression means no filter and is the caller's matter
  /// @throws InvalidExpressionException if it is malformed, names an unknown column, or compares a
  ///   key with something that is not of its type
  public static PartitionFilter of(String text, List<PartitionKey> keys) {
    if (keys.isEmpty()) {
      throw new InvalidExpressionException("Invalid partition expression!");
    }
    return new PartitionFilter(Parser.parse(text, keys));
  }

  /// What is decided for every partition whose leading values are these.
  ///
  /// @throws InvalidValueException if a value compared is not of its key's type
  public Truth test(List<String> leading) {
    return condition.test(leading);
  }
}
