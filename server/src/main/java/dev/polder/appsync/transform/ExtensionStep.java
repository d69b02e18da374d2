package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import java.util.Map;

/// What a schema may ask for beyond Amplify: `@unique` on fields, and a count of a model's objects
/// (`@model(queries: {count: "…"})`). Counts of connections and cascades are arguments of
/// `@hasMany`, see [RelationStep].
final class ExtensionStep {
  private final Build build;

  ExtensionStep(Build build) {
    this.build = build;
  }

  void apply() {
    for (ModelDraft model : build.models.values()) {
      for (FieldDefinition field : model.definition.getFieldDefinitions()) {
        if (Directives.has(field.getDirectives(), "unique")) {
          model.unique.add(field.getName());
        }
      }
      count(model);
    }
  }

  private void count(ModelDraft model) {
    Object name =
        Directives.first(model.definition.getDirectives(), "model")
            .map(Directives::arguments)
            .map(given -> given.get("queries") instanceof Map<?, ?> map ? map.get("count") : null)
            .orElse(null);
    if (name instanceof String query) {
      count(model, query);
    }
  }

  /// The query is open to whoever may list.
  private void count(ModelDraft model, String name) {
    DraftField field = new DraftField(name, TypeRef.named("Int"));
    if (build.draft.has(model.filterName())) {
      field.with("filter", TypeRef.named(model.filterName()));
    }
    build.draft.root("Query").fields.put(name, field);
    model.indexQueries.add(name);
    build.resolve("Query", name, new Resolver.Count(new Resolver.ListAll(model.name)));
  }
}
