package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.kernel.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Believes tokens, or does not.
///
/// Cognito's:
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
/// Others':
/// https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#openid-connect-authorization
final class TokenCheck {
  // Clocks differ a little.
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final KeySource keys;
  private final @Nullable DevelopmentIssuer development;
  private final Time time;

  TokenCheck(KeySource keys, @Nullable DevelopmentIssuer development, Time time) {
    this.keys = keys;
    this.development = development;
    this.time = time;
  }

  /// The caller that a token names.
  ///
  /// @throws UnauthorizedException if none of the API's settings accepts it
  KnownCaller caller(AuthSettings settings, Jwt token, String sourceIp) {
    for (AuthSetting setting : settings.all()) {
      Optional<KnownCaller> caller =
          switch (setting) {
            case AuthSetting.UserPool pool when isFrom(token, pool.issuer()) || isAnyPools(token) ->
                Optional.of(ofPool(pool, token, sourceIp));
            case AuthSetting.Oidc oidc when isFrom(token, oidc.issuer()) ->
                Optional.of(ofOidc(oidc, token, sourceIp));
            case AuthSetting.UserPool _,
                AuthSetting.Oidc _,
                AuthSetting.ApiKey _,
                AuthSetting.Iam _,
                AuthSetting.Function _ ->
                Optional.empty();
          };
      if (caller.isPresent()) {
        return caller.get();
      }
    }
    throw UnauthorizedException.notAuthorized();
  }

  private boolean isAnyPools(Jwt token) {
    return keys.trusts() && token.text("iss").startsWith("https://cognito-idp.");
  }

  private static boolean isFrom(Jwt token, String issuer) {
    return KeySource.plain(token.text("iss")).equals(KeySource.plain(issuer));
  }

  private KnownCaller ofPool(AuthSetting.UserPool pool, Jwt token, String sourceIp) {
    verify(token, pool.issuer());
    String use = token.text("token_use");
    String client =
        switch (use) {
          case "access" -> token.text("client_id");
          case "id" -> token.text("aud");
          default -> throw UnauthorizedException.notAuthorized();
        };
    if (pool.clients() != null && !Pattern.matches(pool.clients(), client)) {
      throw UnauthorizedException.notAuthorized();
    }
    return new KnownCaller.ByToken(Provider.USER_POOLS, token.claims(), sourceIp, pool.denies());
  }

  private KnownCaller ofOidc(AuthSetting.Oidc oidc, Jwt token, String sourceIp) {
    verify(token, oidc.issuer());
    String client = oidc.client();
    if (client != null
        && audiences(token).noneMatch(audience -> Pattern.matches(client, audience))) {
      throw UnauthorizedException.notAuthorized();
    }
    young(token, "iat", oidc.issuedMillis());
    young(token, "auth_time", oidc.authMillis());
    return new KnownCaller.ByToken(Provider.OIDC, token.claims(), sourceIp, false);
  }

  private static Stream<String> audiences(Jwt token) {
    List<?> audiences =
        token.claims().get("aud") instanceof List<?> several ? several : List.of(token.text("aud"));
    return Stream.concat(audiences.stream().map(String::valueOf), Stream.of(token.text("azp")));
  }

  private void verify(Jwt token, String issuer) {
    boolean ours = development != null && development.verifies(token);
    if (!ours && !keys.verifies(issuer, token)) {
      throw UnauthorizedException.notAuthorized();
    }
    Instant now = time.instant();
    Instant end =
        token.seconds("exp").map(TokenCheck::at).orElseThrow(UnauthorizedException::notAuthorized);
    if (!end.isAfter(now)) {
      throw UnauthorizedException.expired();
    }
    for (String begin : List.of("nbf", "iat")) {
      Optional<Instant> from = token.seconds(begin).map(TokenCheck::at);
      if (from.isPresent() && from.get().isAfter(now.plus(LEEWAY))) {
        throw UnauthorizedException.notAuthorized();
      }
    }
  }

  private void young(Jwt token, String claim, long millis) {
    if (millis <= 0) {
      return;
    }
    Instant since =
        token.seconds(claim).map(TokenCheck::at).orElseThrow(UnauthorizedException::notAuthorized);
    if (since.plusMillis(millis).isBefore(time.instant())) {
      throw UnauthorizedException.expired();
    }
  }

  private static Instant at(long seconds) {
    long sane = Math.clamp(seconds, 0L, Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(sane);
  }
}
