package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Argument;
import graphql.language.Directive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `@model`: implied fields, inputs, and the queries, mutations and subscriptions of a type.
final class ModelStep {
  private final Build build;
  private final Inputs inputs;

  ModelStep(Build build) {
    this.build = build;
    this.inputs = new Inputs(build);
  }

  void apply() {
    Operators.addAll(build.draft);
    for (ModelDraft model : build.models.values()) {
      DraftType type = impliedFields(model);
      inputs.embedded(model.definition);
      queries(model, type);
      mutations(model);
      subscriptions(model, type);
      if (model.sync) {
        type.with("_version", TypeRef.required("Int"))
            .with("_deleted", TypeRef.named("Boolean"))
            .with("_lastChangedAt", TypeRef.required("AWSTimestamp"));
      }
    }
  }

  private DraftType impliedFields(ModelDraft model) {
    DraftType type = build.draft.types.get(model.name);
    if (type == null) {
      type = DraftType.of(model.definition);
      build.draft.add(type);
    }
    type.with("id", TypeRef.required("ID"));
    for (String timestamp : model.operations.timestamps()) {
      type.with(timestamp, TypeRef.required("AWSDateTime"));
    }
    return type;
  }

  private void queries(ModelDraft model, DraftType type) {
    Operations operations = model.operations;
    if (operations.get() != null) {
      var get = new DraftField(operations.get(), TypeRef.named(model.name));
      query(get.with("id", TypeRef.required("ID")), new Resolver.Get(model.name));
    }
    if (operations.list() != null) {
      query(paged(operations.list(), model, type), new Resolver.ListAll(model.name));
    }
    if (operations.sync() != null) {
      DraftField sync = paged(operations.sync(), model, type);
      query(sync.with("lastSync", TypeRef.named("AWSTimestamp")), new Resolver.Sync(model.name));
    }
  }

  private void query(DraftField field, Resolver resolver) {
    build.draft.root("Query").fields.put(field.name, field);
    build.resolve("Query", field.name, resolver);
  }

  private DraftField paged(String name, ModelDraft model, DraftType type) {
    connection(model);
    inputs.enums(model.definition.getFieldDefinitions());
    build.draft.add(inputs.filter(model.filterName(), type, model.sync));
    return new DraftField(name, TypeRef.named(model.connectionName()))
        .with("filter", TypeRef.named(model.filterName()))
        .with("limit", TypeRef.named("Int"))
        .with("nextToken", TypeRef.named("String"));
  }

  private void connection(ModelDraft model) {
    DraftType type = new DraftType(model.connectionName(), DraftType.Kind.OBJECT);
    type.with("items", TypeRef.requiredList(model.name));
    type.with("nextToken", TypeRef.named("String"));
    if (model.sync) {
      type.with("startedAt", TypeRef.named("AWSTimestamp"));
    }
    build.draft.add(type);
  }

  private void mutations(ModelDraft model) {
    Operations operations = model.operations;
    mutation(model, operations.create(), inputs.create(model), new Resolver.Create(model.name));
    mutation(model, operations.update(), inputs.update(model), new Resolver.Update(model.name));
    mutation(model, operations.delete(), inputs.delete(model), new Resolver.Delete(model.name));
  }

  private void mutation(
      ModelDraft model, @Nullable String name, DraftType input, Resolver resolver) {
    if (name == null) {
      return;
    }
    inputs.enums(model.definition.getFieldDefinitions());
    build.draft.add(inputs.condition(model));
    build.draft.add(input);
    DraftField field =
        new DraftField(name, TypeRef.named(model.name))
            .with("input", TypeRef.required(input.name))
            .with("condition", TypeRef.named(model.conditionName()));
    build.draft.root("Mutation").fields.put(name, field);
    build.resolve("Mutation", name, resolver);
  }

  private void subscriptions(ModelDraft model, DraftType type) {
    model
        .operations
        .subscriptions()
        .forEach((name, mutations) -> {
          inputs.enums(model.definition.getFieldDefinitions());
          build.draft.add(inputs.subscriptionFilter(model, type));
          DraftField field =
              new DraftField(name, TypeRef.named(model.name))
                  .with("filter", TypeRef.named(model.subscriptionFilterName()));
          field.directives.add(subscribe(mutations));
          build.draft.root("Subscription").fields.put(name, field);
        });
  }

  private static Directive subscribe(List<String> mutations) {
    return Directive.newDirective()
        .name("aws_subscribe")
        .argument(Argument.newArgument("mutations", Directives.literal(mutations)).build())
        .build();
  }
}
