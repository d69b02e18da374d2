package dev.polder.gateway.s3;

import dev.polder.gateway.codec.Uris;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/// The keys of a list as `encoding-type=url` asks for them, because XML cannot carry every
/// character that a key may have.
final class UrlEncoding {
  private static final Set<String> NAMES =
      Set.of(
          "Delimiter",
          "Key",
          "KeyMarker",
          "Marker",
          "NextKeyMarker",
          "NextMarker",
          "Prefix",
          "StartAfter");
  private static final Set<String> LISTS =
      Set.of("CommonPrefixes", "Contents", "Uploads", "Versions");

  private UrlEncoding() {}

  /// A list with its keys encoded where it says so; anything else as it is.
  static SdkPojo of(SdkPojo answer) {
    return switch (answer) {
      case ListObjectsV2Response list when list.encodingType() == EncodingType.URL -> encoded(list);
      case ListObjectsResponse list when list.encodingType() == EncodingType.URL -> encoded(list);
      case ListObjectVersionsResponse list when list.encodingType() == EncodingType.URL ->
          encoded(list);
      case ListMultipartUploadsResponse list when list.encodingType() == EncodingType.URL ->
          encoded(list);
      default -> answer;
    };
  }

  private static SdkPojo encoded(SdkPojo shape) {
    var builder = (SdkPojo & SdkBuilder<?, ?>) ((ToCopyableBuilder<?, ?>) shape).toBuilder();
    for (SdkField<?> field : shape.sdkFields()) {
      switch (field.getValueOrDefault(shape)) {
        case String text when NAMES.contains(field.memberName()) ->
            field.set(builder, Uris.encodePath(text));
        case List<?> list when LISTS.contains(field.memberName()) ->
            field.set(builder, list.stream().map(each -> encoded((SdkPojo) each)).toList());
        case null, default -> {}
      }
    }
    return (SdkPojo) builder.build();
  }
}
