package dev.polder.appsync.transform;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `@hasMany`, `@hasOne`, `@belongsTo`: fields that refer to objects of another model.
final class RelationStep {
  private final Build build;
  private final ForeignKeys foreignKeys;
  private final KeyArguments arguments;
  private final Inputs inputs;

  RelationStep(Build build) {
    this.build = build;
    this.foreignKeys = new ForeignKeys(build);
    this.arguments = new KeyArguments(build);
    this.inputs = new Inputs(build);
  }

  void apply() {
    relations("hasMany").forEach(this::hasMany);
    relations("hasOne").forEach(this::hasOne);
    relations("manyToMany").forEach(this::hasMany);
    relations("belongsTo").forEach(this::belongsTo);
  }

  private List<Relation> relations(String kind) {
    List<Relation> relations = new ArrayList<>();
    for (ModelDraft model : build.models.values()) {
      for (FieldDefinition field : model.definition.getFieldDefinitions()) {
        for (Directive directive : field.getDirectives()) {
          if (directive.getName().equals(kind)) {
            relation(model, field, directive).ifPresent(relations::add);
          }
        }
      }
    }
    return relations;
  }

  private Optional<Relation> relation(
      ModelDraft model, FieldDefinition field, Directive directive) {
    return directive.getName().equals("manyToMany")
        ? Relation.many(build, model, field, directive)
        : Relation.of(build, model, field, directive);
  }

  private void hasMany(Relation relation) {
    ModelDraft model = relation.model();
    ModelDraft related = relation.related();
    String index = relation.index();
    List<String> from = relation.fields().isEmpty() ? model.key.fields() : relation.fields();
    if (relation.implicit()) {
      foreignKeys.add(relation, related, model);
      if (index == null) {
        index = index(relation, model.table, foreignKeys.attributes(relation, model));
      }
    } else if (!relation.references().isEmpty()) {
      index = index(relation, model.name, relation.references());
    }
    int limit = relation.given().get("limit") instanceof Number number ? number.intValue() : 100;
    var children = new Resolver.Children(related.name, index, from, true, limit);
    connection(relation);
    build.resolve(model.name, relation.field().getName(), children);
    extensions(relation, children);
  }

  /// The index of the related model that finds the objects of this one.
  private static String index(Relation relation, String owner, List<String> fields) {
    ModelDraft related = relation.related();
    String name = overridden(relation).orElse("gsi-" + owner + "." + relation.field().getName());
    if (related.indexes.stream().noneMatch(index -> index.name().equals(name))) {
      TableKey key = new TableKey(fields.getFirst(), fields.subList(1, fields.size()));
      related.indexes.add(new TableIndex(name, key, false));
    }
    return name;
  }

  /// The name that the other side gives the index.
  private static Optional<String> overridden(Relation relation) {
    return relation.related().definition.getFieldDefinitions().stream()
        .filter(field -> TypeRef.base(field.getType()).equals(relation.model().name))
        .flatMap(field -> Directives.first(field.getDirectives(), "belongsTo").stream())
        .map(Directives::arguments)
        .filter(given -> relation.references().equals(Directives.texts(given, "references")))
        .flatMap(given -> Optional.ofNullable(Directives.text(given, "overrideIndexName")).stream())
        .findFirst();
  }

  /// The field answers pages: it gets the arguments of a list.
  private void connection(Relation relation) {
    ModelDraft related = relation.related();
    String type = "Model" + related.name + "Connection";
    String filter = "Model" + related.name + "FilterInput";
    build.draft.add(IndexStep.connection(type, related.name));
    DraftType owner = build.draft.types.get(relation.model().name);
    if (owner == null) {
      return;
    }
    DraftField field = owner.field(relation.field().getName());
    field.type = TypeRef.named(type);
    field.arguments.clear();
    sort(relation).ifPresent(field.arguments::add);
    field
        .with("filter", TypeRef.named(filter))
        .with("sortDirection", TypeRef.named("ModelSortDirection"))
        .with("limit", TypeRef.named("Int"))
        .with("nextToken", TypeRef.named("String"));
    if (!build.draft.has(filter)) {
      DraftType declared = build.unextended(DraftType.of(related.definition));
      build.draft.add(inputs.connectionFilter(filter, declared, related.sync));
    }
  }

  /// The argument for a condition on the sort key, where the directive gives only the partition's
  /// part of the key.
  private Optional<DraftField> sort(Relation relation) {
    if (!relation.references().isEmpty() || relation.fields().size() > 1) {
      return Optional.empty();
    }
    ModelDraft related = relation.related();
    String index = relation.index();
    TableKey key = index == null ? related.key : key(related, index);
    if (key.sort().size() == 1) {
      arguments.conditionInputs(related, key, "Primary");
    }
    return arguments.sort(related, key, index == null ? "Primary" : index);
  }

  private static TableKey key(ModelDraft model, String index) {
    return model.indexes.stream()
        .filter(candidate -> candidate.name().equals(index))
        .map(TableIndex::key)
        .findFirst()
        .orElse(model.key);
  }

  private void extensions(Relation relation, Resolver.Children children) {
    ModelDraft model = relation.model();
    if ("CASCADE".equals(relation.given().get("onDelete"))) {
      model.cascades.add(new Model.Cascade(children));
    }
    DraftType owner = build.draft.type(model.name);
    if (Boolean.TRUE.equals(relation.given().get("count")) && owner != null) {
      DraftField counted = owner.field(relation.field().getName());
      DraftField count = new DraftField(counted.name + "Count", TypeRef.named("Int"));
      counted.arguments.stream()
          .filter(
              argument -> !List.of("sortDirection", "limit", "nextToken").contains(argument.name))
          .forEach(count.arguments::add);
      owner.fields.put(count.name, count);
      build.resolve(model.name, count.name, new Resolver.Count(children));
    }
  }

  private void hasOne(Relation relation) {
    ModelDraft related = relation.related();
    if (!relation.references().isEmpty()) {
      String index = index(relation, relation.model().name, relation.references());
      one(relation, index, relation.model().key.fields());
    } else {
      one(relation, null, held(relation, related));
    }
  }

  private void belongsTo(Relation relation) {
    ModelDraft related = relation.related();
    Optional<FieldDefinition> other = otherSide(relation);
    boolean many =
        other.map(field -> Directives.has(field.getDirectives(), "hasMany")).orElse(false);
    if (!relation.references().isEmpty()) {
      one(relation, null, relation.references());
    } else if (relation.fields().isEmpty() && many) {
      String field = other.map(FieldDefinition::getName).orElse("");
      one(relation, null, foreignKeys.names(related, field, related));
    } else {
      one(relation, null, held(relation, related));
    }
  }

  /// The fields of this model that hold the related one's key, added if the directive names none.
  private List<String> held(Relation relation, ModelDraft related) {
    if (!relation.fields().isEmpty()) {
      return relation.fields();
    }
    foreignKeys.add(relation, relation.model(), related);
    return foreignKeys.names(relation.model(), relation.field().getName(), related);
  }

  private void one(Relation relation, @Nullable String index, List<String> from) {
    build.resolve(
        relation.model().name,
        relation.field().getName(),
        new Resolver.One(relation.related().name, index, from));
  }

  private static Optional<FieldDefinition> otherSide(Relation relation) {
    return relation.related().definition.getFieldDefinitions().stream()
        .filter(field -> TypeRef.base(field.getType()).equals(relation.model().name))
        .filter(field ->
            Directives.has(field.getDirectives(), "hasOne")
                || Directives.has(field.getDirectives(), "hasMany"))
        .findFirst();
  }
}
