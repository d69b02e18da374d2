package dev.polder.appsync.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Members of what resolvers hand on as the source of the fields below them.
final class Fields {
  private Fields() {}

  /// A member of a source; null where the source has none.
  static @Nullable Object of(@Nullable Object source, String name) {
    return switch (source) {
      case Page page -> page.field(name);
      case Map<?, ?> map -> map.get(name);
      case null, default -> null;
    };
  }

  /// The values of some fields; null if one of them has none.
  static @Nullable List<Object> values(List<String> fields, @Nullable Object source) {
    List<Object> values = new ArrayList<>(fields.size());
    for (String field : fields) {
      Object value = of(source, field);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }
}
