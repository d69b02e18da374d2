package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.run.Identity;
import dev.polder.kernel.Caller;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A caller that proved who it is.
///
/// The JSON is what the real service shows as `$context.identity`:
/// https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference.html
sealed interface KnownCaller extends Identity {

  /// One that gave a key.
  record ByKey() implements KnownCaller {
    @Override
    public Provider provider() {
      return Provider.API_KEY;
    }

    @Override
    public @Nullable Map<String, Object> json() {
      return null;
    }
  }

  /// One that gave a token of a user pool or of OpenID Connect.
  ///
  /// @param claims in [dev.polder.kernel.Json] form
  /// @param denies true where the user pool closes fields by default
  record ByToken(
      Provider provider, Map<String, @Nullable Object> claims, String sourceIp, boolean denies)
      implements KnownCaller {

    public ByToken {
      claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    @Override
    public Map<String, Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("sub", claims.get("sub"));
      json.put("issuer", claims.get("iss"));
      if (provider == Provider.USER_POOLS) {
        List<String> groups = listed("cognito:groups");
        json.put("username", claim("username"));
        json.put("claims", claims);
        json.put("sourceIp", List.of(sourceIp));
        json.put("defaultAuthStrategy", denies ? "DENY" : "ALLOW");
        json.put("groups", groups.isEmpty() ? null : groups);
      } else {
        json.put("claims", claims);
      }
      return given(json);
    }

    /// A claim as text; null where there is none. The user's name is called otherwise in an id
    /// token than in an access token.
    @Nullable String claim(String name) {
      Object value = claims.get(name);
      if (value == null && name.equals("username")) {
        value = claims.get("cognito:username");
      }
      return value == null ? null : String.valueOf(value);
    }

    /// The groups that a claim lists as an array; none where it is a text.
    List<String> listed(String claim) {
      return claims.get(claim) instanceof Collection<?> several ? Claims.texts(several) : List.of();
    }

    /// The groups that a claim names: as an array, as a text that is an array, or as a text that is
    /// the name of one.
    List<String> named(String claim) {
      return claims.get(claim) instanceof String text ? Claims.list(text) : listed(claim);
    }
  }

  /// One that signed with AWS credentials.
  record BySignature(Caller caller, String sourceIp) implements KnownCaller {
    @Override
    public Provider provider() {
      return Provider.IAM;
    }

    @Override
    public Map<String, Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("accountId", caller.account());
      json.put("cognitoIdentityPoolId", null);
      json.put("cognitoIdentityId", null);
      json.put("sourceIp", List.of(sourceIp));
      json.put("username", caller.userId());
      json.put("userArn", caller.arn());
      json.put("cognitoIdentityAuthType", null);
      json.put("cognitoIdentityAuthProvider", null);
      return given(json);
    }
  }

  /// One that a function let in.
  ///
  /// @param context what the function says of it
  /// @param denied fields that it may not read, as `Type.field`
  record ByFunction(Map<String, Object> context, Set<String> denied) implements KnownCaller {
    public ByFunction {
      context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
      denied = Set.copyOf(denied);
    }

    @Override
    public Provider provider() {
      return Provider.FUNCTION;
    }

    @Override
    public Map<String, Object> json() {
      return Map.of("resolverContext", context);
    }
  }

  // A member that is null is there, as in the real service.
  @SuppressWarnings({"NullAway", "unchecked"})
  private static Map<String, Object> given(Map<String, @Nullable Object> json) {
    return (Map<String, Object>) (Map<String, ?>) json;
  }
}
