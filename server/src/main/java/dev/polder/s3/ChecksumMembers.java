package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import dev.polder.shape.Shapes;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The checksums of objects and parts in the SDK's shapes, which have a member for each algorithm.
final class ChecksumMembers {
  private ChecksumMembers() {}

  /// Sets the member of the checksum's algorithm and, where the shape has it, the checksum's type.
  ///
  /// @return the builder
  static <B extends SdkPojo> B set(B builder, ObjectMetadata.@Nullable Sum sum) {
    if (sum != null) {
      Shapes.set(builder, "ChecksumType", ObjectAnswers.type(sum).toString());
      set(builder, sum.algorithm(), sum.value());
    }
    return builder;
  }

  /// Sets the member of a checksum's algorithm.
  ///
  /// @return the builder
  static <B extends SdkPojo> B set(B builder, Checksum algorithm, @Nullable String value) {
    Shapes.set(builder, "Checksum" + algorithm, value);
    return builder;
  }

  /// The member of a checksum's algorithm.
  static @Nullable String value(SdkPojo shape, Checksum algorithm) {
    return (String) Shapes.value(shape, "Checksum" + algorithm);
  }
}
