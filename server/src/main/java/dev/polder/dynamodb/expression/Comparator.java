package dev.polder.dynamodb.expression;

/// The comparisons of two values.
public enum Comparator {
  EQ("="),
  NE("<>"),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">=");

  private final String sign;

  Comparator(String sign) {
    this.sign = sign;
  }

  /// The comparison as expressions write it.
  public String sign() {
    return sign;
  }

  /// The comparison with its operands exchanged.
  public Comparator flipped() {
    return switch (this) {
      case EQ, NE -> this;
      case LT -> GT;
      case LE -> GE;
      case GT -> LT;
      case GE -> LE;
    };
  }

  /// Whether the comparison is by order, which only strings, numbers and binaries have.
  public boolean ordering() {
    return this != EQ && this != NE;
  }

  boolean holds(int order) {
    return switch (this) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  static Comparator of(String sign) {
    for (Comparator comparator : values()) {
      if (comparator.sign.equals(sign)) {
        return comparator;
      }
    }
    throw new IllegalArgumentException(sign);
  }
}
