package dev.polder.appsync.transform;

import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.Map;
import java.util.Optional;
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
    String name = given(given, "name").orElse(generated);
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
        Stream.concat(Stream.of(model.attribute(key.partition())), key.sort().stream())
            .map(Words::upper)
            .collect(Collectors.joining("And"));
    return Words.lower(Plural.of(model.name)) + "By" + fields;
  }

  private @Nullable String queryName(Map<String, @Nullable Object> given, String generated) {
    boolean refused = given.containsKey("queryField") && given.get("queryField") == null;
    boolean automatic = build.options.flag("enableAutoIndexQueryNames", true);
    return given(given, "queryField").orElse(refused || !automatic ? null : generated);
  }

  /// The text of an argument; an empty one counts as absent.
  private static Optional<String> given(Map<String, @Nullable Object> given, String name) {
    return Optional.ofNullable(Directives.text(given, name)).filter(text -> !text.isEmpty());
  }

  /// Local only where a project asks for it: an index with the table's own partition key, whether
  /// it has a sort key or not.
  private boolean isLocal(ModelDraft model, TableKey key) {
    return !build.options.flag("secondaryKeyAsGSI", true)
        && key.partition().equals(model.key.partition());
  }

  /// The inputs and the page of such a query have the type's name as it is written, which differs
  /// from those of a list where the name begins in lower case.
  private void query(ModelDraft model, TableKey key, String name, String query) {
    String filter = "Model" + model.name + "FilterInput";
    DraftField field =
        new DraftField(query, TypeRef.named("Model" + model.name + "Connection"))
            .with(
                model.attribute(key.partition()), TypeRef.required(model.keyType(key.partition())));
    arguments.sort(model, key, name).ifPresent(field.arguments::add);
    field
        .with("sortDirection", TypeRef.named("ModelSortDirection"))
        .with("filter", TypeRef.named(filter))
        .with("limit", TypeRef.named("Int"))
        .with("nextToken", TypeRef.named("String"));
    build.draft.root("Query").fields.put(query, field);
    build.resolve("Query", query, new Resolver.QueryIndex(model.name, name));
    model.indexQueries.add(query);
    inputs.enums(model.definition.getFieldDefinitions());
    DraftType declared = DraftType.of(model.definition);
    build.draft.add(inputs.indexFilter(filter, build.unextended(declared)));
    build.draft.add(connection("Model" + model.name + "Connection", model.name));
  }

  /// A page of objects.
  static DraftType connection(String name, String of) {
    return new DraftType(name, DraftType.Kind.OBJECT)
        .with("items", TypeRef.requiredList(of))
        .with("nextToken", TypeRef.named("String"));
  }
}
