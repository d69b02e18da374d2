package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.api.FieldName;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the directives `@aws_api_key`, `@aws_iam`, `@aws_oidc`, `@aws_cognito_user_pools`,
/// `@aws_lambda` and `@aws_auth` say of the fields of a schema. Those of a field come before those
/// of its type; where both say nothing, the API's initial mode alone is let in.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#using-additional-authorization-modes
final class FieldModes {
  private static final Map<String, Provider> DIRECTIVES =
      Map.of(
          "aws_api_key", Provider.API_KEY,
          "aws_iam", Provider.IAM,
          "aws_oidc", Provider.OIDC,
          "aws_cognito_user_pools", Provider.USER_POOLS,
          "aws_lambda", Provider.FUNCTION);

  private final AuthSettings settings;
  private final Map<FieldName, Map<Provider, Set<String>>> restricted = new HashMap<>();

  FieldModes(TypeDefinitionRegistry schema, AuthSettings settings) {
    this.settings = settings;
    Map<Provider, Set<String>> usual = Map.of(settings.initial().provider(), Set.of());
    Map<Provider, Set<String>> everybody = new EnumMap<>(Provider.class);
    settings.providers().forEach(provider -> everybody.put(provider, Set.of()));
    for (var type : schema.getTypes(ObjectTypeDefinition.class)) {
      List<ObjectTypeDefinition> parts = new ArrayList<>(List.of(type));
      parts.addAll(schema.objectTypeExtensions().getOrDefault(type.getName(), List.of()));
      for (ObjectTypeDefinition part : parts) {
        Map<Provider, Set<String>> ofType = modes(type.getDirectives());
        for (FieldDefinition field : part.getFieldDefinitions()) {
          Map<Provider, Set<String>> own = modes(field.getDirectives());
          var modes = !own.isEmpty() ? own : !ofType.isEmpty() ? ofType : usual;
          if (!modes.equals(everybody)) {
            restricted.put(new FieldName(type.getName(), field.getName()), modes);
          }
        }
      }
    }
  }

  /// The modes that directives let in, each with the groups to which it is bound; no groups for
  /// none.
  private Map<Provider, Set<String>> modes(List<Directive> directives) {
    Map<Provider, Set<String>> modes = new EnumMap<>(Provider.class);
    for (Directive directive : directives) {
      if (directive.getName().equals("aws_auth")) {
        // It binds the groups of a user pool that is the only mode, and means nothing beside
        // others.
        if (settings.additional().isEmpty()) {
          modes.put(Provider.USER_POOLS, groups(directive));
        }
        continue;
      }
      Provider provider = DIRECTIVES.get(directive.getName());
      if (provider != null) {
        modes.put(provider, groups(directive));
      }
    }
    return modes;
  }

  private static Set<String> groups(Directive directive) {
    var argument = directive.getArgument("cognito_groups");
    Set<String> groups = new HashSet<>();
    if (argument != null) {
      List<?> values =
          argument.getValue() instanceof ArrayValue array
              ? array.getValues()
              : List.of(argument.getValue());
      for (Object value : values) {
        if (value instanceof StringValue text) {
          groups.add(text.getValue());
        }
      }
    }
    return groups;
  }

  /// True if not everybody is let in.
  boolean guards(FieldName field) {
    return restricted.containsKey(field)
        || (settings.initial() instanceof AuthSetting.UserPool pool && pool.denies());
  }

  /// True if the caller is let in.
  boolean admits(KnownCaller caller, FieldName field) {
    Map<Provider, Set<String>> modes = restricted.get(field);
    Set<String> groups = modes == null ? Set.of() : modes.get(caller.provider());
    if (groups == null) {
      return false;
    }
    return switch (caller) {
      case KnownCaller.ByToken token when !groups.isEmpty() ->
          token.listed("cognito:groups").stream().anyMatch(groups::contains);
      // Closed by default are the fields that no directive opens.
      case KnownCaller.ByToken token -> !token.denies() || modes != null;
      case KnownCaller.ByKey _, KnownCaller.BySignature _, KnownCaller.ByFunction _ -> true;
    };
  }
}
