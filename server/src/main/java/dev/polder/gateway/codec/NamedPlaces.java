package dev.polder.gateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import software.amazon.awssdk.core.SdkBytes;

/// Names the member, the line and the column of what cannot be read.
final class NamedPlaces implements JsonReading {

  @Override
  public MalformedInputException unreadable(JsonProcessingException e) {
    var where = e.getLocation();
    String place =
        where == null
            ? ""
            : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    return new MalformedInputException(e.getOriginalMessage() + place, e);
  }

  @Override
  public MalformedInputException mismatch(JsonParser in, JsonToken found, Member expected) {
    return new MalformedInputException(
        "Expected "
            + Scalars.article(expected.type())
            + (expected.name().isEmpty() ? "" : " at '" + expected.name() + "'")
            + " but was "
            + describe(found)
            + at(in));
  }

  @Override
  public boolean truth(JsonParser in, Member member) {
    throw mismatch(in, JsonToken.VALUE_STRING, member);
  }

  @Override
  public SdkBytes bytes(JsonParser in) throws IOException {
    return SdkBytes.fromByteArrayUnsafe(in.getBinaryValue());
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> token.name();
    };
  }

  static String at(JsonParser in) {
    var where = in.currentTokenLocation();
    return " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }
}
