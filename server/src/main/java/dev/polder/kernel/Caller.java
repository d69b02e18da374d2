package dev.polder.kernel;

import java.util.Optional;

/// Who sent the request that is being served.
///
/// @param accessKeyId empty where the request was not signed
/// @param account twelve digits
/// @param arn of the user, role session or account root
/// @param userId as GetCallerIdentity answers it
public record Caller(String accessKeyId, String account, String arn, String userId) {

  /// Bound while a request from outside is served.
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  /// The root of an account, which everybody is who presents no session of this process.
  public static Caller root(String accessKeyId, String account) {
    return new Caller(accessKeyId, account, "arn:aws:iam::" + account + ":root", account);
  }

  /// The sender of the request that this thread serves; empty where the work is the process's own.
  public static Optional<Caller> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
