package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import dev.polder.kernel.Digests;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The hash by whose order the real service scans: the first bits of an MD5 over the key's values
/// behind a fixed word. Found by dynalite from what the service answers:
/// https://github.com/architect/dynalite
final class KeyHash {
  private static final int ZERO = 0x80;
  private static final int AFTER_EVERY_PAIR = 102;
  private static final int LONGEST_WITH_END = 20;

  // The sum over the word, from which every hash goes on; only ever copied.
  private static final MessageDigest BEGUN = begun();

  // The latest sums: an item's key is hashed for the table and for each of its indexes, an index's
  // for all of a partition.
  private static final @Nullable Known[] KNOWN = new Known[1024];
  private static final int LONGEST_KNOWN = 128;

  private record Known(Value.S text, long hash) {}

  private KeyHash() {}

  private static MessageDigest begun() {
    MessageDigest sum = Digests.of("MD5");
    sum.update("Outliers".getBytes(StandardCharsets.US_ASCII));
    return sum;
  }

  /// 32 bits for a partition key.
  static long of(@Nullable Value partition) {
    if (!(partition instanceof Value.S text) || text.value().length() > LONGEST_KNOWN) {
      return computed(partition);
    }
    // Written without a lock: whoever comes too late computes it again.
    int place = text.hashCode() & (KNOWN.length - 1);
    Known known = KNOWN[place];
    if (known == null || !known.text.equals(text)) {
      known = new Known(text, computed(text));
      KNOWN[place] = known;
    }
    return known.hash;
  }

  private static long computed(@Nullable Value partition) {
    MessageDigest sum = begin();
    sum.update(bytes(partition));
    return end(sum);
  }

  /// 32 bits for the whole key of an item.
  static long of(Item item, KeySchema key) {
    if (key.size() == 1) {
      return of(item.attribute(key.partition().name()));
    }
    MessageDigest sum = begin();
    key.attributes().forEach(each -> sum.update(bytes(item.attribute(each.name()))));
    return end(sum);
  }

  private static MessageDigest begin() {
    try {
      return (MessageDigest) BEGUN.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long end(MessageDigest sum) {
    return ByteBuffer.wrap(sum.digest()).getInt() & 0xFFFF_FFFFL;
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
