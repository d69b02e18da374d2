package dev.polder.gateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;

/// Reads structures from JSON bodies. Members that the model does not know are passed over, as AWS
/// does; a JSON null is an absent member.
public final class JsonDecoder {
  private final JsonParser in;
  private final JsonReading reading;

  private JsonDecoder(JsonParser in, JsonReading reading) {
    this.in = in;
    this.reading = reading;
  }

  /// Fills a builder from a body; an empty body sets nothing.
  ///
  /// @throws MalformedInputException if the body is not one JSON object, or a value not of its
  ///   member's type
  public static void read(byte[] body, SdkPojo builder) {
    read(body, builder, JsonReading.STRICT);
  }

  /// Fills a builder from a body, in a service's way.
  ///
  /// @throws MalformedInputException if the body is not one JSON object, or a value not of its
  ///   member's type
  public static void read(byte[] body, SdkPojo builder, JsonReading reading) {
    if (body.length == 0) {
      return;
    }
    try (JsonParser parser = JsonEncoder.FACTORY.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new MalformedInputException("Start of structure or map found where not expected.");
      }
      new JsonDecoder(parser, reading).structure(builder);
      if (parser.nextToken() != null) {
        throw new MalformedInputException(
            "Unexpected text after the structure" + NamedPlaces.at(parser));
      }
    } catch (JsonProcessingException e) {
      throw reading.unreadable(e);
    } catch (CharConversionException e) {
      throw new MalformedInputException("The body is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void structure(SdkPojo builder) throws IOException {
    Shape shape = Shape.of(builder);
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Member member = shape.bodyMember(in.currentName());
      JsonToken token = in.nextToken();
      if (member == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        member.set(builder, value(token, member));
      }
    }
  }

  private @Nullable Object value(JsonToken token, Member member) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (member.type()) {
      case SDK_POJO -> {
        expect(token == JsonToken.START_OBJECT, token, member);
        SdkPojo nested = member.newBuilder();
        structure(nested);
        yield Member.build(nested);
      }
      case LIST -> {
        expect(token == JsonToken.START_ARRAY, token, member);
        yield list(member.element());
      }
      case MAP -> {
        expect(token == JsonToken.START_OBJECT, token, member);
        yield map(member.element());
      }
      case DOCUMENT -> document(token);
      default -> scalar(token, member);
    };
  }

  private List<@Nullable Object> list(Member element) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      values.add(value(t, element));
    }
    return values;
  }

  private Map<String, @Nullable Object> map(Member element) throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      values.put(key, value(in.nextToken(), element));
    }
    return values;
  }

  private Object scalar(JsonToken token, Member member) throws IOException {
    boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    boolean text = token == JsonToken.VALUE_STRING;
    return switch (member.type()) {
      case STRING -> {
        expect(text, token, member);
        yield in.getText();
      }
      case BOOLEAN -> {
        boolean truth = token == JsonToken.VALUE_TRUE;
        expect(truth || text || token == JsonToken.VALUE_FALSE, token, member);
        yield text ? reading.truth(in, member) : truth;
      }
      case SDK_BYTES -> {
        expect(text, token, member);
        yield reading.bytes(in);
      }
      case INSTANT -> {
        expect(number || text, token, member);
        yield text
            ? Timestamps.parse(in.getText(), member.timestamp())
            : Timestamps.fromEpoch(in.getDecimalValue(), member.timestamp());
      }
      case FLOAT, DOUBLE -> {
        // "NaN", "Infinity" and "-Infinity" have no JSON number and travel as strings.
        expect(number || text, token, member);
        yield real(text, member);
      }
      default -> {
        expect(number, token, member);
        yield whole(member);
      }
    };
  }

  private Object real(boolean text, Member member) throws IOException {
    try {
      double value = text ? Double.parseDouble(in.getText()) : in.getDoubleValue();
      return switch (member.type()) {
        case FLOAT -> (Object) (text ? (float) value : in.getFloatValue());
        default -> (Object) value;
      };
    } catch (NumberFormatException e) {
      throw new MalformedInputException(
          "Expected a number at '" + member.name() + "' but was a string" + NamedPlaces.at(in), e);
    }
  }

  private Object whole(Member member) throws IOException {
    return switch (member.type()) {
      case INTEGER -> in.getIntValue();
      case LONG -> in.getLongValue();
      case SHORT -> in.getShortValue();
      case BYTE -> in.getByteValue();
      case BIG_DECIMAL -> in.getDecimalValue();
      default -> throw new IllegalStateException("Not one value: " + member);
    };
  }

  private Document document(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> Document.fromNull();
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_STRING -> Document.fromString(in.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Document.fromNumber(in.getText());
      case START_ARRAY -> {
        List<Document> values = new ArrayList<>();
        for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
          values.add(document(t));
        }
        yield Document.fromList(values);
      }
      default -> {
        Map<String, Document> values = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String key = in.currentName();
          values.put(key, document(in.nextToken()));
        }
        yield Document.fromMap(values);
      }
    };
  }

  private void expect(boolean right, JsonToken found, Member member) {
    if (!right) {
      throw reading.mismatch(in, found, member);
    }
  }
}
