package dev.polder.appsync.auth;

import dev.polder.appsync.run.Identity;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out who sends a request. The shape of the headers decides which way is tried: `x-api-key`;
/// an `Authorization` that is a signature of version 4; one that is a token; any other for a
/// function.
public final class Identification {
  private static final String SIGNATURE = "AWS4-HMAC-SHA256";
  private static final int LONGEST_TOKEN = 2048;

  private final ApiKeys keys;
  private final TokenCheck tokens;
  private final FunctionAuthorizer functions;
  private final FieldPermissions permissions;

  /// @param issuers where the keys of token issuers come from
  /// @param development null where it is off
  public Identification(
      Platform platform, KeySource issuers, @Nullable DevelopmentIssuer development) {
    this(
        new ApiKeys(platform.store(), platform.time()),
        new TokenCheck(issuers, development, platform.time()),
        new FunctionAuthorizer(platform.clients(), platform.time()),
        new FieldPermissions(Permissions.all()));
  }

  private Identification(
      ApiKeys keys, TokenCheck tokens, FunctionAuthorizer functions, FieldPermissions permissions) {
    this.keys = keys;
    this.tokens = tokens;
    this.functions = functions;
    this.permissions = permissions;
  }

  /// The same, where those who sign may ask for what their policies allow.
  public Identification with(Permissions given) {
    return new Identification(keys, tokens, functions, new FieldPermissions(given));
  }

  /// Who asks.
  ///
  /// @param scope of the API
  /// @throws UnauthorizedException if nobody that the API knows, or one whose policies do not let
  ///   it ask this
  public Identity identify(Scope scope, AuthSettings settings, Asked asked) {
    String key = asked.header("x-api-key");
    if (key != null && settings.find(AuthSetting.ApiKey.class).isPresent()) {
      if (!keys.accepts(scope, asked.apiId(), key)) {
        throw UnauthorizedException.notAuthorized();
      }
      return new KnownCaller.ByKey();
    }
    String authorization = asked.header("authorization");
    if (authorization == null || authorization.isBlank()) {
      throw key == null ? UnauthorizedException.missing() : UnauthorizedException.notAuthorized();
    }
    if (authorization.startsWith(SIGNATURE)) {
      return signed(scope, settings, asked);
    }
    return token(scope, settings, authorization.strip(), asked);
  }

  private Identity signed(Scope scope, AuthSettings settings, Asked asked) {
    var signer = asked.signer();
    if (signer == null || settings.find(AuthSetting.Iam.class).isEmpty()) {
      throw UnauthorizedException.notAuthorized();
    }
    permissions.require(signer, scope, asked);
    return new KnownCaller.BySignature(signer, asked.sourceIp());
  }

  private Identity token(Scope scope, AuthSettings settings, String text, Asked asked) {
    boolean readsTokens =
        settings.find(AuthSetting.UserPool.class).isPresent()
            || settings.find(AuthSetting.Oidc.class).isPresent();
    Optional<Jwt> token = readsTokens ? Jwt.parse(text) : Optional.empty();
    if (token.isPresent()) {
      return tokens.caller(settings, token.get(), asked.sourceIp());
    }
    Optional<AuthSetting.Function> function = settings.find(AuthSetting.Function.class);
    if (function.isEmpty()) {
      throw readsTokens
          ? UnauthorizedException.unreadable()
          : UnauthorizedException.notAuthorized();
    }
    String pattern = function.get().pattern();
    if (text.length() > LONGEST_TOKEN || (pattern != null && !Pattern.matches(pattern, text))) {
      throw UnauthorizedException.notAuthorized();
    }
    return functions.caller(scope, function.get(), text, asked);
  }
}
