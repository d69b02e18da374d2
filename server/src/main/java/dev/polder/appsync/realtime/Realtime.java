package dev.polder.appsync.realtime;

import dev.polder.appsync.run.MutationListener;
import dev.polder.kernel.time.Time;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The subscriptions of all APIs of this process. They live as long as their connections; nothing
/// of them is kept on disk, as clients subscribe anew after they have lost theirs.
public final class Realtime implements MutationListener {
  private final Time time;
  private final Function<String, Optional<? extends Subscribing>> apis;
  private final Map<String, Subscribers> subscribers = new ConcurrentHashMap<>();

  /// @param apis the API of an id, as it is now; empty where it has no schema
  public Realtime(Time time, Function<String, Optional<? extends Subscribing>> apis) {
    this.time = time;
    this.apis = apis;
  }

  /// A new connection.
  public RealtimeConnection connect(
      String apiId, RealtimeConnection.Doorkeeper doorkeeper, Outgoing client) {
    return new RealtimeConnection(() -> api(apiId), of(apiId), doorkeeper, client);
  }

  private Subscribing api(String apiId) {
    return apis.apply(apiId)
        .orElseThrow(() -> RejectedException.of(null, "No schema definition exists.", null));
  }

  private Subscribers of(String apiId) {
    return subscribers.computeIfAbsent(apiId, _ -> new Subscribers(time));
  }

  /// How many subscriptions are open on an API.
  public int size(String apiId) {
    Subscribers present = subscribers.get(apiId);
    return present == null ? 0 : present.size();
  }

  @Override
  public void mutated(String apiId, Mutation mutation) {
    Subscribers present = subscribers.get(apiId);
    if (present != null) {
      apis.apply(apiId).ifPresent(api -> present.tell(api, mutation));
    }
  }
}
