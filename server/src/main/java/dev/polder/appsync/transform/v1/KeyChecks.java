package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.v1.KeyDirective.Key;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.Optional;

/// What a `@key` must satisfy.
final class KeyChecks {
  private final Draft draft;
  private final ObjectTypeDefinition type;

  KeyChecks(Draft draft, ObjectTypeDefinition type) {
    this.draft = draft;
    this.type = type;
  }

  static DraftModel model(Draft draft, ObjectTypeDefinition type, Directive directive) {
    return Optional.ofNullable(draft.models().get(type.getName()))
        .orElseThrow(() ->
            wrong(
                directive,
                "The @key directive may only be added to object definitions annotated with"
                    + " @model."));
  }

  private static SchemaException wrong(Directive directive, String message) {
    return new SchemaException(Problem.directive(directive, message));
  }

  void check(Key key, Directive directive) {
    if (key.fields().isEmpty()) {
      throw wrong(directive, "@key directives must include at least one field.");
    }
    if (key.primary()) {
      checkPrimary(key, directive);
    } else {
      checkNameIsSingle(key, directive);
    }
    for (String field : key.fields()) {
      checkField(key, field, directive);
    }
  }

  private void checkPrimary(Key key, Directive directive) {
    for (Directive other : type.getDirectives("key")) {
      if (other == directive) {
        continue;
      }
      Key otherKey = Key.of(other);
      if (otherKey.primary()) {
        throw wrong(
            directive, "You may only supply one primary @key on type '%s'.".formatted(name()));
      }
      if (key.sort().isEmpty() && key.fields().getFirst().equals(otherKey.fields().getFirst())) {
        throw wrong(
            other,
            ("Invalid @key \"%s\". You may not create a @key where the first field in 'fields' is"
                    + " the same as that of the primary @key unless the primary @key has multiple"
                    + " 'fields'. You cannot have a local secondary index without a sort key in the"
                    + " primary index.")
                .formatted(otherKey.nameOr("")));
      }
    }
    if (key.queryField().isPresent()) {
      throw wrong(
          directive,
          "You cannot pass 'queryField' to the primary @key on type '%s'.".formatted(name()));
    }
  }

  private void checkNameIsSingle(Key key, Directive directive) {
    boolean twice =
        type.getDirectives("key").stream()
            .anyMatch(other -> other != directive && Key.of(other).name().equals(key.name()));
    if (twice) {
      throw wrong(
          directive,
          "You may only supply one @key with the name '%s' on type '%s'."
              .formatted(key.nameOr(""), name()));
    }
  }

  private void checkField(Key key, String name, Directive directive) {
    FieldDefinition field =
        type.getFieldDefinitions().stream()
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow(() ->
                wrong(
                    directive,
                    "You cannot specify a nonexistent field '%s' in @key '%s' on type '%s'."
                        .formatted(name, key.nameOr("<unnamed>"), name())));
    String base = TypeRef.base(field.getType());
    if (!draft.isEnum(base) && !Scalars.isKey(base)) {
      String message =
          base.equals("Boolean")
              ? "Boolean values cannot be used as sort keys."
              : "Expected scalar and got " + base;
      throw new SchemaException(Problem.at(directive, "Error", message));
    }
    if (key.primary() && !TypeRef.isRequired(field.getType())) {
      throw wrong(
          directive,
          "The primary @key on type '%s' must reference non-null fields.".formatted(name()));
    }
  }

  private String name() {
    return type.getName();
  }
}
