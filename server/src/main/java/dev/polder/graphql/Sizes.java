package dev.polder.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long a value is as JSON, roughly and quickly: answers share the texts they repeat, so that
/// only writing them out would fill the memory.
final class Sizes {
  private static final int SMALL = 8;

  private Sizes() {}

  static long of(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length() + 2L;
      case Map<?, ?> map -> {
        long size = 2;
        for (var member : map.entrySet()) {
          size += String.valueOf(member.getKey()).length() + 4 + of(member.getValue());
        }
        yield size;
      }
      case Iterable<?> list -> {
        long size = 2;
        for (Object element : list) {
          size += of(element) + 1;
        }
        yield size;
      }
      case null, default -> SMALL;
    };
  }
}
