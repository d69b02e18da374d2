package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Operations;
import graphql.language.Directive;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    ReservedFields reserved =
        new ReservedFields(types, type, types.options().conflicts().of(type.getName()).isPresent());
    if (operations.list() != null || operations.sync() != null) {
      reserved.checkFilter();
    }
    roots.add("Query", present(operations.get(), operations.list(), operations.sync()), directive);
    List<String> mutations = present(operations.create(), operations.update(), operations.delete());
    if (!mutations.isEmpty()) {
      reserved.checkCondition();
    }
    if (operations.create() != null) {
      reserved.checkInput("Create");
    }
    if (operations.update() != null) {
      reserved.checkInput("Update");
    }
    roots.add("Mutation", mutations, directive);
    if (!operations.subscriptions().isEmpty()) {
      reserved.checkSubscriptionFilter();
    }
    roots.add("Subscription", new ArrayList<>(operations.subscriptions().keySet()), directive);
    reserved.checkType();
  }

  /// One name can be given to one operation only.
  @Override
  public void resolved() {
    uses.forEach((type, directive) -> {
      Operations operations = operations(type, directive);
      once("Query", present(operations.get(), operations.list(), operations.sync()), directive);
      once(
          "Mutation",
          present(operations.create(), operations.update(), operations.delete()),
          directive);
      List<String> subscriptions = new ArrayList<>();
      operations
          .subscriptions()
          .forEach((name, mutations) -> mutations.forEach(_ -> subscriptions.add(name)));
      once("Subscription", subscriptions, directive);
    });
  }

  private static void once(String root, List<String> names, Directive directive) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw Check.error(
            directive,
            "Error",
            "A resolver for typeName %s fieldName: %s already exists".formatted(root, name));
      }
    }
  }

  private static List<String> present(@org.jspecify.annotations.Nullable String... names) {
    return Stream.of(names).filter(Objects::nonNull).toList();
  }
}
