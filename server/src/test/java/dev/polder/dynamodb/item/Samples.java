package dev.polder.dynamodb.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Values for tests: of Java's own types, and at random.
public final class Samples {
  private static final String[] LETTERS = {"", "a", "b", "\0", "~", "é", "ÿ", "中", "￿", "😀"};

  private Samples() {}

  /// A value of a string, number, boolean, null, array of bytes, list, map or set.
  public static Value value(@Nullable Object of) {
    return switch (of) {
      case null -> Value.NULL;
      case Value value -> value;
      case String s -> new Value.S(s);
      case Number n -> Value.N.parse(n.toString());
      case Boolean b -> new Value.BOOL(b);
      case byte[] b -> new Value.B(b);
      case List<?> l -> new Value.L(l.stream().map(Samples::value).toList());
      case Map<?, ?> m -> new Value.M(entries(m));
      case Set<?> s -> set(s);
      default -> throw new IllegalArgumentException(of.toString());
    };
  }

  /// An item of names and values in turn.
  public static Item item(@Nullable Object... namesAndValues) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return new Item(attributes);
  }

  private static Map<String, Value> entries(Map<?, ?> of) {
    Map<String, Value> entries = new LinkedHashMap<>();
    of.forEach((name, value) -> entries.put(String.valueOf(name), value(value)));
    return entries;
  }

  private static Value set(Set<?> of) {
    List<Value> members = of.stream().map(Samples::value).sorted(Samples::byText).toList();
    return switch (members.getFirst()) {
      case Value.S _ ->
          Value.SS.of(members.stream().map(member -> ((Value.S) member).value()).toList());
      case Value.N _ ->
          Value.NS.of(members.stream().map(member -> ((Value.N) member).text()).toList());
      case Value _ -> Value.BS.of(members.stream().map(member -> (Value.B) member).toList());
    };
  }

  private static int byText(Value a, Value b) {
    return a.toString().compareTo(b.toString());
  }

  static String text(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  static Value.N number(RandomGenerator random) {
    int digits = 1 + random.nextInt(random.nextBoolean() ? 2 : 38);
    BigInteger unscaled = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      unscaled = unscaled.multiply(BigInteger.TEN).add(BigInteger.valueOf(random.nextInt(10)));
    }
    var integer = new BigDecimal(unscaled);
    int most = random.nextBoolean() ? 3 : 125;
    int exponent = random.nextInt(-most, most + 1);
    BigDecimal number = integer.scaleByPowerOfTen(exponent + 1 - integer.precision());
    return Value.N.of(random.nextBoolean() ? number : number.negate());
  }

  static Value.B binary(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(4)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
    }
    return new Value.B(bytes);
  }

  static Value any(RandomGenerator random, int depth) {
    return switch (Type.values()[random.nextInt(Type.values().length)]) {
      case S -> new Value.S(text(random));
      case N -> number(random);
      case B -> binary(random);
      case BOOL -> new Value.BOOL(random.nextBoolean());
      case NULL -> Value.NULL;
      case L -> depth == 0 ? Value.NULL : list(random, depth - 1);
      case M -> new Value.M(depth == 0 ? Map.of() : attributes(random, depth - 1));
      case SS -> new Value.SS(Set.of("x" + text(random), "y"));
      case NS -> new Value.NS(new LinkedHashSet<>(List.of(number(random), number(random))));
      case BS -> new Value.BS(Set.of(binary(random)));
    };
  }

  static Map<String, Value> attributes(RandomGenerator random, int depth) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      attributes.put(text(random), any(random, depth));
    }
    return attributes;
  }

  private static Value list(RandomGenerator random, int depth) {
    List<Value> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(any(random, depth));
    }
    return new Value.L(elements);
  }
}
