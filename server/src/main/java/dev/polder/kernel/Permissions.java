package dev.polder.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides what a caller may do.
public interface Permissions {

  /// Asks before an operation is carried out.
  ///
  /// @param scope the account and region of what is asked for
  /// @param service as requests are signed for it, such as `dynamodb` or `states`
  /// @param operation such as `BatchWriteItem`
  /// @param members the request's, with the API's names in Pascal case; asked for only if the
  ///   decision needs them
  /// @return the message of the denial; empty if the operation may proceed
  Optional<String> denial(
      Caller caller,
      Scope scope,
      String service,
      String operation,
      Supplier<Map<String, @Nullable Object>> members);

  /// Lets everybody do everything.
  static Permissions all() {
    return (_, _, _, _, _) -> Optional.empty();
  }
}
