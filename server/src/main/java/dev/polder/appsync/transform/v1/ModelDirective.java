package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.Plural;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.v1.DraftModel.Level;
import dev.polder.appsync.transform.v1.DraftModel.Operation;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `@model`: a table, and queries, mutations and subscriptions for its items.
final class ModelDirective {
  private static final List<Map.Entry<String, Operation>> EVENTS =
      List.of(
          Map.entry("onCreate", Operation.CREATE),
          Map.entry("onUpdate", Operation.UPDATE),
          Map.entry("onDelete", Operation.DELETE));

  private final Draft draft;
  private final Filters filters;

  ModelDirective(Draft draft) {
    this.draft = draft;
    this.filters = new Filters(draft);
  }

  void apply(ObjectTypeDefinition type, Directive directive) {
    if (draft.isRoot(type.getName())) {
      throw new SchemaException(
          Problem.directive(
              type,
              "'%s' is a reserved type name and currently in use within the default schema element."
                  .formatted(type.getName())));
    }
    Arguments arguments = Arguments.of(directive);
    DraftModel model = new DraftModel(type);
    model.key = new TableKey("id", List.of(), !hasTextualId(type));
    draft.models().put(type.getName(), model);
    model.createdAt = timestamp(arguments, "createdAt");
    model.updatedAt = timestamp(arguments, "updatedAt");
    ModelInputs inputs = new ModelInputs(draft, model);
    inputs.addEmbedded();
    addQueries(model, arguments);
    addMutations(model, arguments, inputs);
    addSubscriptions(model, arguments);
    complete(model);
  }

  /// An `id` that no directive makes the key is stored as a string, whatever its type.
  private static boolean hasTextualId(ObjectTypeDefinition type) {
    return type.getFieldDefinitions().stream()
        .filter(field -> field.getName().equals("id"))
        .allMatch(field -> Set.of("ID", "String").contains(TypeRef.base(field.getType())));
  }

  private static @Nullable String timestamp(Arguments arguments, String name) {
    if (arguments.isNull("timestamps")) {
      return null;
    }
    Arguments timestamps = arguments.object("timestamps");
    return timestamps.has(name) ? timestamps.text(name) : name;
  }

  /// The name of an operation's field, or null if the directive leaves it out.
  private static @Nullable String name(
      Arguments arguments, String group, String operation, String standard) {
    if (!arguments.has(group)) {
      return standard;
    }
    return arguments.object(group).text(operation);
  }

  private void addQueries(DraftModel model, Arguments arguments) {
    String type = model.type();
    String get = name(arguments, "queries", "get", "get" + Names.upper(type));
    if (get != null) {
      model.operations.put(Operation.GET, get);
      draft.addField(
          draft.query(),
          Nodes.field(
              get, List.of(Nodes.value("id", TypeRef.required("ID"))), TypeRef.named(type)));
      draft.resolvers().put(new FieldName(draft.query(), get), new Resolver.Get(type));
    }
    String list = name(arguments, "queries", "list", "list" + plural(Names.upper(type)));
    if (list != null) {
      model.operations.put(Operation.LIST, list);
      filters.addSortDirection();
      addConnection(type);
      draft.addField(draft.query(), connectionField(list, type, List.of()));
      draft.resolvers().put(new FieldName(draft.query(), list), new Resolver.ListAll(type));
      filters.addFilter(model.written());
    }
  }

  private String plural(String word) {
    return draft.options().flag("improvePluralization", false) ? Plural.of(word) : word + "s";
  }

  /// Adds the type of a page of items.
  void addConnection(String type) {
    draft.addIfAbsent(
        Nodes.object(
            Names.connection(type),
            List.of(
                Nodes.field("items", List.of(), TypeRef.list(type)),
                Nodes.field("nextToken", List.of(), TypeRef.named("String")))));
  }

  /// A field that answers a page of items.
  static FieldDefinition connectionField(
      String name, String type, List<InputValueDefinition> arguments) {
    List<InputValueDefinition> all = new ArrayList<>(arguments);
    all.add(Nodes.value("filter", Names.filter(type)));
    all.add(Nodes.value("limit", "Int"));
    all.add(Nodes.value("nextToken", "String"));
    return Nodes.field(name, all, TypeRef.named(Names.connection(type)));
  }

