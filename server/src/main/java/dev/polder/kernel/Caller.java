package dev.polder.kernel;

import java.util.Optional;

/// Who sent the request that is being served.
///
/// @param accessKeyId empty where the request was not signed
/// @param account twelve digits
/// @param arn of the user, role session or account root
/// @param userId as GetCallerIdentity answers it
/// @param address the IP address that the request came from; the loopback's for functions that run
///   in this process
public record Caller(
    String accessKeyId, String account, String arn, String userId, String address) {
  /// The address of whatever is on this machine.
  public static final String LOOPBACK = "127.0.0.1";

  /// Bound while a request from outside is served.
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  /// The root of an account, which everybody is who presents no session of this process.
  public static Caller root(String accessKeyId, String account) {
    return root(accessKeyId, account, LOOPBACK);
  }

  /// The root of an account at an address.
  public static Caller root(String accessKeyId, String account, String address) {
    return new Caller(accessKeyId, account, "arn:aws:iam::" + account + ":root", account, address);
  }

  /// The sender of the request that this thread serves; empty where the work is the process's own.
  public static Optional<Caller> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
