package dev.polder.dynamodb.item;

import java.math.BigDecimal;
import java.util.Map;

/// The size of values in bytes.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
final class ItemSize {
  private static final int DOCUMENT = 3;

  private ItemSize() {}

  static int of(Map<String, Value> attributes) {
    int size = 0;
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /// Lists and maps cost three bytes, and one for each element, besides what is in them.
  static int of(Value value) {
    return switch (value) {
      case Value.S s -> Utf8.length(s.value());
      case Value.N n -> number(n);
      case Value.B b -> b.length();
      case Value.BOOL _, Value.NULL _ -> 1;
      case Value.L l -> l.elements().stream().mapToInt(e -> 1 + of(e)).sum() + DOCUMENT;
      case Value.M m -> DOCUMENT + m.entries().size() + of(m.entries());
      case Value.SS ss -> ss.members().stream().mapToInt(Utf8::length).sum();
      case Value.NS ns -> ns.members().stream().mapToInt(ItemSize::number).sum();
      case Value.BS bs -> bs.members().stream().mapToInt(Value.B::length).sum();
    };
  }

  /// One byte, one for every two digits before the point and one for every two behind it, and one
  /// more below zero; zeros at either end do not count. As measured at the real service's limit.
  private static int number(Value.N n) {
    BigDecimal number = n.number().stripTrailingZeros();
    if (number.signum() == 0) {
      return 1;
    }
    int digits = number.precision();
    int behind = Math.clamp(number.scale(), 0, digits);
    int before = digits - behind;
    return 1 + (before + 1) / 2 + (behind + 1) / 2 + (number.signum() < 0 ? 1 : 0);
  }
}
