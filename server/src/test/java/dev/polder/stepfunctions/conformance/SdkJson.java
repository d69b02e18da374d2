package dev.polder.stepfunctions.conformance;

import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// The SDK's requests and responses as JSON values and back.
final class SdkJson {
  private SdkJson() {}

  /// Sets the members of a builder; names are compared without regard to the case of their first
  /// letter.
  static Object build(SdkPojo builder, Map<?, ?> members) {
    for (SdkField<?> field : builder.sdkFields()) {
      for (var member : members.entrySet()) {
        if (String.valueOf(member.getKey()).equalsIgnoreCase(field.locationName())) {
          set(field, builder, member.getValue());
        }
      }
    }
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private static void set(SdkField<?> field, SdkPojo builder, @Nullable Object value) {
    if (value != null) {
      field.set(builder, value(field, value));
    }
  }

  private static @Nullable Object value(SdkField<?> field, @Nullable Object value) {
    MarshallingType<?> type = field.marshallingType();
    if (value == null) {
      return null;
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<@Nullable Object> list = new ArrayList<>();
      ((List<?>) value).forEach(each -> list.add(value(member, each)));
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> map.put((String) k, value(member, v)));
      return map;
    }
    if (type == MarshallingType.SDK_POJO) {
      return build(field.constructor().get(), (Map<?, ?>) value);
    }
    if (type == MarshallingType.INTEGER) {
      return ((Number) value).intValue();
    }
    if (type == MarshallingType.LONG) {
      return ((Number) value).longValue();
    }
    if (type == MarshallingType.INSTANT) {
      return Instant.parse((String) value);
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String(String.valueOf(value));
    }
    return value;
  }

  /// The members of a response.
  ///
  /// @param naming of members
  static Map<String, @Nullable Object> json(SdkPojo pojo, UnaryOperator<String> naming) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        json.put(naming.apply(field.locationName()), plain(value, naming));
      }
    }
    return json;
  }

  private static @Nullable Object plain(@Nullable Object value, UnaryOperator<String> naming) {
    return switch (value) {
      case SdkPojo pojo -> json(pojo, naming);
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(each -> plain.add(plain(each, naming)));
        yield plain;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((k, v) -> plain.put((String) k, plain(v, naming)));
        yield plain;
      }
      case Instant time -> time.toString();
      case SdkBytes bytes -> bytes.asUtf8String();
      case null -> null;
      default -> value;
    };
  }

  static String pascal(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /// The camel-case name of an operation in snake case.
  static String operation(String snake) {
    StringBuilder name = new StringBuilder();
    for (String word : snake.split("_")) {
      name.append(name.isEmpty() ? word : pascal(word));
    }
    return name.toString();
  }

  /// Calls an operation of a client by name; empty where the client does not know it.
  static Optional<SdkPojo> call(Object client, Class<?> type, String operation, Map<?, ?> arguments)
      throws Throwable {
    String request = type.getPackageName() + ".model." + pascal(operation) + "Request";
    Class<?> requestType;
    try {
      requestType = Class.forName(request);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
    Object built = build((SdkPojo) requestType.getMethod("builder").invoke(null), arguments);
    try {
      return Optional.of((SdkPojo) type.getMethod(operation, requestType).invoke(client, built));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
