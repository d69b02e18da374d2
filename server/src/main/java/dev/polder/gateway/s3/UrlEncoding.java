package dev.polder.gateway.s3;

import dev.polder.gateway.codec.Uris;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// The keys of a list as `encoding-type=url` asks for them, because XML cannot carry every
/// character that a key may have.
final class UrlEncoding {
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

  private static ListObjectsV2Response encoded(ListObjectsV2Response list) {
    return list.toBuilder()
        .prefix(encoded(list.prefix()))
        .delimiter(encoded(list.delimiter()))
        .startAfter(encoded(list.startAfter()))
        .contents(
            list.contents().stream()
                .map(each -> each.toBuilder().key(encoded(each.key())).build())
                .toList())
        .commonPrefixes(prefixes(list.commonPrefixes()))
        .build();
  }

  private static ListObjectsResponse encoded(ListObjectsResponse list) {
    return list.toBuilder()
        .prefix(encoded(list.prefix()))
        .delimiter(encoded(list.delimiter()))
        .marker(encoded(list.marker()))
        .nextMarker(encoded(list.nextMarker()))
        .contents(
            list.contents().stream()
                .map(each -> each.toBuilder().key(encoded(each.key())).build())
                .toList())
        .commonPrefixes(prefixes(list.commonPrefixes()))
        .build();
  }

  private static ListObjectVersionsResponse encoded(ListObjectVersionsResponse list) {
    return list.toBuilder()
        .prefix(encoded(list.prefix()))
        .delimiter(encoded(list.delimiter()))
        .keyMarker(encoded(list.keyMarker()))
        .nextKeyMarker(encoded(list.nextKeyMarker()))
        .versions(
            list.versions().stream()
                .map(each -> each.toBuilder().key(encoded(each.key())).build())
                .toList())
        .commonPrefixes(prefixes(list.commonPrefixes()))
        .build();
  }

  private static ListMultipartUploadsResponse encoded(ListMultipartUploadsResponse list) {
    return list.toBuilder()
        .prefix(encoded(list.prefix()))
        .delimiter(encoded(list.delimiter()))
        .keyMarker(encoded(list.keyMarker()))
        .nextKeyMarker(encoded(list.nextKeyMarker()))
        .uploads(
            list.uploads().stream()
                .map(each -> each.toBuilder().key(encoded(each.key())).build())
                .toList())
        .commonPrefixes(prefixes(list.commonPrefixes()))
        .build();
  }

  private static List<CommonPrefix> prefixes(List<CommonPrefix> prefixes) {
    return prefixes.stream()
        .map(each -> CommonPrefix.builder().prefix(encoded(each.prefix())).build())
        .toList();
  }

  private static @Nullable String encoded(@Nullable String text) {
    return text == null ? null : Uris.encodePath(text);
  }
}
