package dev.polder.appsync.transform.ast;

import java.util.Map;

/// The scalars of AppSync, and the built-in one that each is compared as.
public final class Scalars {
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

  /// True if the type is one of AppSync's scalars.
  public static boolean isScalar(String type) {
    return BASE.containsKey(type);
  }

  /// The built-in scalar that a type is compared as; the type itself where it is none of AppSync's.
  public static String base(String type) {
    return BASE.getOrDefault(type, type);
  }

  /// True if values of the type can be part of a key: strings and numbers can.
  public static boolean isKey(String type) {
    return isScalar(type) && !type.equals("Boolean");
  }
}
