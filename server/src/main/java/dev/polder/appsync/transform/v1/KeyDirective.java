package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.v1.DraftModel.Operation;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `@key`: another primary key, or an index with a query of its own.
final class KeyDirective {
  private final Draft draft;

  KeyDirective(Draft draft) {
    this.draft = draft;
  }

  void apply(ObjectTypeDefinition type, Directive directive) {
    Key key = Key.of(directive);
    new KeyChecks(draft, type).check(key, directive);
    DraftModel model = KeyChecks.model(draft, type, directive);
    if (key.primary()) {
      model.key = key.table();
      changeOperations(model, key);
      changeInputs(model, key);
    } else {
      addIndex(model, key);
      addQuery(model, key);
    }
    addKeyConditions(type, key);
    Set<String> inKey = new HashSet<>(key.primary() ? key.fields() : List.of());
    inKey.add("id");
    Inputs.without(draft, Names.condition(type.getName()), inKey);
  }

  private void addIndex(DraftModel model, Key key) {
    boolean local =
        key.fields().getFirst().equals(primaryPartition(model))
            && !draft.options().flag("secondaryKeyAsGSI", false);
    TableKey table =
        key.fields().getFirst().equals("id") && !keyed(model)
            ? new TableKey("id", key.sort(), model.key.text())
            : key.table();
    model.indexes.add(new TableIndex(key.nameOr("Primary"), table, local));
  }

  private static boolean keyed(DraftModel model) {
    return model.written().getDirectives("key").stream().map(Key::of).anyMatch(Key::primary);
  }

  private static String primaryPartition(DraftModel model) {
    return model.written().getDirectives("key").stream()
        .map(Key::of)
        .filter(Key::primary)
        .findFirst()
        .map(key -> key.fields().getFirst())
        .orElse("id");
  }

  private void changeOperations(DraftModel model, Key key) {
    Map<String, FieldDefinition> fields = fields(model.written());
    model
        .operation(Operation.GET)
        .ifPresent(get ->
            draft.changeField(
                draft.query(),
                get,
                field ->
                    Nodes.field(
                        get,
                        key.fields().stream()
                            .map(name -> Nodes.value(name, required(fields, name)))
                            .toList(),
                        field.getType())));
    model.operation(Operation.LIST).ifPresent(list -> changeList(model.written(), key, list));
    if (!fields.containsKey("id")) {
      draft
          .object(model.type())
          .ifPresent(type ->
              draft.put(
                  type.transform(copy ->
                      copy.fieldDefinitions(
                          type.getFieldDefinitions().stream()
                              .filter(field -> !field.getName().equals("id"))
                              .toList()))));
    }
  }

  private void changeList(ObjectTypeDefinition type, Key key, String list) {
    draft.changeField(
        draft.query(),
        list,
        field -> {
          List<InputValueDefinition> arguments = keyArguments(type, key);
          arguments.addAll(field.getInputValueDefinitions());
          arguments.add(Nodes.value("sortDirection", "ModelSortDirection"));
          return Nodes.field(list, arguments, field.getType());
        });
  }

  /// The hash key by value, and a condition on what follows it.
  private List<InputValueDefinition> keyArguments(ObjectTypeDefinition type, Key key) {
    Map<String, FieldDefinition> fields = fields(type);
    List<InputValueDefinition> arguments = new ArrayList<>();
    String hash = key.fields().getFirst();
    arguments.add(Nodes.value(hash, base(fields, hash)));
    if (key.sort().size() == 1) {
      String sort = key.sort().getFirst();
      arguments.add(Nodes.value(sort, Names.keyCondition(keyType(base(fields, sort)))));
    } else if (!key.sort().isEmpty()) {
      arguments.add(
          Nodes.value(
              Names.camel(key.sort()),
              Names.compositeKeyCondition(type.getName(), key.nameOr("Primary"))));
    }
    return arguments;
  }

