package dev.polder.appsync.transform.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import graphql.language.Definition;
import graphql.language.FieldDefinition;
import graphql.language.Node;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The fields of the roots, those of the author and then the generated ones, none of which may be
/// there before.
final class RootFields {
  private final Map<String, Set<String>> fields = new HashMap<>();

  private final Types types;

  RootFields(Types types) {
    this.types = types;
    Set<String> names =
        Stream.of("Query", "Mutation", "Subscription")
            .map(types::root)
            .collect(toUnmodifiableSet());
    for (Definition<?> definition : types.definitions()) {
      if (definition instanceof ObjectTypeDefinition type && names.contains(type.getName())) {
        Set<String> present = fields.computeIfAbsent(type.getName(), _ -> new HashSet<>());
        type.getFieldDefinitions().stream().map(FieldDefinition::getName).forEach(present::add);
      }
    }
  }

  /// Adds fields that are generated together.
  void add(String standard, List<String> names, Node<?> at) {
    String root = types.root(standard);
    Set<String> present = fields.computeIfAbsent(root, _ -> new HashSet<>());
    for (String name : new ArrayList<>(names)) {
      if (present.contains(name)) {
        throw Check.error(
            at,
            "Error",
            "Object type extension '%s' cannot redeclare field %s".formatted(root, name));
      }
    }
    present.addAll(names);
  }
}
