package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// What a property may hold.
public sealed interface Shape {

  /// A text, number or truth value.
  record Scalar() implements Shape {}

  /// Any value, such as a policy.
  record Free() implements Shape {}

  record ListOf(Shape item) implements Shape {}

  record MapOf(Shape value) implements Shape {}

  /// An object with these members and no others.
  record Struct(Map<String, Shape> members, Set<String> required) implements Shape {
    private Shape member(String path, String name) {
      Shape member = members.get(name);
      if (member == null) {
        throw new PropertyException(path, "extraneous key [" + name + "] is not permitted");
      }
      return member;
    }

    /// These members and one more, or another shape for one.
    public Struct with(String name, Shape shape) {
      Map<String, Shape> more = new LinkedHashMap<>(members);
      more.put(name, shape);
      return new Struct(more, required);
    }

    /// These members without some.
    public Struct without(String... names) {
      Map<String, Shape> fewer = new LinkedHashMap<>(members);
      for (String name : names) {
        fewer.remove(name);
      }
      return new Struct(fewer, required);
    }

    /// The same members, of which these must be given.
    public Struct requiring(String... names) {
      return new Struct(members, Set.of(names));
    }
  }

  Scalar SCALAR = new Scalar();
  Free FREE = new Free();

  /// The tags of most types: a list of `Key` and `Value`.
  Shape TAGS =
      new ListOf(new Struct(Map.of("Key", SCALAR, "Value", SCALAR), Set.of("Key", "Value")));

  /// What a type of the SDK holds, under the names of its API.
  static Struct of(SdkPojo type) {
    return of(type, UnaryOperator.identity());
  }

  /// What a type of the SDK holds, where the names of its API begin in lower case and those of
  /// templates do not.
  static Struct capitalised(SdkPojo type) {
    return of(type, MemberNames::capitalised);
  }

  private static Struct of(SdkPojo type, UnaryOperator<String> spelling) {
    Map<String, Shape> members = new LinkedHashMap<>();
    type.sdkFields()
        .forEach(
            field -> members.put(spelling.apply(field.memberName()), new OfField(field, spelling)));
    return new Struct(members, Set.of());
  }

  /// A member of a type of the SDK, looked at only when it is needed: types contain each other.
  record OfField(SdkField<?> field, UnaryOperator<String> spelling) implements Shape {
    Shape shape() {
      MarshallingType<?> type = field.marshallingType();
      if (type == MarshallingType.SDK_POJO) {
        return of(field.constructor().get(), spelling);
      }
      if (type == MarshallingType.LIST) {
        return new ListOf(new OfField(field.getTrait(ListTrait.class).memberFieldInfo(), spelling));
      }
      if (type == MarshallingType.MAP) {
        return new MapOf(new OfField(field.getTrait(MapTrait.class).valueFieldInfo(), spelling));
      }
      return type == MarshallingType.DOCUMENT ? FREE : SCALAR;
    }
  }

  /// Checks the names in a value as it is written: calls of functions may become anything.
  ///
  /// @throws PropertyException naming the first property that is not known or missing
  default void check(String path, @Nullable Object written) {
    if (written == null || isCall(path, written)) {
      return;
    }
    switch (this) {
      case OfField f -> f.shape().check(path, written);
      case Free _ -> {}
      case Scalar _ -> {
        // An object where the API has a text is JSON, such as a policy.
        if (written instanceof List<?>) {
          throw new PropertyException(path, "expected type: String, found: JSONArray");
        }
      }
      case ListOf(Shape item) -> {
        List<?> list = expected(path, written, List.class, "JSONArray");
        for (int i = 0; i < list.size(); i++) {
          item.check(path + "/" + i, list.get(i));
        }
      }
      case MapOf(Shape value) -> {
        Map<?, ?> map = expected(path, written, Map.class, "JSONObject");
        map.forEach((key, each) -> value.check(path + "/" + key, each));
      }
      case Struct struct -> {
        Map<?, ?> map = expected(path, written, Map.class, "JSONObject");
        map.forEach(
            (key, each) -> struct.member(path, String.valueOf(key)).check(path + "/" + key, each));
        for (String name : struct.required) {
          if (!map.containsKey(name)) {
            throw new PropertyException(path, "required key [" + name + "] not found");
          }
        }
      }
    }
  }

  private boolean isCall(String path, Object written) {
    if (!(written instanceof Map<?, ?> map) || map.size() != 1) {
      return false;
    }
    String name = String.valueOf(map.keySet().iterator().next());
    if (name.equals("Fn::If") && map.get(name) instanceof List<?> arms && arms.size() == 3) {
      check(path, arms.get(1));
      check(path, arms.get(2));
    }
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private static <T> T expected(String path, Object value, Class<T> type, String name) {
    if (!type.isInstance(value)) {
      throw new PropertyException(
          path, "expected type: " + name + ", found: " + value.getClass().getSimpleName());
    }
    return type.cast(value);
  }

  /// Sets members of a builder of the SDK from values of the same names, and answers it.
  ///
  /// @throws PropertyException if a value cannot be what the member is
  static <B extends SdkPojo> B fill(B builder, Map<String, Object> values) {
    fill(builder, values, "#");
    return builder;
  }

  private static void fill(SdkPojo builder, Map<?, ?> values, String path) {
    Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
    values.forEach((key, value) -> {
      SdkField<?> field = fields.get(String.valueOf(key));
      if (field == null) {
        throw new PropertyException(path, "extraneous key [" + key + "] is not permitted");
      }
      field.set(builder, converted(field, value, path + "/" + key));
    });
  }

  private static @Nullable Object converted(
      SdkField<?> field, @Nullable Object value, String path) {
    if (value == null) {
      return null;
    }
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      fill(builder, expected(path, value, Map.class, "JSONObject"), path);
      return ((Buildable) builder).build();
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
      List<@Nullable Object> items = new ArrayList<>();
      for (Object each : expected(path, value, List.class, "JSONArray")) {
        items.add(converted(item, each, path + "/" + items.size()));
      }
      return items;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, @Nullable Object> items = new LinkedHashMap<>();
      Map<?, ?> given = expected(path, value, Map.class, "JSONObject");
      given.forEach(
          (key, each) -> items.put(String.valueOf(key), converted(item, each, path + "/" + key)));
      return items;
    }
    return scalar(type, value, path);
  }

  private static Object scalar(MarshallingType<?> type, Object value, String path) {
    String text =
        value instanceof Map || value instanceof List ? Json.write(value) : Values.text(value);
    try {
      if (type == MarshallingType.STRING) {
        return text;
      }
      if (type == MarshallingType.INTEGER) {
        return Integer.valueOf(text);
      }
      if (type == MarshallingType.LONG) {
        return Long.valueOf(text);
      }
      if (type == MarshallingType.BOOLEAN) {
        return truth(text, path);
      }
      if (type == MarshallingType.DOUBLE) {
        return Double.valueOf(text);
      }
      if (type == MarshallingType.BIG_DECIMAL) {
        return new BigDecimal(text);
      }
      if (type == MarshallingType.INSTANT) {
        return Instant.parse(text);
      }
    } catch (NumberFormatException _) {
      throw new PropertyException(path, "expected type: Number, found: String (" + text + ")");
    } catch (DateTimeParseException _) {
      throw new PropertyException(path, "expected a time such as 2020-05-01T00:00:00Z: " + text);
    }
    throw new PropertyException(path, "cannot be given in a template");
  }

  private static Boolean truth(String text, String path) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new PropertyException(path, "expected type: Boolean, found: String (" + text + ")");
    };
  }
}
