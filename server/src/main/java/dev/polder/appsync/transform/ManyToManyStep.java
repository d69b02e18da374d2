package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `@manyToMany`: a model between two models, with an index for each side. The step runs before the
/// others and writes what a user would have written with `@hasMany`, `@index` and `@hasOne`.
final class ManyToManyStep {
  private final Build build;
  private final UserSchema schema;

  ManyToManyStep(Build build, UserSchema schema) {
    this.build = build;
    this.schema = schema;
  }

  /// One side of a relation.
  private record Side(ModelDraft model, FieldDefinition field) {
    String name() {
      return Words.lower(model.name);
    }

    String original() {
      return Words.lower(model.table);
    }

    String index() {
      return "by" + model.table;
    }
  }

  void apply() {
    Map<String, List<Side>> relations = new LinkedHashMap<>();
    for (ModelDraft model : build.models.values()) {
      for (FieldDefinition field : model.definition.getFieldDefinitions()) {
        Directives.first(field.getDirectives(), "manyToMany")
            .map(directive -> Directives.text(Directives.arguments(directive), "relationName"))
            .ifPresent(name ->
                relations
                    .computeIfAbsent(Words.upper(name), _ -> new ArrayList<>())
                    .add(new Side(model, field)));
      }
    }
    relations.forEach((name, sides) -> {
      if (sides.size() == 2) {
        join(name, sides.getFirst(), sides.getLast());
      }
    });
  }

  private void join(String name, Side one, Side two) {
    Directive model = directive("model");
    List<Directive> directives = new ArrayList<>(List.of(model));
    auth(one, two).ifPresent(directives::add);
    List<FieldDefinition> fields = new ArrayList<>();
    fields.add(field("id", TypeRef.required("ID"), List.of()));
    fields.addAll(keyFields(one));
    fields.addAll(keyFields(two));
    fields.add(reference(one));
    fields.add(reference(two));
    ObjectTypeDefinition definition =
        ObjectTypeDefinition.newObjectTypeDefinition()
            .name(name)
            .directives(directives)
            .fieldDefinitions(fields)
            .build();
    build.objects.put(name, definition);
    ModelDraft join = schema.modelOf(definition, model, true);
    build.models.put(name, join);
    attributes(join, one);
    attributes(join, two);
    build.many.put(one.field(), new Build.Many(one.index(), name));
    build.many.put(two.field(), new Build.Many(two.index(), name));
  }

  /// A side that `@mapsTo` renamed keeps its first name in the table.
  private void attributes(ModelDraft join, Side side) {
    String name = keyName(side.name(), side);
    String attribute = keyName(side.original(), side);
    if (!name.equals(attribute)) {
      join.attributes.put(name, attribute);
    }
  }

  private String keyName(String type, Side side) {
    boolean ownKeys = build.options.flag("respectPrimaryKeyAttributesOnConnectionField", true);
    return type + (ownKeys ? Words.upper(side.model().key.partition()) : "ID");
  }

  private List<FieldDefinition> keyFields(Side side) {
    List<String> sort = side.model().key.sort();
    List<FieldDefinition> fields = new ArrayList<>();
    Directive index =
        directive(
            "index",
            argument("name", StringValue.of(side.index())),
            argument(
                "sortKeyFields",
                Directives.literal(sort.stream().map(key -> side.name() + key).toList())));
    String partition = side.model().key.partition();
    fields.add(
        field(
            keyName(side.name(), side),
            TypeRef.required(side.model().keyType(partition)),
            List.of(index)));
    for (String key : sort) {
      fields.add(field(side.name() + key, TypeRef.required(side.model().keyType(key)), List.of()));
    }
    return fields;
  }

  private FieldDefinition reference(Side side) {
    List<String> fields = new ArrayList<>(List.of(keyName(side.name(), side)));
    side.model().key.sort().forEach(key -> fields.add(side.name() + key));
    Directive hasOne = directive("hasOne", argument("fields", Directives.literal(fields)));
    return field(side.name(), TypeRef.required(side.model().name), List.of(hasOne));
  }

  /// The rules of both sides together.
  private static Optional<Directive> auth(Side one, Side two) {
    ArrayValue.Builder rules = ArrayValue.newArrayValue();
    boolean any = false;
    for (Side side : List.of(one, two)) {
      Optional<Directive> auth = Directives.first(side.model().definition.getDirectives(), "auth");
      if (auth.isPresent()
          && auth.get().getArgument("rules").getValue() instanceof ArrayValue list) {
        list.getValues().forEach(rules::value);
        any = true;
      }
    }
    return any
        ? Optional.of(directive("auth", argument("rules", rules.build())))
        : Optional.empty();
  }

  private static Argument argument(String name, Value<?> value) {
    return Argument.newArgument(name, value).build();
  }

  private static Directive directive(String name, Argument... arguments) {
    return Directive.newDirective().name(name).arguments(List.of(arguments)).build();
  }

  private static FieldDefinition field(String name, Type<?> type, List<Directive> directives) {
    return FieldDefinition.newFieldDefinition()
        .name(name)
        .type(type)
        .directives(directives)
        .build();
  }
}
