package dev.polder.examples.traffic.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Events as JSON, one object each, as they travel on the stream: numbers are strings or numbers
/// alike. Keys that the table does not have are passed over.
public final class EventJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(4096)
                  .maxNumberLength(64)
                  .build())
          .build();

  private EventJson() {}

  /// Reads one event.
  ///
  /// @param into receives the fields, unchecked
  /// @return why the text is no event; empty if it is one
  public static Optional<Verdict.Refused> read(String text, RawEvent into) {
    into.clear();
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return malformed("Expected a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Field field = Field.of(json.currentName());
        JsonToken value = json.nextToken();
        if (field == null) {
          json.skipChildren();
        } else if (value.isNumeric() || value == JsonToken.VALUE_STRING) {
          into.set(field, json.getText());
        } else if (value != JsonToken.VALUE_NULL) {
          return Optional.of(
              new Verdict.Refused(
                  "WrongType",
                  "Expected " + field.key() + " to be text or a number but was " + json.getText()));
        }
      }
      return json.nextToken() == null ? Optional.empty() : malformed("Expected one JSON object");
    } catch (IOException e) {
      return malformed(
          "Expected a JSON object: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /// The event as it travels: all numbers as strings except the time of measuring.
  public static String text(Event event) {
    StringWriter text = new StringWriter(1100);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (Field field : Field.ALL) {
        if (field == Field.TIJD_WAARNEMING) {
          json.writeNumberField(field.key(), event.number(field));
        } else {
          json.writeStringField(field.key(), event.text(field));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// The fields that were read, as JSON: what is kept of an event that is refused.
  public static String text(RawEvent raw) {
    StringWriter text = new StringWriter(1100);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (Field field : Field.ALL) {
        if (raw.has(field)) {
          json.writeStringField(field.key(), raw.text(field));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Optional<Verdict.Refused> malformed(String message) {
    return Optional.of(new Verdict.Refused("MalformedEvent", message));
  }
}
