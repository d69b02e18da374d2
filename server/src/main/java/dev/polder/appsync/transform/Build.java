package dev.polder.appsync.transform;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.Extensions;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.ast.Scalars;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the steps of a transform work on: the user's types as written, and the API in the making.
final class Build {
  final TransformOptions options;
  final Draft draft = new Draft();

  /// The user's object types by name, extensions merged in.
  final Map<String, ObjectTypeDefinition> objects = new LinkedHashMap<>();

  /// The fields that extensions add to types, by type.
  final Map<String, Set<String>> extended = new HashMap<>();

  final Map<String, ModelDraft> models = new LinkedHashMap<>();

  /// Fields with `@manyToMany`, each with the model between and its index.
  final Map<FieldDefinition, Many> many = new IdentityHashMap<>();

  final Map<FieldName, Resolver> resolvers = new LinkedHashMap<>();
  final Map<String, List<AuthRule>> typeRules = new LinkedHashMap<>();
  final Map<FieldName, List<AuthRule>> fieldRules = new LinkedHashMap<>();

  /// Where a field with `@manyToMany` finds its objects.
  ///
  /// @param index of the model between
  /// @param model the model between
  record Many(String index, String model) {}

  /// What the schema asks for beyond AppSync.
  Extensions extensions = Extensions.NONE;

  /// True if callers with an API key may use models without rules, as `input AMPLIFY` or a feature
  /// flag says.
  boolean sandbox;

  Build(TransformOptions options) {
    this.options = options;
    this.sandbox = options.flag("sandboxModeEnabled", false);
  }

  boolean isModel(String type) {
    return models.containsKey(type);
  }

  /// A type without the fields that extensions add to it, which some filters leave out.
  DraftType unextended(DraftType type) {
    type.fields.keySet().removeAll(extended.getOrDefault(type.name, Set.of()));
    return type;
  }

  void resolve(String type, String field, Resolver resolver) {
    resolvers.put(new FieldName(type, field), resolver);
  }

  /// True if a field of the type is compared and stored as a plain value.
  boolean isPlain(String type) {
    return Scalars.isScalar(type) || draft.isEnum(type);
  }
}
