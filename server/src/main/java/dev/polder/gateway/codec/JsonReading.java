package dev.polder.gateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import software.amazon.awssdk.core.SdkBytes;

/// What services of AWS JSON do each in their own way where a value is not of its member's type.
public sealed interface JsonReading permits NamedPlaces, CoralReading {
  /// Takes what the types say, and names the place of everything else.
  JsonReading STRICT = new NamedPlaces();

  /// As DynamoDB's endpoint reads.
  JsonReading CORAL = new CoralReading();

  /// The refusal of a body that is no JSON object.
  MalformedInputException unreadable(JsonProcessingException e);

  /// The refusal of a value.
  MalformedInputException mismatch(JsonParser in, JsonToken found, Member expected);

  /// What a text says that stands for a truth value.
  ///
  /// @throws MalformedInputException if it says none
  boolean truth(JsonParser in, Member member) throws IOException;

  /// The bytes that a text encodes.
  ///
  /// @throws MalformedInputException if it is not base64
  SdkBytes bytes(JsonParser in) throws IOException;
}
