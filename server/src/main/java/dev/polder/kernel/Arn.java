package dev.polder.kernel;

import java.util.Optional;

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// @param partition `aws`, `aws-cn` …
/// @param service such as `lambda`; never empty
/// @param region may be empty (IAM, S3)
/// @param account may be empty (S3, service integrations)
/// @param resource all the rest, colons and slashes included
public record Arn(
    String partition, String service, String region, String account, String resource) {

  /// Reads an ARN, or answers empty where the text is none.
  public static Optional<Arn> parse(String text) {
    String[] part = text.split(":", 6);
    if (part.length < 6 || !part[0].equals("arn") || part[1].isEmpty() || part[2].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arn(part[1], part[2], part[3], part[4], part[5]));
  }

  /// The account and region named here; those of `fallback` where they are left empty.
  public Scope scope(Scope fallback) {
    return new Scope(
        account.isEmpty() ? fallback.account() : account,
        region.isEmpty() ? fallback.region() : region);
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
