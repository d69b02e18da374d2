package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// `@manyToMany`: a relation has two ends.
final class ManyToManyCheck implements Check {
  private final Types types;
  private final Map<String, List<End>> relations = new LinkedHashMap<>();

  ManyToManyCheck(Types types) {
    this.types = types;
  }

  private record End(
      ImplementingTypeDefinition<?> type, FieldDefinition field, Directive directive) {
    String other() {
      return TypeRef.base(field.getType());
    }

    /// The type's first name.
    String table() {
      return type.getDirectives("mapsTo").stream()
          .map(mapped -> Arguments.of(mapped).text("name"))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(type.getName());
    }

    String relation() {
      return Arguments.of(directive).text("relationName", "");
    }
  }

  @Override
  public String directive() {
    return "manyToMany";
  }

  @Override
  public void field(
      ImplementingTypeDefinition<?> parent, FieldDefinition field, Directive directive) {
    if (!Types.isModel(parent)) {
      throw Check.wrong(directive, "@manyToMany must be on an @model object type field.");
    }
    if (!TypeRef.isList(field.getType())) {
      throw Check.wrong(directive, "@manyToMany must be used with a list.");
    }
    End end = new End(parent, field, directive);
    List<End> ends = relations.computeIfAbsent(joinType(end.relation()), _ -> new ArrayList<>());
    ends.add(end);
    if (ends.size() > 2) {
      throw twice(end, end.relation());
    }
  }

  private static String joinType(String relation) {
    String upper =
        relation.isEmpty()
            ? relation
            : relation.substring(0, 1).toUpperCase(Locale.ROOT) + relation.substring(1);
    return upper.replaceAll("^[^_A-Za-z]+|[^_0-9A-Za-z]", "");
  }

  private static RuntimeException twice(End end, String name) {
    return Check.wrong(
        end.directive(),
        "@manyToMany relation '%s' must be used in exactly two locations.".formatted(name));
  }

  @Override
  public void together() {
    relations.forEach(this::checkEnds);
  }

  private void checkEnds(String name, List<End> ends) {
    End first = ends.getFirst();
    if (ends.size() < 2) {
      throw twice(first, name);
    }
    End second = ends.get(1);
    for (End end : List.of(first, second)) {
      if (!types.isStored(end.other())) {
        throw Check.error(
            end.directive(), "Error", "Cannot find datasource type for model " + end.other());
      }
    }
    checkEnd(name, first, second);
    checkEnd(name, second, first);
    if (types.object(name).isPresent() || types.isEnum(name)) {
      throw Check.wrong(
          first.directive(),
          ("@manyToMany relation name '%s' (derived from '%s') already exists as a type in the"
                  + " schema.")
              .formatted(name, first.relation()));
    }
    checkSort(name, first);
    checkSort(name, second);
    if (first.type().getName().equals(second.type().getName())) {
      throw Check.wrong(
          first.directive(),
          "You may only supply one @index with the name 'by%s' on type '%s'."
              .formatted(first.table(), name));
    }
  }

  /// A renamed end keeps its first name in the names by which Amplify then looks for the join's
  /// fields, and does not find them.
  private static void checkSort(String name, End end) {
    List<FieldDefinition> key = Keys.primary(end.type(), end.directive());
    if (key.size() > 1 && !end.table().equals(end.type().getName())) {
      String first = end.table().substring(0, 1).toLowerCase(Locale.ROOT);
      throw Check.wrong(
          end.directive(),
          "%s is not a field in %s"
              .formatted(first + end.table().substring(1) + key.get(1).getName(), name));
    }
  }

  private static void checkEnd(String name, End end, End other) {
    if (!end.other().equals(other.type().getName())) {
      throw Check.wrong(
          end.directive(),
          "@manyToMany relation '%s' expects '%s' but got '%s'."
              .formatted(name, end.other(), other.type().getName()));
    }
  }

  /// The join's indexes are on the keys of both ends, and its fields look them up.
  @Override
  public void resolved() {
    for (List<End> ends : relations.values()) {
      for (End end : ends) {
        List<FieldDefinition> key = Keys.primary(end.type(), end.directive());
        for (FieldDefinition field : key.size() == 2 ? key : key.subList(0, 1)) {
          types.checkNoEnum(field, end.directive());
        }
        if (end.field().hasDirective("hasMany")) {
          throw Check.resolvedBefore(end.directive(), end.type(), end.field());
        }
      }
    }
    booleans();
  }

  private void booleans() {
    relations.values().stream()
        .flatMap(List::stream)
        .filter(end -> isBoolean(Keys.primary(end.type(), end.directive()).getFirst(), end))
        .findFirst()
        .ifPresent(end -> {
          throw Check.error(
              end.directive(), "Error", "Boolean values cannot be used as sort keys.");
        });
  }

  private static boolean isBoolean(FieldDefinition key, End end) {
    FieldDefinition written = Types.field(end.type(), key.getName()).orElse(key);
    return TypeRef.base(written.getType()).equals("Boolean");
  }
}
