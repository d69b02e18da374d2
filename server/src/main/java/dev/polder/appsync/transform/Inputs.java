package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.ListType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The inputs of a model's operations: filters, conditions, and what is created, updated, deleted.
final class Inputs {
  private static final Map<String, Set<String>> FILLED_IN =
      Map.of(
          "id", Set.of("ID"),
          "createdAt", Set.of("AWSDateTime", "String"),
          "updatedAt", Set.of("AWSDateTime", "String"));

  private final Build build;

  Inputs(Build build) {
    this.build = build;
  }

  /// The name of the input that compares values of a type.
  static String filterType(String type) {
    return "Model" + Scalars.base(type) + "Input";
  }

  /// The name of the input that compares values of a type in a subscription's filter.
  static String subscriptionFilterType(String type) {
    return "ModelSubscription" + Scalars.base(type) + "Input";
  }

  /// The filter of a list. It is made when the model's implied fields are known, but before keys
  /// take away `id`, so that it may ask for an `id` that there is not.
  DraftType filter(String name, DraftType model, boolean sync) {
    return filter(name, model, sync, Inputs::isPlainList);
  }

  /// The filter of a model without a list, made for a query on an index.
  DraftType indexFilter(String name, DraftType model) {
    return filter(name, model, false, TypeRef::isList);
  }

  /// The filter of a model without a list, made for a connection.
  DraftType connectionFilter(String name, DraftType model, boolean sync) {
    return filter(name, model, sync, _ -> false);
  }

