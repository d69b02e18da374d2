package dev.polder.appsync.transform;

import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `@primaryKey`: another key than `id`, with the arguments and inputs that go with it.
final class PrimaryKeyStep {
  private final Build build;
  private final KeyArguments arguments;

  PrimaryKeyStep(Build build) {
    this.build = build;
    this.arguments = new KeyArguments(build);
  }

  /// Reads the keys of all models; other steps need them before this one runs.
  void read() {
    for (ModelDraft model : build.models.values()) {
      boolean text = Set.of("ID", "String").contains(model.keyType("id"));
      model.key = new TableKey("id", List.of(), !text);
      for (FieldDefinition field : model.definition.getFieldDefinitions()) {
        Directives.first(field.getDirectives(), "primaryKey")
            .ifPresent(directive -> model.key = key(field.getName(), directive));
      }
    }
  }

  static TableKey key(String field, Directive directive) {
    Map<String, @Nullable Object> given = Directives.arguments(directive);
    List<String> sort = Directives.texts(given, "sortKeyFields");
    return new TableKey(field, sort == null ? List.of() : sort);
  }

  void apply() {
    for (ModelDraft model : build.models.values()) {
      if (model.keyed()) {
        get(model);
        list(model);
        inputs(model);
        withoutId(model);
        arguments.conditionInputs(model, model.key, "Primary");
        condition(model);
      }
    }
  }

  private void get(ModelDraft model) {
    DraftField get = field("Query", model.operations.get());
    if (get != null) {
      get.arguments.clear();
      for (String name : model.key.fields()) {
        get.with(name, TypeRef.required(model.keyType(name)));
      }
    }
  }

  private void list(ModelDraft model) {
    DraftField list = field("Query", listName(model));
    if (list != null) {
      List<DraftField> given = new ArrayList<>();
      String partition = model.key.partition();
      given.add(new DraftField(partition, TypeRef.named(model.keyType(partition))));
      arguments.sort(model, model.key, "Primary").ifPresent(given::add);
      list.arguments.addAll(0, given);
      list.with("sortDirection", TypeRef.named("ModelSortDirection"));
    }
  }

  /// The list that gets the arguments. Amplify looks for the plural of the name in upper case, and
  /// a short name has another plural then: the list of a type `a` is `listAs` and is not found.
  private static @Nullable String listName(ModelDraft model) {
    String name = model.operations.list();
    boolean standard = Words.camel("list", Plural.of(model.name)).equals(name);
    return standard ? "list" + Plural.of(Words.upper(model.name)) : name;
  }

  private @Nullable DraftField field(String root, @Nullable String name) {
    DraftType type = build.draft.type(root);
    return type == null || name == null ? null : type.fields.get(name);
  }

  private void inputs(ModelDraft model) {
    boolean declared = model.declares("id");
    Operations operations = model.operations;
    DraftType create = build.draft.type(model.inputName("Create"));
    if (create != null && operations.create() != null && !declared) {
      create.fields.remove("id");
    }
    DraftType update = build.draft.type(model.inputName("Update"));
    if (update != null && operations.update() != null) {
      update(model, update, declared);
    }
    DraftType delete = build.draft.type(model.inputName("Delete"));
    if (delete != null && operations.delete() != null) {
      delete(model, delete);
    }
  }

  private static void update(ModelDraft model, DraftType input, boolean declared) {
    if (!declared) {
      input.fields.remove("id");
    }
    for (DraftField field : input.fields.values()) {
      if (model.key.fields().contains(field.name)) {
        field.type = TypeRef.required(field.type);
      } else if (field.name.equals("id")) {
        field.type = TypeRef.nullable(field.type);
      }
    }
  }

  private static void delete(ModelDraft model, DraftType input) {
    List<DraftField> others = new ArrayList<>(input.fields.values());
    input.fields.clear();
    for (String name : model.key.fields()) {
      input.with(name, TypeRef.required(model.keyType(name)));
    }
    for (DraftField other : others) {
      boolean id = other.name.equals("id") && TypeRef.base(other.type).equals("ID");
      if (!id) {
        input.fields.putIfAbsent(other.name, other);
      }
    }
  }

  private void withoutId(ModelDraft model) {
    DraftType type = build.draft.type(model.name);
    if (type != null && !model.declares("id")) {
      type.fields.remove("id");
    }
  }

  /// A key cannot be asked for in a condition. The input is looked up by the type's name as it is
  /// written, so that a type whose name begins in lower case keeps its key in the condition, as
  /// with Amplify.
  private void condition(ModelDraft model) {
    DraftType input = build.draft.type("Model" + model.name + "ConditionInput");
    if (input != null) {
      input.fields.remove("id");
      model.key.fields().forEach(input.fields::remove);
    }
  }
}
