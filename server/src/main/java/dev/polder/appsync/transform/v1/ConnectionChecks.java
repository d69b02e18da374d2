package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.List;

/// What a `@connection` with `fields` must satisfy.
final class ConnectionChecks {
  private final Draft draft;
  private final DraftModel from;
  private final FieldDefinition field;
  private final DraftModel related;
  private final Directive directive;

  ConnectionChecks(
      Draft draft,
      DraftModel from,
      FieldDefinition field,
      DraftModel related,
      Directive directive) {
    this.draft = draft;
    this.from = from;
    this.field = field;
    this.related = related;
    this.directive = directive;
  }

  /// The fields exist and hold single values.
  void fields(List<String> names) {
    if (names.isEmpty()) {
      throw ConnectionDirective.wrong(directive, "No fields passed in to @connection directive.");
    }
    for (String name : names) {
      FieldDefinition found =
          from.written().getFieldDefinitions().stream()
              .filter(candidate -> candidate.getName().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  ConnectionDirective.wrong(
                      directive, "%s is not a field in %s".formatted(name, from.type())));
      String base = TypeRef.base(found.getType());
      if (TypeRef.isList(found.getType()) || !(Scalars.isScalar(base) || draft.isEnum(base))) {
        throw ConnectionDirective.wrong(
            directive, "All fields provided to an @connection must be scalar or enum fields.");
      }
    }
  }

  /// The fields have the types of the key that they are compared with.
  void key(List<String> names, TableKey key) {
    same(names.getFirst(), key.partition(), "");
    if (names.size() > 1 && key.sort().isEmpty()) {
      throw ConnectionDirective.wrong(
          directive, "Too many fields passed in to @connection directive.");
    }
    if (names.size() == 1) {
      return;
    }
    List<String> sort = names.subList(1, names.size());
    if (sort.size() != key.sort().size()) {
      throw ConnectionDirective.wrong(
          directive,
          "Invalid @connection directive  %s. fields does not accept partial sort key"
              .formatted(field.getName()));
    }
    for (int i = 0; i < sort.size(); i++) {
      same(sort.get(i), key.sort().get(i), sort.size() > 1 ? " arguments" : "");
    }
  }

  /// Callers may narrow a list by a sort key of one field, which must be no enum then.
  void condition(List<String> names, TableKey key) {
    if (names.size() == 1 && key.sort().size() == 1) {
      String base = TypeRef.base(type(related.written(), key.sort().getFirst()));
      if (draft.isEnum(base)) {
        throw new SchemaException(
            Problem.at(directive, "Error", "Expected scalar and got " + base));
      }
    }
  }

  private void same(String name, String keyField, String end) {
    String expected = TypeRef.base(type(related.written(), keyField));
    if (!expected.equals(TypeRef.base(type(from.written(), name)))) {
      throw ConnectionDirective.wrong(
          directive, "%s field is not of type %s%s".formatted(name, expected, end));
    }
  }

  /// An `id` that nobody wrote cannot be compared with, as with Amplify.
  private Type<?> type(ObjectTypeDefinition type, String name) {
    return type.getFieldDefinitions().stream()
        .filter(candidate -> candidate.getName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ConnectionDirective.wrong(
                directive, "%s is not defined in %s.".formatted(name, type.getName())))
        .getType();
  }
}
