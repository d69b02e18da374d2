package dev.polder.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as plain Java values: `Map<String, Object>` in the order written, `List<Object>`, `String`,
/// `Boolean`, `null`, and numbers as `Integer`, `Long`, `BigInteger` or `Double` (`BigDecimal`
/// where a double would lose digits).
public final class Json {
  // Buffers are shared by all threads: by default each thread keeps some of its own, of 24 KB,
  // which
  // a virtual thread that waits for years, as a WebSocket's, should not.
  private static final int SPARE_BUFFERS = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(SPARE_BUFFERS))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxStringLength(64 << 20)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private Json() {}

  /// A text that is not JSON.
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Reads exactly one value.
  ///
  /// @throws Malformed naming the line and column at fault
  public static @Nullable Object parse(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      return whole(in);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /// Reads exactly one value from UTF-8.
  ///
  /// @throws Malformed naming the line and column at fault
  public static @Nullable Object parse(byte[] utf8) {
    try (JsonParser in = FACTORY.createParser(utf8)) {
      return whole(in);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /// Reads exactly one object.
  ///
  /// @throws Malformed if the text is not JSON or its value is not an object
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parseObject(String text) {
    if (parse(text) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new Malformed("Expected a JSON object", new IllegalArgumentException());
  }

  /// Writes a value without white space. Accepts what [#parse] gives and every other `Number`.
  public static String write(@Nullable Object value) {
    var text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static @Nullable Object whole(JsonParser in) throws IOException {
    JsonToken first = in.nextToken();
    if (first == null) {
      throw new Malformed("Expected a JSON value but the text is empty", new IOException());
    }
    Object value = value(in, first);
    if (in.nextToken() != null) {
      throw new Malformed("Unexpected text after the value" + at(in), new IOException());
    }
    return value;
  }

  private static @Nullable Object value(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          map.put(name, value(in, in.nextToken()));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
          list.add(value(in, t));
        }
        yield list;
      }
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(in.getDecimalValue());
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new Malformed("Unexpected " + token + at(in), new IOException());
    };
  }

  private static Number decimal(BigDecimal exact) {
    double near = exact.doubleValue();
    return Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0
        ? (Number) near
        : exact;
  }

  private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String s -> out.writeString(s);
      case Boolean b -> out.writeBoolean(b);
      case Integer i -> out.writeNumber(i);
      case Long l -> out.writeNumber(l);
      case Double d -> out.writeNumber(d);
      case Float f -> out.writeNumber(f);
      case BigInteger i -> out.writeNumber(i);
      case BigDecimal d -> out.writeNumber(d);
      case Number n -> out.writeNumber(n.longValue());
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var e : map.entrySet()) {
          out.writeFieldName(String.valueOf(e.getKey()));
          write(out, e.getValue());
        }
        out.writeEndObject();
      }
      case Iterable<?> list -> {
        out.writeStartArray();
        for (Object e : list) {
          write(out, e);
        }
        out.writeEndArray();
      }
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }
  }

  private static Malformed malformed(IOException e) {
    if (e instanceof JsonParseException p) {
      var where = p.getLocation();
      return new Malformed(
          p.getOriginalMessage()
              + " (line "
              + where.getLineNr()
              + ", column "
              + where.getColumnNr()
              + ")",
          e);
    }
    if (e instanceof StreamConstraintsException c) {
      return new Malformed(c.getOriginalMessage(), e);
    }
    return new Malformed(String.valueOf(e.getMessage()), e);
  }

  private static String at(JsonParser in) {
    var where = in.currentLocation();
    return " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }
}
