package dev.polder.appsync.transform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The scalars of AppSync, and the built-in one that each is compared as.
final class Scalars {
  private static final Map<String, String> BASE =
      Map.ofEntries(
          Map.entry("String", "String"),
          Map.entry("Int", "Int"),
          Map.entry("Float", "Float"),
          Map.entry("Boolean", "Boolean"),
          Map.entry("ID", "ID"),
          Map.entry("BigInt", "Int"),
          Map.entry("Double", "Float"),
          Map.entry("AWSDate", "String"),
          Map.entry("AWSTime", "String"),
          Map.entry("AWSDateTime", "String"),
          Map.entry("AWSTimestamp", "Int"),
          Map.entry("AWSEmail", "String"),
          Map.entry("AWSJSON", "String"),
          Map.entry("AWSURL", "String"),
          Map.entry("AWSPhone", "String"),
          Map.entry("AWSIPAddress", "String"));

  private Scalars() {}

  static boolean isScalar(String type) {
    return BASE.containsKey(type);
  }

  /// The built-in scalar that a type is compared as; the type itself where it is none of AppSync's.
  static String base(String type) {
    return BASE.getOrDefault(type, type);
  }

  /// The built-in scalar, or null for a type that is none of AppSync's.
  static @Nullable String baseOrNull(String type) {
    return BASE.get(type);
  }
}
