package dev.polder.kernel;

import java.util.Optional;

/// The temporary credentials that this process has issued.
public interface Sessions {

  /// What a session token stands for; empty where this process did not issue it to this key, or it
  /// has expired.
  Optional<Session> find(String accessKeyId, String token);

  /// Temporary credentials and whom they speak for.
  ///
  /// @param arn such as `arn:aws:sts::000000000000:assumed-role/etl/nightly`
  /// @param userId such as `AROA…:nightly`
  record Session(String secretKey, String account, String arn, String userId) {}

  /// For a process that issues none.
  static Sessions none() {
    return (_, _) -> Optional.empty();
  }
}
