package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// Members that many of the SDK's shapes have under one name and no common type.
final class SharedMembers {
  private SharedMembers() {}

  /// Sets the member of the checksum's algorithm and, where the shape has it, the checksum's type.
  ///
  /// @return the builder
  static <B extends SdkPojo> B set(B builder, ObjectMetadata.@Nullable Sum sum) {
    if (sum != null) {
      set(builder, "ChecksumType", ObjectAnswers.type(sum).toString());
      set(builder, sum.algorithm(), sum.value());
    }
    return builder;
  }

  /// Sets the member of a checksum's algorithm.
  ///
  /// @return the builder
  static <B extends SdkPojo> B set(B builder, Checksum algorithm, @Nullable String value) {
    set(builder, "Checksum" + algorithm, value);
    return builder;
  }

  /// The member of a checksum's algorithm.
  static @Nullable String checksum(SdkPojo shape, Checksum algorithm) {
    for (SdkField<?> field : shape.sdkFields()) {
      if (field.memberName().equals("Checksum" + algorithm)) {
        return (String) field.getValueOrDefault(shape);
      }
    }
    return null;
  }

  /// Copies the members that both have.
  ///
  /// @return the builder
  static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
    for (SdkField<?> field : from.sdkFields()) {
      Object value = field.getValueOrDefault(from);
      if (value != null) {
        set(builder, field.memberName(), value);
      }
    }
    return builder;
  }

  private static void set(SdkPojo builder, String name, @Nullable Object value) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.memberName().equals(name)) {
        field.set(builder, value);
      }
    }
  }
}
