package dev.polder.stepfunctions.expression;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `$states`. The context object is made only where it is read.
final class StatesObject extends AbstractMap<String, @Nullable Object> {
  private final Data data;

  StatesObject(Data data) {
    this.data = data;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return switch (String.valueOf(key)) {
      case "input" -> data.input();
      case "context" -> data.context();
      case "result" -> data.hasResult() ? data.extra() : null;
      case "errorOutput" -> data.hasError() ? data.extra() : null;
      default -> null;
    };
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return switch (String.valueOf(key)) {
      case "input", "context" -> true;
      case "result" -> data.hasResult();
      case "errorOutput" -> data.hasError();
      default -> false;
    };
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (String key : new String[] {"input", "context", "result", "errorOutput"}) {
      if (containsKey(key)) {
        all.put(key, get(key));
      }
    }
    return all.entrySet();
  }
}
