package dev.polder.appsync;

import dev.polder.appsync.auth.AuthSetting;
import dev.polder.appsync.auth.AuthSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appsync.model.AdditionalAuthenticationProvider;
import software.amazon.awssdk.services.appsync.model.AuthenticationType;
import software.amazon.awssdk.services.appsync.model.CognitoUserPoolConfig;
import software.amazon.awssdk.services.appsync.model.DefaultAction;
import software.amazon.awssdk.services.appsync.model.GraphqlApi;
import software.amazon.awssdk.services.appsync.model.LambdaAuthorizerConfig;
import software.amazon.awssdk.services.appsync.model.OpenIDConnectConfig;
import software.amazon.awssdk.services.appsync.model.UserPoolConfig;

/// Authorisation modes between the SDK's types and our own.
final class AuthConfigs {
  private static final int USUAL_TTL = 300;

  private AuthConfigs() {}

  static AuthSettings settings(
      @Nullable AuthenticationType type,
      @Nullable UserPoolConfig pool,
      @Nullable OpenIDConnectConfig oidc,
      @Nullable LambdaAuthorizerConfig function,
      List<AdditionalAuthenticationProvider> additional) {
    AuthSetting initial =
        switch (required(type)) {
          case API_KEY -> new AuthSetting.ApiKey();
          case AWS_IAM -> new AuthSetting.Iam();
          case AMAZON_COGNITO_USER_POOLS -> pool(pool);
          case OPENID_CONNECT -> oidc(oidc);
          case AWS_LAMBDA -> function(function);
          case UNKNOWN_TO_SDK_VERSION ->
              throw AppSyncErrors.invalid("Invalid authentication type.");
        };
    List<AuthSetting> others = new ArrayList<>();
    additional.forEach(each -> others.add(additional(each)));
    return new AuthSettings(initial, others);
  }

  private static AuthenticationType required(@Nullable AuthenticationType type) {
    if (type == null) {
      throw AppSyncErrors.invalid("AuthenticationType is required.");
    }
    return type;
  }

  private static AuthSetting additional(AdditionalAuthenticationProvider provider) {
    return switch (required(provider.authenticationType())) {
      case API_KEY -> new AuthSetting.ApiKey();
      case AWS_IAM -> new AuthSetting.Iam();
      case AMAZON_COGNITO_USER_POOLS -> {
        CognitoUserPoolConfig pool = provider.userPoolConfig();
        if (pool == null) {
          throw AppSyncErrors.invalid("UserPoolConfig is required.");
        }
        yield new AuthSetting.UserPool(
            pool.userPoolId(), pool.awsRegion(), pool.appIdClientRegex(), false);
      }
      case OPENID_CONNECT -> oidc(provider.openIDConnectConfig());
      case AWS_LAMBDA -> function(provider.lambdaAuthorizerConfig());
      case UNKNOWN_TO_SDK_VERSION -> throw AppSyncErrors.invalid("Invalid authentication type.");
    };
  }

  private static AuthSetting pool(@Nullable UserPoolConfig pool) {
    if (pool == null) {
      throw AppSyncErrors.invalid("UserPoolConfig is required.");
    }
    return new AuthSetting.UserPool(
        pool.userPoolId(),
        pool.awsRegion(),
        pool.appIdClientRegex(),
        pool.defaultAction() == DefaultAction.DENY);
  }

  private static AuthSetting oidc(@Nullable OpenIDConnectConfig oidc) {
    if (oidc == null) {
      throw AppSyncErrors.invalid("OpenIDConnectConfig is required.");
    }
    return new AuthSetting.Oidc(
        oidc.issuer(), oidc.clientId(), orZero(oidc.iatTTL()), orZero(oidc.authTTL()));
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static AuthSetting function(@Nullable LambdaAuthorizerConfig function) {
    if (function == null) {
      throw AppSyncErrors.invalid("LambdaAuthorizerConfig is required.");
    }
    Integer ttl = function.authorizerResultTtlInSeconds();
    return new AuthSetting.Function(
        function.authorizerUri(),
        ttl == null ? USUAL_TTL : ttl,
        function.identityValidationExpression());
  }

  /// Shows the settings of an API.
  static void show(AuthSettings settings, GraphqlApi.Builder api) {
    switch (settings.initial()) {
      case AuthSetting.ApiKey _ -> api.authenticationType(AuthenticationType.API_KEY);
      case AuthSetting.Iam _ -> api.authenticationType(AuthenticationType.AWS_IAM);
      case AuthSetting.UserPool pool ->
          api.authenticationType(AuthenticationType.AMAZON_COGNITO_USER_POOLS)
              .userPoolConfig(config ->
                  config
                      .userPoolId(pool.pool())
                      .awsRegion(pool.region())
                      .appIdClientRegex(pool.clients())
                      .defaultAction(pool.denies() ? DefaultAction.DENY : DefaultAction.ALLOW));
      case AuthSetting.Oidc oidc ->
          api.authenticationType(AuthenticationType.OPENID_CONNECT).openIDConnectConfig(of(oidc));
      case AuthSetting.Function function ->
          api.authenticationType(AuthenticationType.AWS_LAMBDA)
              .lambdaAuthorizerConfig(of(function));
    }
    if (!settings.additional().isEmpty()) {
      api.additionalAuthenticationProviders(
          settings.additional().stream().map(AuthConfigs::of).toList());
    }
  }

  private static AdditionalAuthenticationProvider of(AuthSetting setting) {
    var provider = AdditionalAuthenticationProvider.builder();
    switch (setting) {
      case AuthSetting.ApiKey _ -> provider.authenticationType(AuthenticationType.API_KEY);
      case AuthSetting.Iam _ -> provider.authenticationType(AuthenticationType.AWS_IAM);
      case AuthSetting.UserPool pool ->
          provider
              .authenticationType(AuthenticationType.AMAZON_COGNITO_USER_POOLS)
              .userPoolConfig(config ->
                  config
                      .userPoolId(pool.pool())
                      .awsRegion(pool.region())
                      .appIdClientRegex(pool.clients()));
      case AuthSetting.Oidc oidc ->
          provider
              .authenticationType(AuthenticationType.OPENID_CONNECT)
              .openIDConnectConfig(of(oidc));
      case AuthSetting.Function function ->
          provider
              .authenticationType(AuthenticationType.AWS_LAMBDA)
              .lambdaAuthorizerConfig(of(function));
    }
    return provider.build();
  }

  private static OpenIDConnectConfig of(AuthSetting.Oidc oidc) {
    return OpenIDConnectConfig.builder()
        .issuer(oidc.issuer())
        .clientId(oidc.client())
        .iatTTL(oidc.issuedMillis())
        .authTTL(oidc.authMillis())
        .build();
  }

  private static LambdaAuthorizerConfig of(AuthSetting.Function function) {
    return LambdaAuthorizerConfig.builder()
        .authorizerUri(function.function())
        .authorizerResultTtlInSeconds(function.ttlSeconds())
        .identityValidationExpression(function.pattern())
        .build();
  }
}
