package dev.polder.s3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A place in a listing as a text that callers hand back unread.
final class PageToken {
  private PageToken() {}

  static String encode(Listing.Position position) {
    String text = (position.group().isEmpty() ? "k" : "g") + position.after();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static Listing.Position decode(String token) {
    String text = text(token);
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case 'k' -> new Listing.Position(text.substring(1), "");
      case 'g' -> new Listing.Position(text.substring(1), text.substring(1));
      default -> throw S3Errors.invalidArgument("The continuation token provided is incorrect");
    };
  }

  private static String text(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw S3Errors.because(
          e, S3Errors.invalidArgument("The continuation token provided is incorrect"));
    }
  }
}
