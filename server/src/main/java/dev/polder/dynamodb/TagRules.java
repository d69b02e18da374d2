package dev.polder.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// The rules for tags.
///
/// @see <a
///   href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html">Tagging</a>
final class TagRules {
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TagRules() {}

  /// The tags of a request, all of them or none.
  static Map<String, String> read(List<Tag> given) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : given) {
      requireKey(tag.key());
      if (!isTag(tag.value(), LONGEST_VALUE)) {
        throw DynamoDbErrors.invalid("The Tag Value provided is invalid, Value: " + tag.value());
      }
      if (tags.put(tag.key(), tag.value()) != null) {
        throw DynamoDbErrors.invalid(
            "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + tag.key());
      }
    }
    requireRoom(tags);
    return tags;
  }

  /// Refuses what is not the key of a tag.
  static void requireKey(@Nullable String key) {
    if (key != null && key.startsWith("aws:")) {
      throw DynamoDbErrors.invalid("Tag Key cannot be prefixed with aws:, Key: " + key);
    }
    if (key == null || key.isEmpty() || !isTag(key, LONGEST_KEY)) {
      throw DynamoDbErrors.invalid("The Tag Key provided is invalid, Key: " + key);
    }
  }

  /// Refuses more tags than a table can have.
  static void requireRoom(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw DynamoDbErrors.invalid(
          "Number of Tags exceed the current limit for the provided ResourceArn");
    }
  }

  private static boolean isTag(@Nullable String text, int most) {
    return text != null && text.length() <= most && TAG.matcher(text).matches();
  }
}
