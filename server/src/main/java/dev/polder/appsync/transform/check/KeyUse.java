package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.List;

/// A directive that makes a key, and the field that it is on.
record KeyUse(ImplementingTypeDefinition<?> type, FieldDefinition field, Directive directive) {

  List<String> sort() {
    return Keys.sortFields(directive);
  }

  void checkNotItself() {
    if (sort().contains(field.getName())) {
      throw Check.wrong(
          directive,
          "@%s field '%s' cannot reference itself."
              .formatted(directive.getName(), field.getName()));
    }
  }

  void checkModel() {
    if (!Types.isModel(type)) {
      throw Check.wrong(
          directive,
          "The @%s directive may only be added to object definitions annotated with @model."
              .formatted(directive.getName()));
    }
  }

  /// A sort key of one field is asked for by its order, which booleans have none of.
  void checkCondition() {
    List<String> sort = sort();
    if (sort.size() == 1 && isBoolean(sort.getFirst())) {
      throw Check.wrong(
          directive,
          "Sort Key Condition could not be constructed for field '%s'".formatted(sort.getFirst()));
    }
  }

  /// The attributes of a key are strings and numbers.
  void checkAttributes() {
    if (isBoolean(field.getName())) {
      throw Check.error(directive, "Error", "Boolean values cannot be used as sort keys.");
    }
  }

  private boolean isBoolean(String name) {
    return Types.field(type, name)
        .map(found -> TypeRef.base(found.getType()).equals("Boolean"))
        .orElse(false);
  }
}
