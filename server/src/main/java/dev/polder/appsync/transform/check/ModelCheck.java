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

  private void addOperations(ObjectTypeDefinition type, Directive directive) {
    boolean merged = types.options().flag("shouldDeepMergeDirectiveConfigDefaults", true);
    boolean sync = types.options().conflicts().of(type.getName()).isPresent();
    Operations operations = Operations.of(type.getName(), directive, sync, merged);
    roots.add("Query", present(operations.get(), operations.list(), operations.sync()), directive);
    roots.add(
        "Mutation",
        present(operations.create(), operations.update(), operations.delete()),
        directive);
    roots.add("Subscription", new ArrayList<>(operations.subscriptions().keySet()), directive);
  }

  private static List<String> present(@org.jspecify.annotations.Nullable String... names) {
    return Stream.of(names).filter(Objects::nonNull).toList();
  }
}
