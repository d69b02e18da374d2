package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Operations;
import graphql.language.Directive;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// `@model`.
final class ModelCheck implements Check {
  private final Types types;
  private final RootFields roots;
  private final Map<ObjectTypeDefinition, Directive> uses = new LinkedHashMap<>();

  ModelCheck(Types types, RootFields roots) {
    this.types = types;
    this.roots = roots;
  }

  @Override
  public String directive() {
    return "model";
  }

  @Override
  public void type(ObjectTypeDefinition type, Directive directive) {
    if (types.isRoot(type.getName())) {
      throw Check.wrong(
          type,
          "'%s' is a reserved type name and currently in use within the default schema element."
              .formatted(type.getName()));
    }
    uses.put(type, directive);
  }

  @Override
  public void generated() {
    uses.forEach(this::addOperations);
  }

  private Operations operations(ObjectTypeDefinition type, Directive directive) {
    boolean merged = types.options().flag("shouldDeepMergeDirectiveConfigDefaults", true);
    boolean sync = types.options().conflicts().of(type.getName()).isPresent();
    return Operations.of(type.getName(), directive, sync, merged);
  }

  private void addOperations(ObjectTypeDefinition type, Directive directive) {
    Operations operations = operations(type, directive);
    roots.add("Query", present(operations.get(), operations.list(), operations.sync()), directive);
    roots.add(
        "Mutation",
        present(operations.create(), operations.update(), operations.delete()),
        directive);
    roots.add("Subscription", new ArrayList<>(operations.subscriptions().keySet()), directive);
  }

  /// One name can be given to one subscription only.
  @Override
  public void resolved() {
    uses.forEach((type, directive) ->
        operations(type, directive)
            .subscriptions()
            .forEach((name, mutations) -> {
              if (mutations.size() > 1) {
                throw Check.error(
                    directive,
                    "Error",
                    "A resolver for typeName Subscription fieldName: %s already exists"
                        .formatted(name));
              }
            }));
  }

  private static List<String> present(@org.jspecify.annotations.Nullable String... names) {
    return Stream.of(names).filter(Objects::nonNull).toList();
  }
}
