package dev.polder.amplify;

import dev.polder.graphql.IssuerRoute;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which user pools' tokens can be verified here.
///
/// @param issuing true if the development issuer is on, which issues tokens of any pool
/// @param issuers whose keys are configured
public record KnownPools(boolean issuing, List<String> issuers) {
  private static final Pattern POOL =
      Pattern.compile("https://cognito-idp\\.[a-z0-9-]+\\.amazonaws\\.com/([a-z0-9-]+_\\w+)/?");

  public KnownPools(boolean issuing, Collection<String> issuers) {
    this(issuing, List.copyOf(issuers));
  }

  public KnownPools {
    issuers = List.copyOf(issuers);
  }

  /// The pool that stands for a project's.
  ///
  /// @param named the id that the project has for it; null where Amplify would make one
  /// @param asker who needs it, for the message
  /// @throws ProjectException if no token could be verified, naming the settings that help
  String choose(@Nullable String named, String asker) {
    List<String> pools =
        issuers.stream().map(POOL::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList();
    if (named != null && (issuing || pools.contains(named))) {
      return named;
    }
    if (named == null && issuing) {
      return IssuerRoute.POOL;
    }
    if (named == null && pools.size() == 1) {
      return pools.getFirst();
    }
    throw new ProjectException(
        asker
            + " needs the user pool"
            + (named == null ? "" : " " + named)
            + (pools.size() > 1 && named == null
                ? ", and keys of several are configured: " + pools + ". Leave one in --issuers"
                : ", but no token of it could be verified. Start with --dev-issuer on, which issues"
                    + " tokens itself, or with --issuers https://cognito-idp.<region>.amazonaws.com/"
                    + (named == null ? "<pool>" : named)
                    + "=<file or URL of its keys>"));
  }
}
