package dev.polder.appsync.transform;

import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.Comparisons;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import java.util.List;
import java.util.Optional;

/// The arguments of queries on a key, and the inputs of their conditions.
final class KeyArguments {
  private final Build build;

  KeyArguments(Build build) {
    this.build = build;
  }

  /// The argument for a condition on the sort key: on its field, or on several fields as one.
  ///
  /// @param name the index's, or `Primary`
  Optional<DraftField> sort(ModelDraft model, TableKey key, String name) {
    List<String> sort = key.sort();
    return switch (sort.size()) {
      case 0 -> Optional.empty();
      case 1 -> {
        String input = "Model" + sortScalar(model, sort.getFirst()) + "KeyConditionInput";
        yield Optional.of(new DraftField(sort.getFirst(), TypeRef.named(input)));
      }
      default ->
          Optional.of(
              new DraftField(
                  Words.camel(sort), TypeRef.named(composite(model, name, "ConditionInput"))));
    };
  }

  /// The inputs that such an argument needs.
  void conditionInputs(ModelDraft model, TableKey key, String name) {
    List<String> sort = key.sort();
    if (sort.size() == 1) {
      build.draft.add(Operators.keyCondition(sortScalar(model, sort.getFirst())));
    } else if (sort.size() > 1) {
      String values = composite(model, name, "Input");
      String condition = composite(model, name, "ConditionInput");
      build.draft.add(Operators.input(condition, values, Comparisons.KEY));
      build.draft.add(values(model, sort, values));
    }
  }

  /// The values of several fields. Only the last may be the beginning of a value, so it alone is
  /// taken as its built-in scalar.
  private static DraftType values(ModelDraft model, List<String> sort, String name) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    for (String field : sort) {
      String type = model.keyType(field);
      boolean last = field.equals(sort.getLast());
      input.with(field, TypeRef.named(last ? Scalars.base(type) : type));
    }
    return input;
  }

  private static String composite(ModelDraft model, String name, String suffix) {
    return "Model" + model.name + Words.upper(name) + "CompositeKey" + suffix;
  }

  private String sortScalar(ModelDraft model, String field) {
    String type = model.keyType(field);
    return build.draft.isEnum(type) ? "String" : Scalars.base(type);
  }
}
