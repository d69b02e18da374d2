package dev.polder.appsync.api;

/// The generations of Amplify's directives.
public enum Generation {
  /// `@key`, `@connection`.
  V1,
  /// `@primaryKey`, `@index`, `@hasMany`, …
  V2
}
