package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;

/// How numbers of a definition are read.
final class Quantities {
  private Quantities() {}

  static long whole(Quantity quantity, Data data) {
    return (long) decimal(quantity, data);
  }

  static double decimal(Quantity quantity, Data data) {
    return quantity.value().evaluate(data) instanceof Number n ? n.doubleValue() : 0;
  }
}
