package dev.polder;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.athena.AthenaService;
import dev.polder.athena.engine.DuckDbEngine;
import dev.polder.athena.engine.EngineLimits;
import dev.polder.cloudformation.CloudFormationService;
import dev.polder.config.Config;
import dev.polder.console.ConsolePages;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.gateway.Crc32Header;
import dev.polder.gateway.Front;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.auth.Authentication;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.gateway.http.HttpServer;
import dev.polder.gateway.s3.S3Front;
import dev.polder.glue.GlueService;
import dev.polder.iam.IamService;
import dev.polder.kernel.Ids;
import dev.polder.kernel.LateLake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Service;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.S3Service;
import dev.polder.scheduler.SchedulerService;
import dev.polder.stepfunctions.StepFunctionsService;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import dev.polder.sts.StsService;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The composition root: constructs everything in order, opens the port, and closes all of it in
/// reverse.
final class App implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(App.class.getName());

  // Below these a bucket may be the first label: bucket.s3.localhost.
  private static final Set<String> S3_HOSTS = Set.of("s3.localhost");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable URI endpoint;

  private App() {}

  /// Starts everything and returns once the port answers.
  ///
  /// @throws RuntimeException if something cannot start; what had started is closed by then
  static App start(Config config) {
    var app = new App();
    try {
      app.open(config);
      return app;
    } catch (RuntimeException | Error e) {
      app.close();
      throw e;
    }
  }

  private void open(Config config) {
    Store store = opened(RocksStore.open(config.data().resolve("store")));
    Time time = opened(time(config));
    Ids ids = Ids.random();
    var front = new Front(ids);
    var lake = new LateLake();
    var platform =
        new Platform(
            store, time, ids, new LocalEvents(), lake, front, front, config.data(), this::endpoint);

    var s3 = new S3Service(platform);
    lake.set(s3.lake());
    var sts = new StsService(platform);
    List<Service<?>> services = new ArrayList<>();
    services.add(s3);
    services.add(sts);
    services.add(new GlueService(platform));
    services.add(athena(config, platform));
    services.add(new LambdaService(platform));
    services.add(new IamService(platform));
    services.add(new StepFunctionsService(platform));
    services.add(new SchedulerService(platform));
    services.add(new CloudFormationService(platform));
    var dynamodb = new DynamoDbService(platform);
    services.add(dynamodb);
    services.add(dynamodb.streams());
    services.forEach(this::opened);
    services.forEach(front::add);

    var options = GatewayOptions.of(time, ids).with(authentication(config)).with(sts.sessions());
    var gateway =
        new Gateway(services, options)
            .front("s3", new S3Front(s3, S3_HOSTS))
            .finish("dynamodb", new Crc32Header())
            .route(ConsolePages.PREFIX, new ConsolePages())
            .route(Health.PATH, new Health(config, time, names(services)));
    services.forEach(Service::start);
    HttpServer server = new HelidonServer(gateway);
    opened(server);
    int port = server.start(config.host(), config.port());
    endpoint = URI.create("http://" + name(config.host()) + ":" + port);
  }

  private static AthenaService athena(Config config, Platform platform) {
    int queries = config.athenaQueries();
    EngineLimits shared = EngineLimits.of(queries);
    var limits =
        new EngineLimits(
            config.athenaMegabytes().orElse(shared.memoryMegabytes()), config.athenaThreads());
    var engine = new DuckDbEngine(config.data().resolve("athena").resolve("spill"), limits);
    return new AthenaService(platform, queries, engine);
  }

  private static List<String> names(List<Service<?>> services) {
    return services.stream()
        .map(service -> service.type().getPackageName())
        .map(name -> name.substring(name.indexOf(".services.") + 10).replace(".", ""))
        .sorted()
        .toList();
  }

  private static Time time(Config config) {
    return config.skips()
        ? RunningTime.skipping(config.begin().orElseGet(() -> InstantSource.system().instant()))
        : RunningTime.real();
  }

  private static Authentication authentication(Config config) {
    return config.verifies() ? new Authentication.Verify(config.keys()) : new Authentication.Any();
  }

  // An address that means "all of this machine" is no address to call.
  private static String name(String host) {
    return switch (host) {
      case "0.0.0.0", "::" -> "127.0.0.1";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /// Where this process answers.
  URI endpoint() {
    return Objects.requireNonNull(endpoint, "the port is not open yet");
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(ERROR, "Cannot close " + part.getClass().getSimpleName(), e);
      }
    }
  }
}
