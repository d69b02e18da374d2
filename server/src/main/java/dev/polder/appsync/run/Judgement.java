package dev.polder.appsync.run;

import dev.polder.appsync.api.FieldName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a caller gets to see of what was read, where the rules are checked object by object.
///
/// @param sees whether the caller may see an object; null if it may see all of them
record Judgement(@Nullable Predicate<Map<String, @Nullable Object>> sees) {

  /// Reads one page of a list.
  interface Reading extends Function<Map<String, @Nullable Object>, Page> {}

  /// A page without what the caller may not see.
  Page page(Map<String, @Nullable Object> arguments, Reading reading) {
    Page page = reading.apply(arguments);
    return sees == null
        ? page
        : new Page(
            page.items().stream().filter(sees).toList(),
            page.nextToken(),
            () -> count(arguments, sees, reading));
  }

  private static int count(
      Map<String, @Nullable Object> arguments,
      Predicate<Map<String, @Nullable Object>> sees,
      Reading reading) {
    Map<String, @Nullable Object> asked = new LinkedHashMap<>(arguments);
    asked.remove("limit");
    asked.remove("nextToken");
    int count = 0;
    do {
      Page page = reading.apply(asked);
      count += (int) page.items().stream().filter(sees).count();
      asked.put("nextToken", page.nextToken());
    } while (asked.get("nextToken") != null);
    return count;
  }

  /// A single object.
  ///
  /// @param field that is being resolved
  /// @throws FieldException if it is there and the caller may not see it
  @Nullable Map<String, @Nullable Object> one(
      FieldName field, @Nullable Map<String, @Nullable Object> object) {
    if (object != null && sees != null && !sees.test(object)) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
    return object;
  }
}
