package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.kernel.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One way in which callers of an API may prove who they are, with what that way needs to know.
public sealed interface AuthSetting {

  /// Keys in the header `x-api-key`.
  record ApiKey() implements AuthSetting {
    @Override
    public Provider provider() {
      return Provider.API_KEY;
    }
  }

  /// Requests signed with AWS credentials.
  record Iam() implements AuthSetting {
    @Override
    public Provider provider() {
      return Provider.IAM;
    }
  }

  /// Tokens of a Cognito user pool.
  ///
  /// @param pool such as `us-east-1_AbCdEf123`
  /// @param clients a regular expression that the id of the client must match; null for any
  /// @param denies true where fields are closed unless a directive opens them to a group
  record UserPool(String pool, String region, @Nullable String clients, boolean denies)
      implements AuthSetting {
    @Override
    public Provider provider() {
      return Provider.USER_POOLS;
    }

    /// The claim `iss` of the pool's tokens.
    public String issuer() {
      return "https://cognito-idp." + region + ".amazonaws.com/" + pool;
    }
  }

  /// Tokens of an OpenID Connect issuer.
  ///
  /// @param issuer as in the claim `iss`; a slash at the end makes no difference
  /// @param client a regular expression that `aud` or `azp` must match; null for any
  /// @param issuedMillis for how long a token is good after it was issued; 0 for no limit
  /// @param authMillis for how long it is good after the user signed in; 0 for no limit
  record Oidc(String issuer, @Nullable String client, long issuedMillis, long authMillis)
      implements AuthSetting {
    @Override
    public Provider provider() {
      return Provider.OIDC;
    }
  }

  /// A function that is shown the token.
  ///
  /// @param function ARN
  /// @param ttlSeconds for how long its answer is kept, 0 to 3600, unless the answer says so itself
  /// @param pattern a regular expression that tokens must match before it is asked; null for any
  record Function(String function, int ttlSeconds, @Nullable String pattern)
      implements AuthSetting {
    @Override
    public Provider provider() {
      return Provider.FUNCTION;
    }
  }

  /// What a rule of `@auth` calls this way.
  Provider provider();

  /// The stored form.
  default Map<String, Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("provider", provider().name());
    switch (this) {
      case ApiKey _, Iam _ -> {}
      case UserPool pool -> {
        json.put("pool", pool.pool);
        json.put("region", pool.region);
        json.put("clients", pool.clients);
        json.put("denies", pool.denies);
      }
      case Oidc oidc -> {
        json.put("issuer", oidc.issuer);
        json.put("client", oidc.client);
        json.put("issuedMillis", oidc.issuedMillis);
        json.put("authMillis", oidc.authMillis);
      }
      case Function function -> {
        json.put("function", function.function);
        json.put("ttlSeconds", function.ttlSeconds);
        json.put("pattern", function.pattern);
      }
    }
    Map<String, Object> present = new LinkedHashMap<>();
    json.forEach((name, value) -> {
      if (value != null) {
        present.put(name, value);
      }
    });
    return present;
  }

  /// Reads the stored form.
  static AuthSetting of(JsonObject json) {
    return switch (Provider.valueOf(json.text("provider"))) {
      case API_KEY -> new ApiKey();
      case IAM, IDENTITY_POOL -> new Iam();
      case USER_POOLS ->
          new UserPool(
              json.text("pool"),
              json.text("region"),
              json.optionalText("clients"),
              json.flag("denies"));
      case OIDC ->
          new Oidc(
              json.text("issuer"),
              json.optionalText("client"),
              json.number("issuedMillis"),
              json.number("authMillis"));
      case FUNCTION ->
          new Function(
              json.text("function"), json.whole("ttlSeconds"), json.optionalText("pattern"));
    };
  }
}