  private String keyType(String base) {
    return draft.isEnum(base) ? "String" : base;
  }

  private void addQuery(DraftModel model, Key key) {
    Optional<String> name = key.queryField();
    if (name.isEmpty()) {
      return;
    }
    List<InputValueDefinition> arguments = keyArguments(model.written(), key);
    arguments.add(Nodes.value("sortDirection", "ModelSortDirection"));
    draft.addField(
        draft.query(), ModelDirective.connectionField(name.get(), model.type(), arguments));
    draft
        .resolvers()
        .put(
            new FieldName(draft.query(), name.get()),
            new Resolver.QueryIndex(model.type(), key.nameOr("Primary")));
    Filters filters = new Filters(draft);
    filters.addSortDirection();
    filters.addFilter(model.written());
    new ModelDirective(draft).addConnection(model.type());
  }

  private void changeInputs(DraftModel model, Key key) {
    Map<String, FieldDefinition> fields = fields(model.written());
    boolean ownId = fields.containsKey("id");
    if (!ownId) {
      Inputs.without(draft, Names.createInput(model.type()), Set.of("id"));
      Inputs.without(draft, Names.updateInput(model.type()), Set.of("id"));
    }
    Inputs.change(
        draft,
        Names.updateInput(model.type()),
        values -> values.stream().map(value -> updated(value, key)).collect(Collectors.toList()));
    Inputs.change(
        draft,
        Names.deleteInput(model.type()),
        values -> {
          List<InputValueDefinition> all = new ArrayList<>();
          key.fields().forEach(name -> all.add(Nodes.value(name, required(fields, name))));
          values.stream()
              .filter(value -> !value.getName().equals("id"))
              .filter(value -> !key.fields().contains(value.getName()))
              .forEach(all::add);
          return all;
        });
  }

  /// What is in the key must be given, and an `id` that is not need not.
  private static InputValueDefinition updated(InputValueDefinition value, Key key) {
    if (key.fields().contains(value.getName())) {
      return Nodes.value(value.getName(), TypeRef.required(value.getType()));
    }
    return value.getName().equals("id")
        ? Nodes.value("id", TypeRef.nullable(value.getType()))
        : value;
  }

  private void addKeyConditions(ObjectTypeDefinition type, Key key) {
    Map<String, FieldDefinition> fields = fields(type);
    KeyConditions conditions = new KeyConditions(draft);
    if (key.sort().size() == 1) {
      conditions.add(keyType(base(fields, key.sort().getFirst())));
    } else if (!key.sort().isEmpty()) {
      conditions.addComposite(
          type.getName(),
          key.nameOr("Primary"),
          key.sort().stream()
              .map(name -> Nodes.value(name, TypeRef.named(base(fields, name))))
              .toList());
    }
  }

  private static Map<String, FieldDefinition> fields(ObjectTypeDefinition type) {
    return type.getFieldDefinitions().stream()
        .collect(Collectors.toMap(FieldDefinition::getName, field -> field, (first, _) -> first));
  }

  private static String base(Map<String, FieldDefinition> fields, String name) {
    return TypeRef.base(java.util.Objects.requireNonNull(fields.get(name)).getType());
  }

  private static Type<?> required(Map<String, FieldDefinition> fields, String name) {
    return TypeRef.required(base(fields, name));
  }

  /// The arguments of the directive.
  record Key(Optional<String> name, List<String> fields, Optional<String> queryField) {
    static Key of(Directive directive) {
      Arguments arguments = Arguments.of(directive);
      return new Key(
          Optional.ofNullable(arguments.text("name")),
          arguments.texts("fields"),
          Optional.ofNullable(arguments.text("queryField")));
    }

    boolean primary() {
      return name.isEmpty();
    }

    String nameOr(String other) {
      return name.orElse(other);
    }

    List<String> sort() {
      return fields.subList(1, fields.size());
    }

    TableKey table() {
      return new TableKey(fields.getFirst(), sort());
    }
  }
}
