package dev.polder.gateway.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Single values as text: in XML, form parameters, headers, paths and query strings.
public final class Scalars {
  private Scalars() {}

  /// Reads a member's value.
  ///
  /// @param times the format of timestamps for which the model names none
  /// @throws MalformedInputException if the text is not of the member's type
  public static Object parse(String text, Member member, Format times) {
    try {
      return switch (member.type()) {
        case STRING -> inHeader(member) && member.isJsonValue() ? unbase64(text) : text;
        case BOOLEAN -> bool(text, member);
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        case INSTANT ->
            Timestamps.parse(text, member.timestamp() == null ? times : member.timestamp());
        case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
        default -> throw new IllegalStateException("Not one value: " + member);
      };
    } catch (IllegalArgumentException e) {
      throw new MalformedInputException(
          "Expected " + article(member.type()) + " at '" + member.name() + "' but was " + text, e);
    }
  }

  /// Writes a value.
  ///
  /// @param times the format of timestamps for which the model names none
  public static String format(Object value, Member member, Format times) {
    return switch (value) {
      case Instant instant ->
          Timestamps.format(instant, member.timestamp() == null ? times : member.timestamp());
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
      case BigDecimal number -> number.toPlainString();
      case String text -> inHeader(member) && member.isJsonValue() ? base64(text) : text;
      default -> String.valueOf(value);
    };
  }

  private static boolean inHeader(Member member) {
    return member.location() == MarshallLocation.HEADER;
  }

  private static Boolean bool(String text, Member member) {
    if (text.equalsIgnoreCase("true")) {
      return Boolean.TRUE;
    }
    if (text.equalsIgnoreCase("false")) {
      return Boolean.FALSE;
    }
    throw new IllegalArgumentException(member.name());
  }

  private static String unbase64(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String article(MarshallingKnownType type) {
    return switch (type) {
      case INTEGER, INSTANT ->
          (type == MarshallingKnownType.INTEGER ? "an integer" : "a timestamp");
      case SDK_BYTES -> "base64";
      case SDK_POJO -> "a structure";
      default -> "a " + type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
