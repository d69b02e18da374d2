package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field that refers to objects of a model.
///
/// @param model the type that has the field
/// @param kind the directive: `hasMany`, `hasOne` or `belongsTo`
/// @param related the model that is referred to
/// @param fields of this model that hold the key; empty where the directive names none
/// @param references fields of the model that belongs to the other; empty where the directive names
///   none
/// @param index the index that the directive names
/// @param given all arguments of the directive
record Relation(
    ModelDraft model,
    FieldDefinition field,
    String kind,
    ModelDraft related,
    List<String> fields,
    List<String> references,
    @Nullable String index,
    Map<String, @Nullable Object> given) {

  /// The relation that a directive of a field makes; empty if the type that is referred to is no
  /// model.
  static Optional<Relation> of(
      Build build, ModelDraft model, FieldDefinition field, Directive directive) {
    ModelDraft related = build.models.get(TypeRef.base(field.getType()));
    Map<String, @Nullable Object> given = Directives.arguments(directive);
    return Optional.ofNullable(related)
        .map(found ->
            new Relation(
                model,
                field,
                directive.getName(),
                found,
                texts(given, "fields"),
                texts(given, "references"),
                Directives.text(given, "indexName"),
                given));
  }

  /// The relation of a field with `@manyToMany`: to the model between.
  static Optional<Relation> many(
      Build build, ModelDraft model, FieldDefinition field, Directive directive) {
    Build.Many many = build.many.get(field);
    ModelDraft between = many == null ? null : build.models.get(many.model());
    if (many == null || between == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Relation(
            model,
            field,
            directive.getName(),
            between,
            model.key.fields(),
            List.of(),
            many.index(),
            Directives.arguments(directive)));
  }

  private static List<String> texts(Map<String, @Nullable Object> given, String name) {
    List<String> texts = Directives.texts(given, name);
    return texts == null ? List.of() : texts;
  }

  boolean required() {
    return TypeRef.isRequired(field.getType());
  }

  /// True if the transform makes up the fields that hold the key.
  boolean implicit() {
    return fields.isEmpty() && references.isEmpty();
  }
}
