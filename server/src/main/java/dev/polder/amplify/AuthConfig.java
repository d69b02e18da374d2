package dev.polder.amplify;

import dev.polder.appsync.auth.AuthSetting;
import dev.polder.appsync.auth.AuthSettings;
import dev.polder.graphql.IssuerRoute;
import dev.polder.kernel.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `authConfig` of a project: how callers of its API prove who they are.
final class AuthConfig {
  private AuthConfig() {}

  /// @param config `defaultAuthentication` and `additionalAuthenticationProviders`; empty for API
  ///   keys alone
  /// @param env the environment's name, which may be empty
  /// @throws ProjectException if a way is not known
  static AuthSettings settings(Map<String, Object> config, Scope scope, String env) {
    Map<String, Object> initial = ProjectFiles.object(config, "defaultAuthentication");
    if (initial.isEmpty()) {
      return AuthSettings.API_KEY;
    }
    List<?> additional =
        config.get("additionalAuthenticationProviders") instanceof List<?> list ? list : List.of();
    return new AuthSettings(
        setting(initial, scope, env),
        additional.stream()
            .filter(Map.class::isInstance)
            .map(each -> setting(ProjectFiles.object(Map.of("it", each), "it"), scope, env))
            .toList());
  }

  private static AuthSetting setting(Map<String, Object> way, Scope scope, String env) {
    String type = String.valueOf(way.get("authenticationType"));
    return switch (type) {
      case "API_KEY" -> new AuthSetting.ApiKey();
      case "AWS_IAM" -> new AuthSetting.Iam();
      case "AMAZON_COGNITO_USER_POOLS" -> userPool(ProjectFiles.object(way, "userPoolConfig"));
      case "OPENID_CONNECT" -> oidc(ProjectFiles.object(way, "openIDConnectConfig"));
      case "AWS_LAMBDA" -> function(ProjectFiles.object(way, "lambdaAuthorizerConfig"), scope, env);
      default -> throw new ProjectException("Unknown authenticationType in authConfig: " + type);
    };
  }

  // The project names its own resource for the pool, such as authblog1234, until it is deployed.
  private static AuthSetting userPool(Map<String, Object> config) {
    String id = String.valueOf(config.get("userPoolId"));
    String pool = id.matches("[a-z]{2}(-[a-z]+)+-\\d_\\w+") ? id : IssuerRoute.POOL;
    return new AuthSetting.UserPool(pool, pool.substring(0, pool.indexOf('_')), null, false);
  }

  private static AuthSetting oidc(Map<String, Object> config) {
    Object client = config.get("clientId");
    return new AuthSetting.Oidc(
        String.valueOf(config.getOrDefault("issuerUrl", config.get("issuer"))),
        client == null || client.equals("") ? null : client.toString(),
        millis(config.get("iatTTL")),
        millis(config.get("authTTL")));
  }

  private static long millis(@Nullable Object value) {
    return value == null || value.equals("") ? 0 : Long.parseLong(value.toString());
  }

  // The project names its own resource, whose function has the environment behind its name.
  private static AuthSetting function(Map<String, Object> config, Scope scope, String env) {
    Object name = config.getOrDefault("lambdaFunction", config.get("lambdaFunctionArn"));
    int ttl =
        config.get("ttlSeconds") == null
            ? 300
            : Integer.parseInt(String.valueOf(config.get("ttlSeconds")));
    String function = String.valueOf(name).replace("${env}", env);
    if (!function.startsWith("arn:") && !env.isEmpty() && !function.endsWith("-" + env)) {
      function += "-" + env;
    }
    return new AuthSetting.Function(
        function.startsWith("arn:")
            ? function
            : scope.arn("lambda", "function:" + function).toString(),
        ttl,
        null);
  }
}
