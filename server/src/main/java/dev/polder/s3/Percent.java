package dev.polder.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent escapes as URIs have them; a plus is a plus.
final class Percent {
  private Percent() {}

  /// The text without its escapes.
  ///
  /// @throws IllegalArgumentException if an escape is cut short or the bytes are not UTF-8
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(from.length);
    for (int i = 0; i < from.length; i++) {
      if (from[i] != '%') {
        bytes.write(from[i]);
      } else if (i + 2 <= from.length - 1) {
        bytes.write(digit(from[i + 1]) << 4 | digit(from[i + 2]));
        i += 2;
      } else {
        throw new IllegalArgumentException("An escape is cut short");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static int digit(byte character) {
    int digit = Character.digit(character, 16);
    if (digit < 0) {
      throw new IllegalArgumentException("Not a hexadecimal digit: " + (char) character);
    }
    return digit;
  }
}
