package dev.polder.gateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/// Reads as DynamoDB's endpoint does: with the words of the framework beneath it, which speak of
/// its Java types. A body that is no JSON is refused without a word.
final class CoralReading implements JsonReading {
  private static final String SHAPES = "com.amazonaws.dynamodb.v20120810.";
  private static final String STRUCTURE = "Start of structure or map found where not expected";
  private static final String COLLECTION = "Unrecognized collection type ";
  // The misspelling is the service's.
  private static final String BAD_BASE64 = "Invalid last non-pad Base64 character dectected";
  private static final String NO_CLASS =
      "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class"
          + " java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and"
          + " java.lang.Class are in module java.base of loader 'bootstrap')";

  @Override
  public MalformedInputException unreadable(JsonProcessingException e) {
    return new MalformedInputException("", e);
  }

  @Override
  public MalformedInputException mismatch(JsonParser in, JsonToken found, Member expected) {
    return new MalformedInputException(
        switch (found) {
          case START_OBJECT -> STRUCTURE;
          case START_ARRAY -> COLLECTION + collection(expected);
          default -> scalar(found, expected);
        });
  }

  private static String scalar(JsonToken found, Member expected) {
    boolean element = expected.modelName().isEmpty();
    return switch (expected.type()) {
      case SDK_POJO -> element ? "Unexpected value type in payload" : "Unexpected field type";
      case LIST, MAP -> element ? NO_CLASS : "Unexpected field type";
      case SDK_BYTES -> "only base-64-encoded strings are convertible to bytes";
      default -> token(found) + " cannot be converted to " + simple(expected.type());
    };
  }

  private static String token(JsonToken found) {
    return switch (found) {
      case VALUE_NUMBER_INT -> "NUMBER_VALUE";
      case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      default -> found.name();
    };
  }

  private static String simple(MarshallingKnownType type) {
    String name = type.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String collection(Member expected) {
    return expected.isMap() ? type(expected) : "class " + type(expected);
  }

  /// A member's Java type in the service.
  private static String type(Member member) {
    return switch (member.type()) {
      case SDK_POJO -> SHAPES + member.newBuilder().getClass().getEnclosingClass().getSimpleName();
      case LIST -> "java.util.List<" + type(member.element()) + ">";
      case MAP -> "java.util.Map<java.lang.String, " + type(member.element()) + ">";
      case SDK_BYTES -> "java.nio.ByteBuffer";
      default -> "java.lang." + simple(member.type());
    };
  }

  @Override
  public boolean truth(JsonParser in, Member member) throws IOException {
    return switch (in.getText().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw new MalformedInputException("Unexpected token received from parser");
    };
  }

  @Override
  public SdkBytes bytes(JsonParser in) throws IOException {
    String text = in.getText();
    if (text.length() % 4 != 0) {
      throw new MalformedInputException(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    byte[] bytes = decoded(text);
    if (!isCanonical(text, bytes)) {
      throw new MalformedInputException(BAD_BASE64);
    }
    return SdkBytes.fromByteArrayUnsafe(bytes);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedInputException(BAD_BASE64, e);
    }
  }

  /// Whether the bits that the last bytes leave over are zero.
  private static boolean isCanonical(String text, byte[] bytes) {
    int left = bytes.length % 3;
    if (left == 0) {
      return true;
    }
    byte[] last = new byte[left];
    System.arraycopy(bytes, bytes.length - left, last, 0, left);
    return text.endsWith(Base64.getEncoder().encodeToString(last));
  }
}
