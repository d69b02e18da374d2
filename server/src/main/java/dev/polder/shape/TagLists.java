package dev.polder.shape;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Lists of tags. Each service has a type of its own for them, and they all say the same.
public final class TagLists {
  private TagLists() {}

  /// @param tag makes one of a key and a value
  public static <T> List<T> of(Map<String, String> tags, BiFunction<String, String, T> tag) {
    return tags.entrySet().stream().map(each -> tag.apply(each.getKey(), each.getValue())).toList();
  }
}
