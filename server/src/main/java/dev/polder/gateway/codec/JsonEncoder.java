package dev.polder.gateway.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Writes structures as JSON bodies.
public final class JsonEncoder {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxStringLength(100_000_000)
                  .maxNumberLength(1000)
                  .maxNameLength(100_000)
                  .build())
          .build();

  private final JsonGenerator out;

  private JsonEncoder(JsonGenerator out) {
    this.out = out;
  }

  /// The body members of a structure as one object.
  public static byte[] write(SdkPojo pojo) {
    return write(Map.of(), pojo);
  }

  /// Texts, then the body members of a structure, as one object.
  public static byte[] write(Map<String, String> before, SdkPojo... pojos) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      generator.writeStartObject();
      for (var text : before.entrySet()) {
        generator.writeStringField(text.getKey(), text.getValue());
      }
      var encoder = new JsonEncoder(generator);
      for (SdkPojo pojo : pojos) {
        encoder.members(pojo);
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void structure(SdkPojo pojo) throws IOException {
    out.writeStartObject();
    members(pojo);
    out.writeEndObject();
  }

  private void members(SdkPojo pojo) throws IOException {
    for (Member member : Shape.of(pojo).members()) {
      if (member.location() == MarshallLocation.PAYLOAD) {
        Object value = member.present(pojo);
        if (value != null) {
          out.writeFieldName(member.answerName());
          value(value, member);
        }
      }
    }
  }

  private void value(Object value, Member member) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Boolean bool -> out.writeBoolean(bool);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Short number -> out.writeNumber(number);
      case Byte number -> out.writeNumber(number.shortValue());
      case Float number when Float.isFinite(number) -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Number notFinite -> out.writeString(String.valueOf(notFinite));
      case Instant instant -> timestamp(instant, member);
      case SdkBytes bytes -> out.writeBinary(bytes.asByteArrayUnsafe());
      case SdkPojo pojo -> structure(pojo);
      case List<?> list -> {
        out.writeStartArray();
        for (Object each : list) {
          element(each, member);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName(String.valueOf(entry.getKey()));
          element(entry.getValue(), member);
        }
        out.writeEndObject();
      }
      case Document document -> document(document);
      default -> throw new IllegalStateException("Not on the wire: " + value.getClass());
    }
  }

  private void element(@Nullable Object value, Member of) throws IOException {
    if (value == null) {
      out.writeNull();
    } else {
      value(value, of.element());
    }
  }

  private void timestamp(Instant instant, Member member) throws IOException {
    Format format = member.timestamp() == null ? Format.UNIX_TIMESTAMP : member.timestamp();
    switch (format) {
      case UNIX_TIMESTAMP, UNIX_TIMESTAMP_MILLIS ->
          out.writeNumber(Timestamps.format(instant, format));
      case ISO_8601, RFC_822 -> out.writeString(Timestamps.format(instant, format));
    }
  }

  private void document(Document document) throws IOException {
    if (document.isNull()) {
      out.writeNull();
    } else if (document.isBoolean()) {
      out.writeBoolean(document.asBoolean());
    } else if (document.isString()) {
      out.writeString(document.asString());
    } else if (document.isNumber()) {
      out.writeNumber(document.asNumber().stringValue());
    } else if (document.isList()) {
      out.writeStartArray();
      for (Document each : document.asList()) {
        document(each);
      }
      out.writeEndArray();
    } else {
      out.writeStartObject();
      for (var entry : document.asMap().entrySet()) {
        out.writeFieldName(entry.getKey());
        document(entry.getValue());
      }
      out.writeEndObject();
    }
  }
}
