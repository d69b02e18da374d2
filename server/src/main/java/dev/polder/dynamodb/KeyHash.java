package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Value;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The hash by whose order the real service scans: the first bits of an MD5 over the key's values
/// behind a fixed word. Found by dynalite from what the service answers:
/// https://github.com/architect/dynalite
final class KeyHash {
  private static final byte[] WORD = "Outliers".getBytes(StandardCharsets.US_ASCII);
  private static final int ZERO = 0x80;
  private static final int AFTER_EVERY_PAIR = 102;
  private static final int LONGEST_WITH_END = 20;

  private KeyHash() {}

  /// 32 bits.
  static long of(Stream<@Nullable Value> key) {
    try {
      MessageDigest sum = MessageDigest.getInstance("MD5");
      sum.update(WORD);
      key.forEach(value -> sum.update(bytes(value)));
      return ByteBuffer.wrap(sum.digest()).getInt() & 0xFFFF_FFFFL;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(@Nullable Value value) {
    return switch (value) {
      case Value.S s -> s.value().getBytes(StandardCharsets.UTF_8);
      case Value.B b -> b.bytes();
      case Value.N n -> number(n.number());
      case null, default -> new byte[0];
    };
  }

  /// Pairs of decimal digits, aligned to the point, behind their exponent; each plus one, or of a
  /// negative number taken from 101.
  private static byte[] number(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {(byte) ZERO};
    }
    boolean negative = number.signum() < 0;
    BigDecimal shortest = number.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale();
    boolean odd = exponent % 2 != 0;
    String digits = (odd ? "0" : "") + shortest.unscaledValue().abs();
    int first = Math.floorDiv(exponent + (odd ? 1 : 0), 2) - 64;
    var out = new ByteArrayOutputStream();
    out.write(negative ? ~first : first);
    for (int i = 0; i < digits.length(); i += 2) {
      int units = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      int pair = 10 * (digits.charAt(i) - '0') + units;
      out.write(negative ? 101 - pair : pair + 1);
    }
    if (negative && out.size() <= LONGEST_WITH_END) {
      out.write(AFTER_EVERY_PAIR);
    }
    return out.toByteArray();
  }
}
