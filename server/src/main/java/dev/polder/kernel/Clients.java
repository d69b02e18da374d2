package dev.polder.kernel;

/// The services of this process, reached through the client interfaces of the AWS SDK. In-process
/// callers use this and never a service's own classes.
public interface Clients {

  /// A service as seen from one account and region. Cheap; need not be kept or closed.
  ///
  /// @param type the SDK's client interface, such as `GlueClient.class`
  /// @throws IllegalArgumentException if Polder has no such service
  <C> C get(Class<C> type, Scope scope);
}
