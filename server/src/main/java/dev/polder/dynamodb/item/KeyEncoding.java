package dev.polder.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a key attribute, whose unsigned order is DynamoDB's order of the values: strings by
/// their UTF-8, binaries by their bytes, numbers by magnitude.
///
/// A number is a sign (1 negative, 2 zero, 3 positive), the exponent of its first digit plus 130,
/// and its digits in pairs, each plus one. Exponent and pairs of negative numbers are complemented,
/// and a last byte above every pair makes the shorter of two the greater.
public final class KeyEncoding {
  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;
  private static final int AFTER_EVERY_PAIR = 102;

  private KeyEncoding() {}

  /// The bytes of a string, number or binary, to be used as one `byte[]` part of a key.
  ///
  /// @throws IllegalArgumentException for a type that cannot be a key
  public static byte[] bytes(Value value) {
    return switch (value) {
      case Value.S s -> s.value().getBytes(StandardCharsets.UTF_8);
      case Value.N n -> number(n.number());
      case Value.B b -> b.bytes().clone();
      case Value.BOOL _, Value.NULL _, Value.L _, Value.M _, Value.SS _, Value.NS _, Value.BS _ ->
          throw new IllegalArgumentException("Not a key: " + value.type());
    };
  }

  /// The least byte string that is greater than these bytes.
  public static byte[] after(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /// The least byte string that is greater than every one that begins with these bytes; empty where
  /// there is none.
  public static Optional<byte[]> afterPrefix(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return Optional.empty();
    }
    byte[] after = Arrays.copyOf(prefix, length);
    after[length - 1]++;
    return Optional.of(after);
  }

  private static byte[] number(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {ZERO};
    }
    boolean negative = number.signum() < 0;
    int exponent = Numbers.exponent(number) - Numbers.MIN_EXPONENT;
    String digits = number.unscaledValue().abs().toString();
    int length = significant(digits);
    var out = new ByteArrayOutputStream(3 + (length + 1) / 2);
    out.write(negative ? NEGATIVE : POSITIVE);
    out.write(negative ? 255 - exponent : exponent);
    for (int i = 0; i < length; i += 2) {
      int pair = 10 * (digits.charAt(i) - '0') + (i + 1 < length ? digits.charAt(i + 1) - '0' : 0);
      out.write(negative ? 101 - pair : pair + 1);
    }
    if (negative) {
      out.write(AFTER_EVERY_PAIR);
    }
    return out.toByteArray();
  }

  private static int significant(String digits) {
    int length = digits.length();
    while (length > 1 && digits.charAt(length - 1) == '0') {
      length--;
    }
    return length;
  }
}
