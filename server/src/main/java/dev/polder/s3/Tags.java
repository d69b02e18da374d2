package dev.polder.s3;

import dev.polder.shape.TagLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.Tag;

/// Tags of objects and buckets.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">S3:
///   object tagging</a>
final class Tags {
  static final int OF_OBJECT = 10;
  static final int OF_BUCKET = 50;

  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}+\\-=._:/@]*");

  private Tags() {}

  /// Tags as the header `x-amz-tagging` has them: `a=1&b=2`.
  static Map<String, String> ofHeader(String header) {
    var tags = new LinkedHashMap<String, String>();
    for (String each : header.split("&")) {
      if (!each.isEmpty()) {
        String[] half = each.split("=", 2);
        String key = decoded(half[0]);
        put(tags, key, half.length == 1 ? "" : decoded(half[1]));
      }
    }
    return checked(tags, OF_OBJECT, "Object tags cannot be greater than 10");
  }

  private static String decoded(String text) {
    try {
      return Percent.decode(text.replace('+', ' '));
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidArgument(
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
              + " parameters without tag name duplicates.");
    }
  }

  /// Tags as a request has them.
  static Map<String, String> of(List<Tag> given, int most, String tooMany) {
    var tags = new LinkedHashMap<String, String>();
    given.forEach(each -> put(tags, each.key(), each.value()));
    return checked(tags, most, tooMany);
  }

  static List<Tag> list(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  private static void put(Map<String, String> tags, String key, String value) {
    if (key == null || key.isEmpty() || key.length() > 128 || !TEXT.matcher(key).matches()) {
      throw S3Errors.invalidTag("The TagKey you have provided is invalid");
    }
    if (value == null || value.length() > 256 || !TEXT.matcher(value).matches()) {
      throw S3Errors.invalidTag("The TagValue you have provided is invalid");
    }
    if (key.startsWith("aws:")) {
      throw S3Errors.invalidTag("System tags cannot be added/updated by requester");
    }
    if (tags.put(key, value) != null) {
      throw S3Errors.invalidTag("Cannot provide multiple Tags with the same key");
    }
  }

  private static Map<String, String> checked(Map<String, String> tags, int most, String tooMany) {
    if (tags.size() > most) {
      throw S3Errors.tooManyTags(tooMany);
    }
    return tags;
  }
}
