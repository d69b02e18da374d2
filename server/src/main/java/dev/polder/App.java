package dev.polder;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.amplify.ApiHost;
import dev.polder.amplify.AppSyncHost;
import dev.polder.amplify.KnownPools;
import dev.polder.amplify.ProjectDeployment;
import dev.polder.amplify.SchemaFolder;
import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.auth.DevelopmentIssuer;
import dev.polder.appsync.auth.KeySource;
import dev.polder.config.Config;
import dev.polder.console.ConsolePages;
import dev.polder.gateway.Crc32Header;
import dev.polder.gateway.Front;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.InProcess;
import dev.polder.gateway.auth.Authentication;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.gateway.http.HttpServer;
import dev.polder.gateway.http.TlsIdentity;
import dev.polder.gateway.s3.S3Front;
import dev.polder.graphql.GraphqlRoute;
import dev.polder.graphql.IssuerRoute;
import dev.polder.graphql.RealtimeRoute;
import dev.polder.graphql.Signers;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.LateLake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import dev.polder.store.StoreFormat;
import dev.polder.telemetry.OpenTelemetryTracer;
import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The composition root: constructs everything in order, opens the port, and closes all of it in
/// reverse.
final class App implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(App.class.getName());

  // Below these a bucket may be the first label: bucket.s3.localhost.
  private static final Set<String> S3_HOSTS = Set.of("s3.localhost");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable URI endpoint;
  private @Nullable AppSyncService appSync;
  private @Nullable KnownPools pools;
  private @Nullable Clients clients;
  private @Nullable URI secureEndpoint;

  private App() {}

  /// Starts everything and returns once the port answers.
  ///
  /// @throws RuntimeException if something cannot start; what had started is closed by then
  static App start(Config config) {
    return start(config, false);
  }

  /// As [#start(Config)], and GraphQL APIs believe every token, whoever signed it.
  static App startTrusting(Config config) {
    return start(config, true);
  }

  private static App start(Config config, boolean trusting) {
    var app = new App();
    try {
      app.open(config, trusting);
      return app;
    } catch (RuntimeException | Error e) {
      app.close();
      throw e;
    }
  }

  private void open(Config config, boolean trusting) {
    Store store = opened(RocksStore.open(config.data().resolve("store")));
    StoreFormat.require(store, config.data());
    Time time = opened(time(config));
    Ids ids = Ids.random();
    var tracer = opened(new OpenTelemetryTracer(ids, time, config.otlp()));
    var front = new Front(ids);
    var lake = new LateLake();
    var platform =
        new Platform(
            store,
            time,
            ids,
            new LocalEvents(),
            lake,
            front,
            front,
            config.data(),
            this::endpoint,
            tracer);
    KeySource keys = trusting ? KeySource.trusting(time) : new KeySource(config.issuers(), time);
    DevelopmentIssuer issuer = config.issues() ? new DevelopmentIssuer(store, time, ids) : null;
    Services services = Services.of(platform, config, lake, keys, issuer);
    this.pools = new KnownPools(config.issues(), config.issuers().keySet());
    this.appSync = services.appSync();
    this.clients = front;
    services.all().forEach(this::opened);
    services.all().forEach(front::add);
    Gateway gateway = gateway(config, platform, services, issuer);
    services.lambda().with(new InProcess(gateway, this::endpoint));
    // A clock that skips stands still until all have taken up what was open.
    try (var _ = time.work()) {
      services.all().forEach(Service::start);
    }
    listen(gateway, config, time);
  }

  private static Gateway gateway(
      Config config, Platform platform, Services services, @Nullable DevelopmentIssuer issuer) {
    var options =
        GatewayOptions.of(platform.time(), platform.ids())
            .with(authentication(config))
            .with(services.sts().sessions())
            .with(services.iam().permissions())
            .with(platform.tracer())
            .withHosts(config.hostNames());
    var gateway =
        new Gateway(services.all(), options)
            .front("s3", new S3Front(services.s3(), S3_HOSTS))
            .finish("dynamodb", new Crc32Header())
            .route(ConsolePages.PREFIX, new ConsolePages())
            .route(Health.PATH, new Health(config, platform.time(), services.names()));
    graphql(gateway, services.appSync(), options);
    if (issuer != null) {
      gateway.route(IssuerRoute.PATH, new IssuerRoute(issuer));
    }
    return gateway;
  }

  private void listen(Gateway gateway, Config config, Time time) {
    HttpServer server = opened(new HelidonServer(gateway, gateway, null));
    int port = server.start(config.host(), config.port());
    endpoint = URI.create("http://" + name(config.host()) + ":" + port);
    if (config.tlsPort().isPresent()) {
      secure(gateway, config, config.tlsPort().getAsInt(), time);
    }
  }

  private static void graphql(Gateway gateway, AppSyncService appSync, GatewayOptions options) {
    var signers =
        new Signers(
            new Authenticator(options.authentication(), options.sessions(), options.time()));
    var requests = new GraphqlRoute(appSync, options.ids(), signers);
    var subscriptions = new RealtimeRoute(appSync, options.ids(), signers);
    gateway
        .route(GraphqlRoute.PREFIX, requests)
        .route(GraphqlRoute::isByHost, requests)
        .webSocket(GraphqlRoute.PREFIX, subscriptions)
        .webSocket(GraphqlRoute::isByHost, subscriptions);
  }

  private void secure(Gateway gateway, Config config, int port, Time time) {
    TlsIdentity identity =
        config
            .tlsFiles()
            .map(files -> TlsIdentity.of(files.certificate(), files.key()))
            .orElseGet(
                () -> TlsIdentity.selfSigned(config.data().resolve("tls"), config.host(), time));
    HttpServer server = opened(new HelidonServer(gateway, gateway, identity.context()));
    int opened = server.start(config.host(), port);
    secureEndpoint = URI.create("https://" + name(config.host()) + ":" + opened);
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

  /// Where this process answers over TLS; empty if it does not.
  Optional<URI> secureEndpoint() {
    return Optional.ofNullable(secureEndpoint);
  }

  /// Brings Amplify projects to this process.
  ///
  /// @param out told what happens
  ProjectDeployment deployment(Scope scope, PrintStream out) {
    Clients services = Objects.requireNonNull(clients);
    return new ProjectDeployment(
        new AppSyncHost(Objects.requireNonNull(appSync), scope, Map.of(), null),
        Objects.requireNonNull(pools),
        services.get(CloudFormationClient.class, scope),
        services.get(S3Client.class, scope),
        "polder-artefacts-" + scope.account() + "-" + scope.region(),
        out);
  }

  /// Serves a schema with its functions.
  ApiHost.Served serve(SchemaFolder folder, Scope scope) {
    return folder.serve(Objects.requireNonNull(appSync), Objects.requireNonNull(clients), scope);
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
