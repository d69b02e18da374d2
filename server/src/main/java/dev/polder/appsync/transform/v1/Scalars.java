package dev.polder.appsync.transform.v1;

import java.util.Map;

/// The scalars that the generator knows, and the standard scalar that each is filtered as.
final class Scalars {
  private Scalars() {}

  private static final Map<String, String> STANDARD =
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

  static boolean known(String type) {
    return STANDARD.containsKey(type);
  }

  /// The standard scalar of a scalar; the name itself for another type.
  static String standard(String type) {
    return STANDARD.getOrDefault(type, type);
  }

  /// True if values of the type can be part of a key: strings and numbers can.
  static boolean key(String type) {
    return known(type) && !type.equals("Boolean");
  }
}
