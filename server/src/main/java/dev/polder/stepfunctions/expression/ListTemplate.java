package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array with computed elements.
record ListTemplate(List<Expression> elements) implements Expression {
  @Override
  public Object evaluate(Data data) {
    List<@Nullable Object> list = new ArrayList<>(elements.size());
    for (Expression element : elements) {
      list.add(element.evaluate(data));
    }
    return list;
  }
}
