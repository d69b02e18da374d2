package dev.polder.appsync.run;

/// What a request may take.
///
/// @param depth of nested fields, 1 to 75; 0 for no limit of its own (`queryDepthLimit`)
/// @param resolvers that a request may run, 1 to 10,000 (`resolverCountLimit`)
/// @param introspection false to refuse introspection (`introspectionConfig`)
/// @param seconds that a request may run
public record Limits(int depth, int resolvers, boolean introspection, int seconds) {

  /// What the service allows where nothing is set.
  public static final Limits STANDARD = new Limits(0, 10_000, true, 30);

  public Limits {
    if (depth < 0 || depth > 75 || resolvers < 1 || resolvers > 10_000 || seconds < 1) {
      throw new IllegalArgumentException("Out of range: depth " + depth + ", " + resolvers);
    }
  }
}
