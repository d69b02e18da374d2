package dev.polder.stepfunctions;

import dev.polder.stepfunctions.asl.Resource;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;

/// Whether a result that is made up could be one of the service, as far as the SDK's own shapes
/// tell, which know the types of members and the values of enumerations, and [ResponseShapes],
/// which knows some of what they do not. A service in neither is not checked.
final class MockedResult {
  private static final Map<String, String> PACKAGES = Map.of("states", "sfn");

  private final String service;
  private final boolean strict;

  private MockedResult(String service, boolean strict) {
    this.service = service;
    this.strict = strict;
  }

  /// @param mode `STRICT` (also null), `PRESENT` (what is missing may be) or `NONE`
  static void check(Resource resource, @Nullable Object result, @Nullable String mode) {
    if ("NONE".equals(mode)) {
      return;
    }
    boolean strict = !"PRESENT".equals(mode);
    switch (resource) {
      case Resource.Optimized r -> check(r.service(), r.action(), result, strict);
      case Resource.Sdk r -> check(r.service(), r.action(), result, strict);
      case Resource.Function _, Resource.Activity _ -> {}
    }
  }

  private static void check(String named, String action, @Nullable Object result, boolean strict) {
    if (!(result instanceof Map<?, ?> members)) {
      return;
    }
    String service = PACKAGES.getOrDefault(named, named);
    for (Object member : ResponseShapes.required(service, action)) {
      if (strict && members.get(member) == null) {
        throw wrong("Required field '" + member + "' is missing");
      }
    }
    SdkPojo shape = shape(service, action);
    if (shape != null) {
      new MockedResult(service, strict).check(shape, members);
    } else {
      ResponseShapes.shape(service, action)
          .ifPresent(known -> ResponseShapes.check(known, members, strict));
    }
  }

  private static @Nullable SdkPojo shape(String service, String action) {
    String name =
        "software.amazon.awssdk.services."
            + service
            + ".model."
            + Character.toUpperCase(action.charAt(0))
            + action.substring(1)
            + "Response";
    try {
      return (SdkPojo) Class.forName(name).getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private void check(SdkPojo shape, Map<?, ?> members) {
    for (SdkField<?> field : shape.sdkFields()) {
      String name = pascal(field.memberName());
      Object value = members.get(name);
      if (value == null) {
        if (strict && field.containsTrait(RequiredTrait.class)) {
          throw wrong("Required field '" + name + "' is missing");
        }
        continue;
      }
      check(name, field, value);
      ResponseShapes.limited(service, name, value);
      if (value instanceof String text && !isValue(shape, field, text)) {
        throw wrong("Field '" + name + "' is not an expected value");
      }
    }
  }

  private void check(String name, SdkField<?> field, Object value) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      for (Object each : typed(List.class, "an array", name, value)) {
        if (each != null) {
          check(name, member, each);
        }
      }
    } else if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      for (Object each : typed(Map.class, "an object", name, value).values()) {
        if (each != null) {
          check(name, member, each);
        }
      }
    } else if (type == MarshallingType.SDK_POJO) {
      check(field.constructor().get(), typed(Map.class, "an object", name, value));
    } else if (type == MarshallingType.BOOLEAN) {
      typed(Boolean.class, "a boolean", name, value);
    } else if (isNumber(type)) {
      typed(Number.class, "a number", name, value);
    } else if (type == MarshallingType.STRING || type == MarshallingType.INSTANT) {
      // A payload of a function is any JSON.
      if (!name.equals("Payload") && !name.equals("Output")) {
        typed(String.class, "a string", name, value);
      }
    }
  }

  private static String pascal(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static boolean isNumber(MarshallingType<?> type) {
    return type == MarshallingType.INTEGER
        || type == MarshallingType.LONG
        || type == MarshallingType.SHORT
        || type == MarshallingType.FLOAT
        || type == MarshallingType.DOUBLE
        || type == MarshallingType.BIG_DECIMAL;
  }

  static <T> T typed(Class<T> type, String told, String name, Object value) {
    if (!type.isInstance(value)) {
      throw wrong("Field '" + name + "' must be " + told);
    }
    return type.cast(value);
  }

  /// An enumeration has two accessors: one of the type itself beside the one of the text.
  private static boolean isValue(SdkPojo builder, SdkField<?> field, String text) {
    if (field.marshallingType() != MarshallingType.STRING) {
      return true;
    }
    String accessor =
        Character.toLowerCase(field.memberName().charAt(0)) + field.memberName().substring(1);
    Class<?> shape = builder.getClass().getEnclosingClass();
    if (shape == null) {
      return true;
    }
    for (Method method : shape.getMethods()) {
      if (method.getName().equals(accessor) && method.getReturnType().isEnum()) {
        for (Object constant : method.getReturnType().getEnumConstants()) {
          if (constant.toString().equals(text)) {
            return true;
          }
        }
        return false;
      }
    }
    return true;
  }

  static RuntimeException wrong(String why) {
    return StepFunctionsErrors.validation("Mock result schema validation error: " + why);
  }
}
