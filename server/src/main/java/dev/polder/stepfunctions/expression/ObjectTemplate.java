package dev.polder.stepfunctions.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object with computed fields.
record ObjectTemplate(List<String> names, List<Expression> values) implements Expression {
  @Override
  public Object evaluate(Data data) {
    Map<String, @Nullable Object> object = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), values.get(i).evaluate(data));
    }
    return object;
  }
}
