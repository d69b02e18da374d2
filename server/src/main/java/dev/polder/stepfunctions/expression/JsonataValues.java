package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what the JSONata library gives into JSON values.
final class JsonataValues {
  /// No value at all.
  static final Object UNDEFINED = new Object();

  private static final double EXACT = 1L << 53;
  private static final double PLAIN = 1e21;

  private JsonataValues() {}

  /// Functions are not values: alone they are undefined, in objects they vanish, in arrays they are
  /// null.
  static @Nullable Object plain(@Nullable Object raw) {
    return switch (raw) {
      case null -> UNDEFINED;
      case String text -> text;
      case Boolean truth -> truth;
      case Double number -> number(number);
      case Number number -> number;
      case Map<?, ?> map -> object(map);
      case List<?> list -> list(list);
      default -> raw == Jsonata.NULL_VALUE ? null : UNDEFINED;
    };
  }

  /// Great whole numbers are written in full, as JavaScript does.
  private static Number number(Double number) {
    double size = Math.abs(number);
    return size >= EXACT && size < PLAIN && number == Math.rint(number)
        ? (Number) new BigDecimal(number).toBigInteger()
        : number;
  }

  private static Object object(Map<?, ?> map) {
    Map<String, @Nullable Object> object = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((name, value) -> {
      Object member = value == null ? null : plain(value);
      if (member != UNDEFINED) {
        object.put(String.valueOf(name), member);
      }
    });
    return object;
  }

  private static Object list(List<?> list) {
    List<@Nullable Object> plain = new ArrayList<>(list.size());
    for (Object element : list) {
      Object member = element == null ? null : plain(element);
      plain.add(member == UNDEFINED ? null : member);
    }
    return plain;
  }
}
