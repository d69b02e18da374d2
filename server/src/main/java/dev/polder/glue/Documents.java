package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/// Shapes of the API model as JSON objects and back, by the metadata that each shape carries.
/// Members keep the model's names; absent members are left out; instants are milliseconds of the
/// epoch.
final class Documents {
  private Documents() {}

  /// A shape as UTF-8.
  static byte[] bytes(SdkPojo shape) {
    return Json.write(map(shape)).getBytes(UTF_8);
  }

  /// The shape that [#bytes] wrote.
  static <T> T read(byte[] utf8, SdkPojo builder, Class<T> type) {
    return shape(object(Json.parse(utf8)), builder, type);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("Not an object");
  }

  /// A shape as an object.
  static Map<String, Object> map(SdkPojo shape) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      Object json = json(field.getValueOrDefault(shape));
      if (json != null) {
        map.put(field.memberName(), json);
      }
    }
    return map;
  }

  /// The shape of an object. Members that the shape does not have are passed over.
  static <T> T shape(Map<String, ?> map, SdkPojo builder, Class<T> type) {
    for (SdkField<?> field : builder.sdkFields()) {
      Object json = map.get(field.memberName());
      if (json != null) {
        field.set(builder, value(field, json));
      }
    }
    return type.cast(((Buildable) builder).build());
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkAutoConstructList<?> _ -> null;
      case SdkAutoConstructMap<?, ?> _ -> null;
      case SdkPojo shape -> map(shape);
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(json(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(String.valueOf(key), json(item)));
        yield entries;
      }
      case Instant instant -> instant.toEpochMilli();
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
      default -> value;
    };
  }

  private static @Nullable Object value(SdkField<?> field, @Nullable Object json) {
    if (json == null) {
      return null;
    }
    return switch (field.marshallingType().getKnownType()) {
      case STRING, BOOLEAN -> json;
      case INTEGER -> ((Number) json).intValue();
      case LONG -> ((Number) json).longValue();
      case SHORT -> ((Number) json).shortValue();
      case BYTE -> ((Number) json).byteValue();
      case FLOAT -> ((Number) json).floatValue();
      case DOUBLE -> ((Number) json).doubleValue();
      case BIG_DECIMAL -> new BigDecimal(json.toString());
      case INSTANT -> Instant.ofEpochMilli(((Number) json).longValue());
      case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode((String) json));
      case SDK_POJO -> shape(object(json), field.constructor().get(), Object.class);
      case LIST -> list(field, (List<?>) json);
      case MAP -> entries(field, (Map<?, ?>) json);
      case NULL, DOCUMENT ->
          throw new IllegalStateException("No document for " + field.memberName());
    };
  }

  private static List<@Nullable Object> list(SdkField<?> field, List<?> json) {
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    List<@Nullable Object> items = new ArrayList<>(json.size());
    json.forEach(item -> items.add(value(member, item)));
    return items;
  }

  private static Map<String, @Nullable Object> entries(SdkField<?> field, Map<?, ?> json) {
    SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    json.forEach((key, item) -> entries.put((String) key, value(member, item)));
    return entries;
  }
}
