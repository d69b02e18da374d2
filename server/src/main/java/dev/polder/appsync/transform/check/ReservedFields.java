package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.List;
import java.util.Locale;

/// Fields of a model whose names are needed for something else in a type that is made of it.
///
/// @param sync true if the model counts versions
record ReservedFields(Types types, ObjectTypeDefinition model, boolean sync) {
  private static final String DELETED = "_deleted";

  void checkFilter() {
    compared("Model" + upper() + "FilterInput", List.of("and", "or", "not"));
  }

  void checkCondition() {
    compared("Model" + upper() + "ConditionInput", List.of("and", "or", "not"));
  }

  void checkSubscriptionFilter() {
    compared("ModelSubscription" + upper() + "FilterInput", List.of("and", "or"));
  }

  /// @param operation the input's, such as `Create`
  void checkInput(String operation) {
    if (sync) {
      check(operation + upper() + "Input", "_version", false);
    }
  }

  void checkType() {
    if (sync) {
      List.of("_version", DELETED, "_lastChangedAt")
          .forEach(name -> check(model.getName(), name, false));
    }
  }

  private String upper() {
    String name = model.getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private void compared(String type, List<String> names) {
    names.forEach(name -> check(type, name, true));
    if (sync) {
      check(type, DELETED, true);
    }
  }

  private void check(String type, String name, boolean plain) {
    for (FieldDefinition field : model.getFieldDefinitions()) {
      boolean there =
          plain
              ? types.isScalarOrEnum(field.getType())
              : !types.isStored(TypeRef.base(field.getType()));
      if (field.getName().equals(name) && there) {
        throw Check.error(
            field, "Error", "type %s has already a field with name %s".formatted(type, name));
      }
    }
  }
}
