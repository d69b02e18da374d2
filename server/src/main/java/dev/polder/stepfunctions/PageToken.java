package dev.polder.stepfunctions;

import dev.polder.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Where a listing goes on: the key of the last item given, with a checksum so that a token of
/// one's own making is refused.
final class PageToken {
  private PageToken() {}

  static String of(Key last) {
    byte[] key = last.bytes();
    byte[] token = Arrays.copyOf(key, key.length + 4);
    int sum = checksum(key);
    for (int i = 0; i < 4; i++) {
      token[key.length + i] = (byte) (sum >>> (8 * i));
    }
    return Base64.getEncoder().encodeToString(token);
  }

  /// The key of a token; null for none.
  ///
  /// @param most characters of a token
  static @Nullable Key parse(@Nullable String text, int most) {
    if (text == null) {
      return null;
    }
    Constraints.length(text, "nextToken", 1, most);
    try {
      byte[] token = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] key = Arrays.copyOf(token, Math.max(0, token.length - 4));
      if (token.length > 4 && of(Key.decode(key)).equals(text)) {
        return Key.decode(key);
      }
    } catch (IllegalArgumentException e) {
      throw StepFunctionsErrors.invalidToken();
    }
    throw StepFunctionsErrors.invalidToken();
  }

  private static int checksum(byte[] key) {
    var sum = new CRC32();
    sum.update("polder".getBytes(StandardCharsets.UTF_8));
    sum.update(key);
    return (int) sum.getValue();
  }
}
