package dev.polder.gateway;

import dev.polder.gateway.auth.Authentication;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Sessions;
import dev.polder.kernel.trace.Tracer;
import java.time.InstantSource;
import java.util.Set;

/// What a gateway is told beside its services.
///
/// @param time against which dates in signatures are judged
/// @param ids gives the request ids
/// @param authentication what is demanded of signatures
/// @param sessions the temporary credentials issued here
/// @param permissions what callers may do
/// @param tracer records what senders of requests trace
/// @param largestBody in bytes, of every request but S3's
/// @param hosts names, beside those of this machine, under which browsers may reach this server, as
///   `polder.example.com`
public record GatewayOptions(
    InstantSource time,
    Ids ids,
    Authentication authentication,
    Sessions sessions,
    Permissions permissions,
    Tracer tracer,
    int largestBody,
    Set<String> hosts) {

  /// The largest request that Lambda's CreateFunction accepts, which is the largest of all.
  private static final int LARGEST_BODY = 70_167_211;

  public GatewayOptions {
    hosts = Set.copyOf(hosts);
  }

  /// Any signature will do, no sessions, AWS's limit on bodies, the names of this machine.
  public static GatewayOptions of(InstantSource time, Ids ids) {
    return new GatewayOptions(
        time,
        ids,
        new Authentication.Any(),
        Sessions.none(),
        Permissions.all(),
        Tracer.NONE,
        LARGEST_BODY,
        Set.of());
  }

  /// The same with this demand on signatures.
  public GatewayOptions with(Authentication demanded) {
    return new GatewayOptions(
        time, ids, demanded, sessions, permissions, tracer, largestBody, hosts);
  }

  /// The same with these sessions.
  public GatewayOptions with(Sessions issued) {
    return new GatewayOptions(
        time, ids, authentication, issued, permissions, tracer, largestBody, hosts);
  }

  /// The same with these permissions.
  public GatewayOptions with(Permissions granted) {
    return new GatewayOptions(
        time, ids, authentication, sessions, granted, tracer, largestBody, hosts);
  }

  /// The same with this tracer.
  public GatewayOptions with(Tracer recording) {
    return new GatewayOptions(
        time, ids, authentication, sessions, permissions, recording, largestBody, hosts);
  }

  /// The same with this limit on bodies.
  public GatewayOptions withLargestBody(int bytes) {
    return new GatewayOptions(
        time, ids, authentication, sessions, permissions, tracer, bytes, hosts);
  }

  /// The same with these names.
  public GatewayOptions withHosts(Set<String> names) {
    return new GatewayOptions(
        time, ids, authentication, sessions, permissions, tracer, largestBody, names);
  }
}