  /// @param listed which enums are compared as lists; Amplify answers that differently at each
  ///   place where it makes a filter
  private DraftType filter(String name, DraftType model, boolean sync, Predicate<Type<?>> listed) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    model.fields.values().forEach(field -> compare(input, field.name, field.type, listed));
    combine(input, true);
    if (sync) {
      input.with("_deleted", TypeRef.named("ModelBooleanInput"));
    }
    return input;
  }

  /// The condition of a mutation: every declared field but the `id`, and the timestamps.
  DraftType condition(ModelDraft model) {
    DraftType input = new DraftType(model.conditionName(), DraftType.Kind.INPUT);
    for (FieldDefinition field : model.definition.getFieldDefinitions()) {
      compare(input, field.getName(), field.getType(), Inputs::isPlainList);
    }
    DraftField id = input.fields.get("id");
    if (id != null && TypeRef.base(id.type).equals("ModelIDInput")) {
      input.fields.remove("id");
    }
    combine(input, true);
    if (model.sync) {
      input.with("_deleted", TypeRef.named("ModelBooleanInput"));
    }
    model
        .operations
        .timestamps()
        .forEach(field -> input.with(field, TypeRef.named("ModelStringInput")));
    return input;
  }

  /// The filter of a subscription. Enums are compared as texts, and nothing can be negated.
  DraftType subscriptionFilter(ModelDraft model, DraftType type) {
    DraftType input = new DraftType(model.subscriptionFilterName(), DraftType.Kind.INPUT);
    for (DraftField field : type.fields.values()) {
      String base = TypeRef.base(field.type);
      if (build.isPlain(base)) {
        String compared = build.draft.isEnum(base) ? "String" : base;
        input.with(field.name, TypeRef.named(subscriptionFilterType(compared)));
      }
    }
    combine(input, false);
    if (model.sync) {
      input.with("_deleted", TypeRef.named("ModelBooleanInput"));
    }
    return input;
  }

  private static boolean isPlainList(Type<?> type) {
    return type instanceof ListType;
  }

  private void compare(DraftType input, String field, Type<?> type, Predicate<Type<?>> listed) {
    String base = TypeRef.base(type);
    if (build.isPlain(base)) {
      boolean listOfEnums = build.draft.isEnum(base) && listed.test(type);
      String name = listOfEnums ? "Model" + base + "ListInput" : filterType(base);
      input.with(field, TypeRef.named(name));
    }
  }

  private static void combine(DraftType input, boolean negatable) {
    input.with("and", TypeRef.list(input.name)).with("or", TypeRef.list(input.name));
    if (negatable) {
      input.with("not", TypeRef.named(input.name));
    }
  }

  /// The inputs that compare the enums of a type. A list that is required is compared as a single
  /// value, as with Amplify.
  void enums(List<FieldDefinition> fields) {
    for (FieldDefinition field : fields) {
      String base = TypeRef.base(field.getType());
      if (build.draft.isEnum(base)) {
        build.draft.add(
            isPlainList(field.getType())
                ? enumList(base)
                : Operators.input("Model" + base + "Input", base, List.of("eq", "ne")));
      }
    }
  }

  private static DraftType enumList(String base) {
    return new DraftType("Model" + base + "ListInput", DraftType.Kind.INPUT)
        .with("eq", TypeRef.list(base))
        .with("ne", TypeRef.list(base))
        .with("contains", TypeRef.named(base))
        .with("notContains", TypeRef.named(base));
  }

  /// What a create takes: `id` and timestamps may be left out, as they are filled in.
  DraftType create(ModelDraft model) {
    DraftType input = own(model.inputName("Create"), model);
    DraftField id = input.fields.get("id");
    if (!model.declares("id")) {
      input.with("id", TypeRef.named("ID"));
    } else if (id != null && Set.of("ID", "String").contains(TypeRef.base(id.type))) {
      id.type = TypeRef.nullable(id.type);
    }
    optionalTimestamps(model, input);
    version(model, input);
    return input;
  }

  /// What an update takes: only `id` must be given.
  DraftType update(ModelDraft model) {
    DraftType input = own(model.inputName("Update"), model);
    input.fields.values().forEach(field -> field.type = TypeRef.nullable(field.type));
    DraftField id = input.fields.get("id");
    if (!model.declares("id")) {
      input.with("id", TypeRef.required("ID"));
    } else if (id != null) {
      id.type = TypeRef.required(id.type);
    }
    version(model, input);
    return input;
  }

  /// What a delete takes: `id`.
  DraftType delete(ModelDraft model) {
    DraftType input = new DraftType(model.inputName("Delete"), DraftType.Kind.INPUT);
    input.with("id", TypeRef.required("ID"));
    version(model, input);
    return input;
  }

  private static void version(ModelDraft model, DraftType input) {
    if (model.sync) {
      input.with("_version", TypeRef.named("Int"));
    }
  }

  private static void optionalTimestamps(ModelDraft model, DraftType input) {
    for (String name : model.operations.timestamps()) {
      DraftField field = input.fields.get(name);
      if (field != null && Set.of("String", "AWSDateTime").contains(TypeRef.base(field.type))) {
        field.type = TypeRef.nullable(field.type);
      }
    }
  }

  private DraftType own(String name, ModelDraft model) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    for (FieldDefinition field : model.definition.getFieldDefinitions()) {
      if (!build.isModel(TypeRef.base(field.getType()))) {
        input.with(field.getName(), inputType(field, true));
      }
    }
    return input;
  }

  private Type<?> inputType(FieldDefinition field, boolean ofModel) {
    Type<?> type = field.getType();
    Set<String> filledIn = FILLED_IN.getOrDefault(field.getName(), Set.of());
    if (ofModel && !TypeRef.isList(type) && filledIn.contains(TypeRef.base(type))) {
      return TypeRef.nullable(type);
    }
    String base = TypeRef.base(type);
    return build.isPlain(base) ? type : TypeRef.renamed(type, Words.upper(base) + "Input");
  }

  /// The inputs for the types that a type embeds, and for those that they embed.
  void embedded(ObjectTypeDefinition type) {
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String base = TypeRef.base(field.getType());
      ObjectTypeDefinition inner = build.isModel(base) ? null : build.objects.get(base);
      String name = Words.upper(base) + "Input";
      if (inner != null && !build.draft.has(name)) {
        DraftType input = new DraftType(name, DraftType.Kind.INPUT);
        inner
            .getFieldDefinitions()
            .forEach(part -> input.with(part.getName(), inputType(part, false)));
        build.draft.add(input);
        embedded(inner);
      }
    }
  }
}
