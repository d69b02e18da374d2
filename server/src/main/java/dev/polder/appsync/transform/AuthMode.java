package dev.polder.appsync.transform;

/// A way of proving who calls, as AppSync names it.
public enum AuthMode {
  API_KEY("aws_api_key"),
  AWS_IAM("aws_iam"),
  AMAZON_COGNITO_USER_POOLS("aws_cognito_user_pools"),
  OPENID_CONNECT("aws_oidc"),
  AWS_LAMBDA("aws_lambda");

  private final String directive;

  AuthMode(String directive) {
    this.directive = directive;
  }

  /// The directive of AppSync, without `@`, that lets callers of this mode at a type or field.
  public String directive() {
    return directive;
  }
}
