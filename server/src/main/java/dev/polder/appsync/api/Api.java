package dev.polder.appsync.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A GraphQL API as generated from an annotated schema.
///
/// @param generation the dialect of its directives, which decides small differences at run time
/// @param sdl the whole schema, with AppSync's own directives (`@aws_subscribe`, `@aws_api_key`, …)
///   and without the transform's
/// @param models by type name, in the order of the schema; each has a table
/// @param resolvers of the fields that do not just read the member of their own name from their
///   source; subscriptions are not among them: `@aws_subscribe` in the SDL says what feeds them
/// @param typeRules the rules of `@auth` on types, by type name
/// @param fieldRules the rules of `@auth` on fields
/// @param redactions what the answers of mutations withhold, by type name; nothing for a type that
///   is not there
/// @param extensions what the schema asks for beyond AppSync
public record Api(
    Generation generation,
    String sdl,
    Map<String, Model> models,
    Map<FieldName, Resolver> resolvers,
    Map<String, List<AuthRule>> typeRules,
    Map<FieldName, List<AuthRule>> fieldRules,
    Map<String, Redaction> redactions,
    Extensions extensions) {

  public Api {
    models = copy(models);
    resolvers = copy(resolvers);
    typeRules = copy(typeRules);
    fieldRules = copy(fieldRules);
    redactions = copy(redactions);
  }

  /// An API as AppSync has it.
  public Api(
      Generation generation,
      String sdl,
      Map<String, Model> models,
      Map<FieldName, Resolver> resolvers,
      Map<String, List<AuthRule>> typeRules,
      Map<FieldName, List<AuthRule>> fieldRules) {
    this(generation, sdl, models, resolvers, typeRules, fieldRules, Map.of(), Extensions.NONE);
  }

  private static <K, V> Map<K, V> copy(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
