package dev.polder.kernel;

/// One AWS service of this process.
///
/// The composition root constructs every service, then calls [#start()] on each in the same order,
/// then opens the port; at the end it calls [#close()] in reverse. A constructor must not call
/// another service.
///
/// @param <C> the SDK's client interface, which is the service's contract
public interface Service<C> extends AutoCloseable {

  /// The SDK's client interface, such as `GlueClient.class`.
  Class<C> type();

  /// The service as one account and region sees it. Called for every request: keep it cheap.
  /// Operations that are not supported are left to the interface's default methods.
  C client(Scope scope);

  /// Takes up what was open when the process last ended. All services are constructed by now and no
  /// request has been let in yet.
  default void start() {}

  /// Stops taking work, lets what is in hand reach a durable point, releases everything.
  @Override
  default void close() {}
}
