package dev.polder.gateway.codec;

import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Structures as [Json] values, the way Step Functions' `aws-sdk` integrations show them: all
/// members by their names in Pascal case, wherever they travel on the wire; timestamps as ISO 8601;
/// binary values as text in UTF-8.
///
/// https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
public final class JsonTree {
  private JsonTree() {}

  /// Fills a builder.
  ///
  /// @throws MalformedInputException naming the place, if a member is unknown or its value not of
  ///   its type
  public static void read(Map<?, ?> tree, SdkPojo builder) {
    structure("", tree, builder);
  }

  /// A structure's members, absent ones left out.
  public static Map<String, @Nullable Object> write(SdkPojo pojo) {
    Map<String, @Nullable Object> tree = members(pojo);
    tree.replaceAll((_, value) -> write(value));
    return tree;
  }

  /// What [#write(SdkPojo)] gives, but each value made when it is asked for: who wants a name out
  /// of a large request does not pay for the rest.
  public static Map<String, @Nullable Object> view(SdkPojo pojo) {
    return TreeView.of(pojo);
  }

  // As the SDK has them.
  static Map<String, @Nullable Object> members(SdkPojo pojo) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Member member : Shape.of(pojo).members()) {
      Object value = member.present(pojo);
      if (value != null) {
        members.put(member.pascalName(), value);
      }
    }
    return members;
  }

  /// What a binary member or a body becomes: a text stands for its UTF-8, everything else for its
  /// JSON.
  public static byte[] bytes(@Nullable Object value) {
    String text = value instanceof String plain ? plain : Json.write(value);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable Object write(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkPojo pojo -> write(pojo);
      case SdkBytes bytes -> bytes.asString(StandardCharsets.UTF_8);
      case Instant instant -> Timestamps.format(instant, Format.ISO_8601);
      case List<?> list -> {
        List<@Nullable Object> values = new ArrayList<>(list.size());
        list.forEach(each -> values.add(write(each)));
        yield values;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, each) -> values.put(String.valueOf(key), write(each)));
        yield values;
      }
      case Float number when !Float.isFinite(number) -> number.toString();
      case Double number when !Double.isFinite(number) -> number.toString();
      case Document document -> Documents.toJson(document);
      default -> value;
    };
  }

  private static void structure(String path, Map<?, ?> tree, SdkPojo builder) {
    Shape shape = Shape.of(builder);
    tree.forEach((name, value) -> {
      Member member = shape.pascalMember(String.valueOf(name));
      String at = path.isEmpty() ? String.valueOf(name) : path + "." + name;
      if (member == null) {
        throw new MalformedInputException("Unknown member '" + at + "'");
      }
      if (value != null) {
        member.set(builder, value(at, value, member));
      }
    });
  }

  private static Object value(String path, Object value, Member member) {
    return switch (member.type()) {
      case SDK_POJO -> {
        SdkPojo nested = member.newBuilder();
        structure(path, expect(path, value, Map.class, member), nested);
        yield Member.build(nested);
      }
      case LIST -> list(path, expect(path, value, List.class, member), member.element());
      case MAP -> map(path, expect(path, value, Map.class, member), member.element());
      case STRING -> expect(path, value, String.class, member);
      case BOOLEAN -> expect(path, value, Boolean.class, member);
      case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(bytes(value));
      case DOCUMENT -> Documents.fromJson(value);
      case INSTANT -> instant(path, value, member);
      default -> number(path, value, member);
    };
  }

  private static <T> T expect(String path, Object value, Class<T> type, Member member) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw wrong(path, value, member);
  }

  private static List<@Nullable Object> list(String path, List<?> values, Member element) {
    List<@Nullable Object> read = new ArrayList<>(values.size());
    for (Object each : values) {
      String at = path + "[" + read.size() + "]";
      read.add(each == null ? null : value(at, each, element));
    }
    return read;
  }

  private static Map<String, @Nullable Object> map(String path, Map<?, ?> values, Member element) {
    Map<String, @Nullable Object> read = new LinkedHashMap<>();
    values.forEach((key, each) ->
        read.put(
            String.valueOf(key), each == null ? null : value(path + "." + key, each, element)));
    return read;
  }

  private static Instant instant(String path, Object value, Member member) {
    return switch (value) {
      case String text -> Timestamps.parse(text, member.timestamp());
      case Number number -> Timestamps.fromEpoch(decimal(number), Format.UNIX_TIMESTAMP);
      default -> throw wrong(path, value, member);
    };
  }

  private static Object number(String path, Object value, Member member) {
    if (!(value instanceof Number given)) {
      throw wrong(path, value, member);
    }
    BigDecimal number = decimal(given);
    try {
      return switch (member.type()) {
        case INTEGER -> number.intValueExact();
        case LONG -> number.longValueExact();
        case SHORT -> number.shortValueExact();
        case BYTE -> number.byteValueExact();
        case FLOAT -> number.floatValue();
        case DOUBLE -> number.doubleValue();
        case BIG_DECIMAL -> number;
        default -> throw new IllegalStateException("Not a number: " + member);
      };
    } catch (ArithmeticException e) {
      throw wrong(path, value, member);
    }
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
  }

  private static MalformedInputException wrong(String path, Object value, Member member) {
    String found =
        switch (value) {
          case String _ -> "a string";
          case Boolean _ -> "a boolean";
          case Number number -> "the number " + number;
          case Map<?, ?> _ -> "an object";
          case List<?> _ -> "an array";
          default -> value.getClass().getSimpleName();
        };
    return new MalformedInputException(
        "Expected " + Scalars.article(member.type()) + " at '" + path + "' but was " + found);
  }
}
