package dev.polder.appsync.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Learns what mutations did, to tell subscribers.
public interface MutationListener {

  /// A field of a mutation that succeeded, told once the whole request has run and before it is
  /// answered. Must not block.
  ///
  /// @param apiId of the API
  void mutated(String apiId, Mutation mutation);

  /// What one field of a mutation did.
  ///
  /// @param field its name in the schema, such as `createPost`
  /// @param arguments as they reached the resolver
  /// @param selected what the caller selected of the result, by the names of the fields, not by
  ///   their aliases, with the resolved children; what subscribers may see
  record Mutation(
      Request request,
      String field,
      Map<String, @Nullable Object> arguments,
      Map<String, @Nullable Object> selected) {}
}
