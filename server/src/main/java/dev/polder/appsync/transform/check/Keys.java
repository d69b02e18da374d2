package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.NonNullType;
import graphql.language.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of models, as their directives say.
final class Keys {
  private Keys() {}

  private static final FieldDefinition ID =
      FieldDefinition.newFieldDefinition()
          .name("id")
          .type(NonNullType.newNonNullType(new TypeName("ID")).build())
          .build();

  /// The names of a key's further fields; one that is null is called so.
  static List<String> sortFields(Directive directive) {
    return Arguments.of(directive).value("sortKeyFields") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : Arguments.of(directive).texts("sortKeyFields");
  }

  /// A field of a model as it will be stored: the identifier is there though nobody wrote it.
  static Optional<FieldDefinition> field(ImplementingTypeDefinition<?> model, String name) {
    Optional<FieldDefinition> written = Types.field(model, name);
    return written.isEmpty() && name.equals("id") ? Optional.of(ID) : written;
  }

  /// The fields of the primary key, the partition's first.
  static List<FieldDefinition> primary(ImplementingTypeDefinition<?> model, Directive at) {
    Optional<FieldDefinition> partition =
        model.getFieldDefinitions().stream()
            .filter(field -> field.hasDirective("primaryKey"))
            .findFirst();
    if (partition.isEmpty()) {
      return List.of(ID);
    }
    Directive key = partition.get().getDirectives("primaryKey").getFirst();
    List<FieldDefinition> fields = new ArrayList<>();
    fields.add(partition.get());
    if (key.getArgument("sortKeyFields") != null) {
      if (!(key.getArgument("sortKeyFields").getValue() instanceof ArrayValue)) {
        throw Check.error(at, "TypeError", "Cannot read properties of undefined (reading 'map')");
      }
      fields.addAll(sort(model, sortFields(key), at));
    }
    return fields;
  }

  private static List<FieldDefinition> sort(
      ImplementingTypeDefinition<?> model, List<String> names, Directive at) {
    List<FieldDefinition> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(
          Types.field(model, name)
              .orElseThrow(() ->
                  Check.error(
                      at,
                      "Error",
                      "Invalid sort key field name in primary key directive: "
                          + String.join(",", names))));
    }
    return fields;
  }

  /// The directive of the primary key or of an index, with the field that it is on.
  ///
  /// @param index empty for the primary key
  static Optional<FieldDefinition> partition(
      ImplementingTypeDefinition<?> model, Optional<String> index) {
    return model.getFieldDefinitions().stream()
        .filter(field -> key(field, index).isPresent())
        .reduce((_, last) -> last);
  }

  static Optional<Directive> key(FieldDefinition field, Optional<String> index) {
    if (index.isEmpty()) {
      return field.getDirectives("primaryKey").stream().findFirst();
    }
    return field.getDirectives("index").stream()
        .filter(one -> index.get().equals(Arguments.of(one).text("name")))
        .findFirst();
  }
}
