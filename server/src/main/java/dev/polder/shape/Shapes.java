package dev.polder.shape;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// Members of shapes by the API's names, such as `FunctionName`.
public final class Shapes {
  private Shapes() {}

  /// A member's value; null where it is not set or the shape has no such member.
  public static @Nullable Object value(SdkPojo shape, String name) {
    return field(shape, name).map(field -> field.getValueOrDefault(shape)).orElse(null);
  }

  /// Sets a member, if the builder has it.
  public static void set(SdkPojo builder, String name, @Nullable Object value) {
    field(builder, name).ifPresent(field -> field.set(builder, value));
  }

  /// Sets every member of the builder that is set in the other shape under the same name.
  ///
  /// @return the builder
  public static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
    for (SdkField<?> field : from.sdkFields()) {
      Object value = field.getValueOrDefault(from);
      boolean given =
          value != null
              && !(value instanceof SdkAutoConstructList)
              && !(value instanceof SdkAutoConstructMap);
      if (given) {
        set(builder, field.memberName(), value);
      }
    }
    return builder;
  }

  private static Optional<SdkField<?>> field(SdkPojo shape, String name) {
    for (SdkField<?> field : shape.sdkFields()) {
      if (field.memberName().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
