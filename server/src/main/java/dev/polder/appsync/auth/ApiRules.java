package dev.polder.appsync.auth;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.run.Access;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of an API at work: those of `@auth`, which the two generations read differently, and
/// those of the directives `@aws_*`.
public interface ApiRules extends Access {

  /// The rules of an API.
  static ApiRules of(Api api, AuthSettings settings) {
    return switch (api.generation()) {
      case V1 -> new FirstGenerationRules(api, settings);
      case V2 -> new Authorization(api, settings);
    };
  }

  /// Before a subscription is opened.
  ///
  /// @param field of the type `Subscription`
  /// @param type what it delivers
  /// @param arguments that were given, `filter` among them
  /// @return what must hold of an object for the subscriber to see it, in the form of a filter
  ///   input; empty for nothing
  /// @throws FieldException if the caller may not subscribe
  Optional<Map<String, Object>> subscribe(
      Request request, FieldName field, String type, Map<String, @Nullable Object> arguments);

  /// The arguments of a subscription that name the caller, and so filter nothing themselves.
  ///
  /// @param type what the subscription delivers
  Set<String> ownerArguments(String type);

  /// True if a subscription that has filters ignores the arguments that a mutation's answer would
  /// have to equal.
  default boolean filtersAlone() {
    return false;
  }
}
