package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `@index`: secondary indexes, and the queries over them.
final class IndexStep {
  private final Build build;
  private final KeyArguments arguments;
  private final Inputs inputs;

  IndexStep(Build build) {
    this.build = build;
    this.arguments = new KeyArguments(build);
    this.inputs = new Inputs(build);
  }

  void apply() {
    for (ModelDraft model : build.models.values()) {
      for (FieldDefinition field : model.definition.getFieldDefinitions()) {
        for (Directive directive : field.getDirectives()) {
          if (directive.getName().equals("index")) {
            index(model, field, directive);
          }
        }
      }
    }
  }

  private void index(ModelDraft model, FieldDefinition field, Directive directive) {
    Map<String, @Nullable Object> given = Directives.arguments(directive);
    TableKey key = PrimaryKeyStep.key(field.getName(), directive);
    String generated = generatedName(model, key);
    String named = Directives.text(given, "name");
    String name = named == null ? generated : named;
    model.indexes.add(new TableIndex(name, key, isLocal(model, key)));
    String query = queryName(given, generated);
    if (query != null) {
      query(model, key, name, query);
    }
    arguments.conditionInputs(model, key, name);
    DraftType condition = build.draft.type("Model" + model.name + "ConditionInput");
    if (condition != null) {
      condition.fields.remove("id");
    }
  }

  /// `employeesByManagerAndLevel` for an index of `Employee` on `manager` and `level`.
  private static String generatedName(ModelDraft model, TableKey key) {
    String fields =
        Stream.concat(Stream.of(key.partition()), key.sort().stream())
            .map(Words::upper)
            .collect(Collectors.joining("And"));
    return Words.lower(Plural.of(model.name)) + "By" + fields;
  }

  private @Nullable String queryName(Map<String, @Nullable Object> given, String generated) {
    if (given.containsKey("queryField")) {
      return Directives.text(given, "queryField");
    }
    return build.options.flag("enableAutoIndexQueryNames", true) ? generated : null;
  }

  /// Local only where a project asks for it: an index with the table's own partition key.
  private boolean isLocal(ModelDraft model, TableKey key) {
    return !build.options.flag("secondaryKeyAsGSI", true)
        && !model.key.sort().isEmpty()
        && !key.sort().isEmpty()
        && key.partition().equals(model.key.partition());
  }

  private void query(ModelDraft model, TableKey key, String name, String query) {
    DraftField field =
        new DraftField(query, TypeRef.named("Model" + model.name + "Connection"))
            .with(key.partition(), TypeRef.required(model.keyType(key.partition())));
    arguments.sort(model, key, name).ifPresent(field.arguments::add);
    field
        .with("sortDirection", TypeRef.named("ModelSortDirection"))
        .with("filter", TypeRef.named(model.filterName()))
        .with("limit", TypeRef.named("Int"))
        .with("nextToken", TypeRef.named("String"));
    build.draft.root("Query").fields.put(query, field);
    build.resolve("Query", query, new Resolver.QueryIndex(model.name, name));
    model.indexQueries.add(query);
    inputs.enums(model.definition.getFieldDefinitions());
    DraftType declared = DraftType.of(model.definition);
    build.draft.add(inputs.indexFilter(model.filterName(), declared));
    build.draft.add(connection("Model" + model.name + "Connection", model.name));
  }

  /// A page of objects.
  static DraftType connection(String name, String of) {
    return new DraftType(name, DraftType.Kind.OBJECT)
        .with("items", TypeRef.requiredList(of))
        .with("nextToken", TypeRef.named("String"));
  }
}
