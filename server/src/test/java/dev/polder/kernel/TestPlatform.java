package dev.polder.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A platform for tests of one service or a few: a store in a directory, a clock that the test
/// holds, seeded identifiers, and whatever services the test puts in. Give it the same directory
/// again to see what a restarted process sees.
public final class TestPlatform implements AutoCloseable {
  /// Where a [ManualTime] begins.
  public static final Instant BEGIN = Instant.parse("2020-05-01T00:00:00Z");

  private final Map<Class<?>, Function<Scope, ?>> clients = new LinkedHashMap<>();
  private final List<Service<?>> services = new ArrayList<>();
  private final Store store;
  private final Time time;
  private final Events events = new LocalEvents();
  private final LateLake lake = new LateLake();
  private final Platform platform;
  private @Nullable ServiceCalls calls;

  private TestPlatform(Path directory, Time time) {
    this.store = RocksStore.open(directory.resolve("store"));
    this.time = time;
    this.platform =
        new Platform(
            store,
            time,
            Ids.seeded(opened(store)),
            events,
            lake,
            new Found(),
            new LaterCalls(),
            directory,
            () -> URI.create("http://127.0.0.1:1"));
  }

  /// How often this directory has been opened, so that identifiers do not come again after a
  /// restart.
  private static long opened(Store store) {
    Key key = Key.of("test", "opened");
    byte[] before = store.get(key);
    long times = before == null ? 1 : Long.parseLong(new String(before, UTF_8)) + 1;
    store.commit(new Batch().put(key, Long.toString(times).getBytes(UTF_8)));
    return times;
  }

  /// With a clock that stands at [#BEGIN].
  public static TestPlatform in(Path directory) {
    return new TestPlatform(directory, new ManualTime(BEGIN));
  }

  /// With any clock.
  public static TestPlatform in(Path directory, Time time) {
    return new TestPlatform(directory, time);
  }

  public Platform platform() {
    return platform;
  }

  /// The same over another store, such as one that counts or refuses.
  public Platform over(Store other) {
    return new Platform(
        other,
        platform.time(),
        platform.ids(),
        platform.events(),
        platform.lake(),
        platform.clients(),
        platform.calls(),
        platform.data(),
        platform.endpoint());
  }

  /// The clock, where the test chose none.
  public ManualTime time() {
    return (ManualTime) time;
  }

  public Events events() {
    return events;
  }

  public void use(Lake given) {
    lake.set(given);
  }

  public void use(ServiceCalls given) {
    this.calls = given;
  }

  /// Adds a service, built on this platform, and starts it.
  public <C, S extends Service<C>> S add(Function<Platform, S> constructor) {
    S service = constructor.apply(platform);
    services.add(service);
    clients.put(service.type(), service::client);
    service.start();
    return service;
  }

  /// Adds a fake of a service.
  public <C> void add(Class<C> type, C fake) {
    clients.put(type, _ -> fake);
  }

  /// A service's client in the default scope.
  public <C> C client(Class<C> type) {
    return platform.clients().get(type, Scope.DEFAULT);
  }

  @Override
  public void close() {
    services.reversed().forEach(Service::close);
    time.close();
    store.close();
  }

  private final class Found implements Clients {
    @Override
    public <C> C get(Class<C> type, Scope scope) {
      var client = clients.get(type);
      if (client == null) {
        throw new IllegalArgumentException("The test has no " + type.getSimpleName());
      }
      return type.cast(client.apply(scope));
    }
  }

  private final class LaterCalls implements ServiceCalls {
    @Override
    public boolean supports(String service, String action) {
      return calls != null && calls.supports(service, action);
    }

    @Override
    public @Nullable Object call(
        Scope scope, String service, String action, @Nullable Object input) {
      return Objects.requireNonNull(calls, "the test gave no calls")
          .call(scope, service, action, input);
    }
  }
}
