package dev.polder.kernel;

/// The account and region that a request, and everything it touches, belongs to. Resources of
/// different scopes never see each other.
///
/// @param account twelve digits
/// @param region a region name such as `eu-west-1`; any name of lower-case letters, digits and
///   dashes is accepted
public record Scope(String account, String region) {

  /// What applies when a request names neither: what local tooling expects.
  public static final Scope DEFAULT = new Scope("000000000000", "us-east-1");

  public Scope {
    if (!isAccount(account)) {
      throw new IllegalArgumentException("Expected an account of 12 digits but was " + account);
    }
    if (!isRegion(region)) {
      throw new IllegalArgumentException("Expected a region name but was " + region);
    }
  }

  /// True for twelve digits.
  public static boolean isAccount(String text) {
    return text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// True for 1 to 32 lower-case letters, digits and dashes that begin with a letter.
  public static boolean isRegion(String text) {
    return text.matches("[a-z][a-z0-9-]{0,31}");
  }

  /// The ARN of a resource of this scope.
  ///
  /// @param service the service's ARN name, such as `states`
  /// @param resource everything after the account, such as `stateMachine:etl`
  public Arn arn(String service, String resource) {
    return new Arn("aws", service, region, account, resource);
  }
}
