package dev.polder.athena;

import dev.polder.athena.sql.SqlFailure;
import dev.polder.kernel.Violation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;

/// Checks of requests.
final class Check {
  private Check() {}

  static void name(@Nullable String value, String pattern, String member) {
    if (value == null || !value.matches(pattern)) {
      throw AthenaErrors.invalid(Violation.pattern(String.valueOf(value), member, pattern));
    }
  }

  static void location(String text) {
    try {
      S3Uri.parse(text);
    } catch (SqlFailure e) {
      throw AthenaErrors.invalid(
          "Invalid S3 path, please check that it begins with s3://: " + text);
    }
  }

  /// Refuses what would change where or how results are kept.
  static void results(ResultConfiguration r) {
    if (r.encryptionConfiguration() != null
        && !"SSE_S3".equals(r.encryptionConfiguration().encryptionOptionAsString())) {
      throw AthenaErrors.invalid(
          "EncryptionConfiguration "
              + r.encryptionConfiguration().encryptionOptionAsString()
              + " is not supported");
    }
  }

  /// The size of a page.
  static int page(@Nullable Integer asked, int most) {
    if (asked == null) {
      return most;
    }
    if (asked < 1 || asked > most) {
      throw AthenaErrors.invalid(
          Violation.of(asked, "maxResults", "Member must have value between 1 and " + most));
    }
    return asked;
  }
}