  private void addMutations(DraftModel model, Arguments arguments, ModelInputs inputs) {
    String type = model.type();
    String upper = Names.upper(type);
    addMutation(
        model,
        Operation.CREATE,
        name(arguments, "mutations", "create", "create" + upper),
        inputs.create(),
        new Resolver.Create(type));
    addMutation(
        model,
        Operation.UPDATE,
        name(arguments, "mutations", "update", "update" + upper),
        inputs.update(),
        new Resolver.Update(type));
    addMutation(
        model,
        Operation.DELETE,
        name(arguments, "mutations", "delete", "delete" + upper),
        inputs.delete(),
        new Resolver.Delete(type));
  }

  private void addMutation(
      DraftModel model,
      Operation operation,
      @Nullable String name,
      InputObjectTypeDefinition input,
      Resolver resolver) {
    if (name == null) {
      return;
    }
    model.operations.put(operation, name);
    draft.addIfAbsent(input);
    filters.addCondition(model.written());
    draft.addField(
        draft.mutation(),
        Nodes.field(
            name,
            List.of(
                Nodes.value("input", TypeRef.required(input.getName())),
                Nodes.value("condition", Names.condition(model.type()))),
            TypeRef.named(model.type())));
    draft.resolvers().put(new FieldName(draft.mutation(), name), resolver);
  }

  /// A subscription that is given a name stands even where its mutation is left out.
  private void addSubscriptions(DraftModel model, Arguments arguments) {
    Arguments given = arguments.object("subscriptions");
    boolean none = arguments.isNull("subscriptions") || "off".equals(given.text("level"));
    if (none) {
      model.level = Level.OFF;
      return;
    }
    model.level = "public".equals(given.text("level")) ? Level.PUBLIC : Level.ON;
    String upper = Names.upper(model.type());
    boolean named =
        EVENTS.stream()
            .map(Map.Entry::getKey)
            .anyMatch(event -> given.has(event) && !given.isNull(event));
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Operation> event : EVENTS) {
      List<String> names = named ? given.texts(event.getKey()) : List.of(event.getKey() + upper);
      if (named) {
        names.forEach(name -> fields.putIfAbsent(name, new ArrayList<>()));
      }
      subscribe(model, event.getValue(), names, fields);
    }
    fields.forEach((name, mutations) -> addSubscription(model.type(), name, mutations));
  }

  private static void subscribe(
      DraftModel model, Operation operation, List<String> names, Map<String, List<String>> fields) {
    String mutation = model.operations.get(operation);
    if (mutation != null) {
      model.subscriptions.put(operation, names);
      names.stream()
          .distinct()
          .forEach(name -> fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(mutation));
    }
  }

  private void addSubscription(String type, String name, List<String> mutations) {
    FieldDefinition field = Nodes.field(name, List.of(), TypeRef.named(type));
    draft.addField(
        draft.subscription(),
        field.transform(
            copy -> copy.directive(Nodes.directive("aws_subscribe", "mutations", mutations))));
  }

  /// Adds the identifier and the times to the type, and keeps keys out of conditions.
  private void complete(DraftModel model) {
    ObjectTypeDefinition type = model.written();
    ObjectTypeDefinition whole = draft.object(type.getName()).orElse(type);
    List<FieldDefinition> fields = new ArrayList<>(whole.getFieldDefinitions());
    if (field(type, "id") == null) {
      fields.addFirst(Nodes.field("id", List.of(), TypeRef.required("ID")));
    }
    for (String time : times(model)) {
      if (field(type, time) == null) {
        fields.add(Nodes.field(time, List.of(), TypeRef.required("AWSDateTime")));
      }
    }
    draft.put(whole.transform(copy -> copy.fieldDefinitions(fields)));
    model.createdAt = filled(type, model.createdAt);
    model.updatedAt = filled(type, model.updatedAt);
    if (!type.hasDirective("key")) {
      Inputs.without(draft, Names.condition(type.getName()), Set.of("id"));
    }
  }

  private static List<String> times(DraftModel model) {
    List<String> times = new ArrayList<>();
    if (model.createdAt != null) {
      times.add(model.createdAt);
    }
    if (model.updatedAt != null) {
      times.add(model.updatedAt);
    }
    return times;
  }

  private static @Nullable FieldDefinition field(ObjectTypeDefinition type, String name) {
    return type.getFieldDefinitions().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// A declared field of another type than a time or a string is the caller's affair.
  private static @Nullable String filled(ObjectTypeDefinition type, @Nullable String time) {
    FieldDefinition declared = time == null ? null : field(type, time);
    if (declared == null) {
      return time;
    }
    String base = TypeRef.base(declared.getType());
    return base.equals("AWSDateTime") || base.equals("String") ? time : null;
  }
}
