package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.auth.ApiKey;
import dev.polder.appsync.auth.ApiKeys;
import dev.polder.appsync.auth.ApiRules;
import dev.polder.appsync.auth.Asked;
import dev.polder.appsync.auth.AuthSetting;
import dev.polder.appsync.auth.AuthSettings;
import dev.polder.appsync.auth.DevelopmentIssuer;
import dev.polder.appsync.auth.Identification;
import dev.polder.appsync.auth.KeySource;
import dev.polder.appsync.auth.UnauthorizedException;
import dev.polder.appsync.realtime.Outgoing;
import dev.polder.appsync.realtime.Realtime;
import dev.polder.appsync.realtime.RealtimeConnection;
import dev.polder.appsync.run.Answer;
import dev.polder.appsync.run.GraphqlApi;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.appsync.run.ServedApi;
import dev.polder.appsync.run.Services;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.Transform;
import dev.polder.appsync.transform.TransformOptions;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.store.Batch;
import graphql.schema.idl.errors.SchemaProblem;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// AppSync of this process. To be started after DynamoDB and Lambda.
public final class AppSyncService implements Service<AppSyncClient> {
  private static final int ID_LENGTH = 26;
  private static final Duration KEY_LASTS = Duration.ofDays(365);
  private static final Duration KEY_IS_OLD = Duration.ofDays(1);

  private final Platform platform;
  private final ApiStore apis;
  private final ApiKeys keys;
  private final Realtime realtime;
  private final Map<String, Serving> serving = new ConcurrentHashMap<>();
  private volatile Identification identification;
  private volatile Set<String> hosts = Set.of();

  public AppSyncService(Platform platform) {
    this.platform = platform;
    this.apis = new ApiStore(platform.store());
    this.keys = new ApiKeys(platform.store(), platform.time());
    this.identification = new Identification(platform, KeySource.none(platform.time()), null);
    this.realtime =
        new Realtime(platform.time(), apiId -> serving(apiId).map(Serving::subscriptions));
  }

  /// Believes the tokens of these issuers. Before the first request.
  ///
  /// @param keys where their keys come from
  /// @param development null where it is off
  public AppSyncService with(KeySource keys, @Nullable DevelopmentIssuer development) {
    this.identification = new Identification(platform, keys, development);
    return this;
  }

  /// Lets those who sign ask for what their policies allow. Behind the issuers.
  public AppSyncService with(Permissions given) {
    this.identification = identification.with(given);
    return this;
  }

  /// Lets fields with `@http` call these hosts besides this machine's own. Before the first
  /// request.
  ///
  /// @param given each as `name` or `name:port`
  public AppSyncService with(Set<String> given) {
    this.hosts = Set.copyOf(given);
    return this;
  }

  @Override
  public Class<AppSyncClient> type() {
    return AppSyncClient.class;
  }

  @Override
  public AppSyncClient client(Scope scope) {
    return new LocalAppSync(new Management(scope, platform, this, apis, keys));
  }

  /// Makes an API of a project, or changes the one of that name: its schema, its tables, its
  /// settings. Requests that are running end under the old schema.
  ///
  /// @throws dev.polder.appsync.transform.SchemaException with everything that is wrong with the
  ///   schema; nothing has changed then
  /// @throws DeploymentException if a table would have to be made anew; nothing has changed then
  public synchronized DeployedApi deploy(Scope scope, ApiDeployment deployment) {
    Api api =
        Transform.of(
                new TransformOptions(
                    deployment.generation(),
                    deployment.featureFlags(),
                    modes(deployment.auth()),
                    deployment.params(),
                    deployment.conflicts()))
            .apply(deployment.schema());
    return deploy(scope, deployment, api);
  }

  /// As [#deploy(Scope, ApiDeployment)], of a schema that has been transformed.
  synchronized DeployedApi deploy(Scope scope, ApiDeployment deployment, Api api) {
    requireUnsynced(api);
    String apiId = id(scope, deployment.name());
    var stored =
        new StoredApi(
            scope,
            apiId,
            deployment.name(),
            deployment.env(),
            api,
            deployment.auth(),
            deployment.limits());
    Serving made = checked(stored);
    ServedApi served = made.executable().served();
    Optional<StoredApi> before = apis.find(scope, apiId);
    if (before.isEmpty()) {
      // Its id is in the names of its tables: a deployment that is cut off goes on with the same.
      apis.commit(apis.put(new Batch(), stored.without()));
    }
    var unique = new UniqueFields(served, before.map(StoredApi::api));
    Map<String, String> streams = Map.of();
    if (!api.models().isEmpty()) {
      DynamoDbClient tables = platform.clients().get(DynamoDbClient.class, scope);
      streams = new ApiTables(served, tables).ensure();
      unique.enter(tables);
    }
    var batch = new Batch();
    apis.put(batch, stored);
    String key = key(batch, stored, deployment.apiKey());
    apis.commit(batch);
    serving.put(apiId, made);
    if (!unique.isEmpty()) {
      // Once more, for objects that were created in the meantime.
      unique.enter(platform.clients().get(DynamoDbClient.class, scope));
    }
    Map<String, String> tables = new LinkedHashMap<>();
    api.models().values().forEach(model -> tables.put(model.type(), served.table(model)));
    return new DeployedApi(apiId, stored.name(), endpoint(apiId), key, tables, streams);
  }

  private static void requireUnsynced(Api api) {
    for (Model model : api.models().values()) {
      if (model.synced()) {
        throw new DeploymentException(
            "Conflict resolution, which " + model.type() + " asks for, is not supported");
      }
    }
  }

  /// The id of the API of a name, or a new one.
  private String id(Scope scope, String name) {
    return apis.list(scope).stream()
        .filter(known -> known.name().equals(name))
        .map(StoredApi::apiId)
        .findFirst()
        .orElseGet(this::newId);
  }

  /// Makes a change of an API durable, with what else is in the batch, and serves it.
  synchronized void save(StoredApi stored, Batch batch) {
    Optional<Serving> made = Optional.of(stored).filter(api -> api.api() != null).map(this::serve);
    apis.commit(apis.put(batch, stored));
    made.ifPresentOrElse(
        api -> serving.put(stored.apiId(), api), () -> serving.remove(stored.apiId()));
  }

  /// Finds out whether an API could be served.
  ///
  /// @throws RuntimeException of the GraphQL library if its SDL is no schema
  void check(StoredApi stored) {
    serve(stored);
  }

  /// Deletes an API, with what else is in the batch.
  synchronized void forget(StoredApi stored, Batch batch) {
    apis.commit(apis.delete(batch, stored));
    serving.remove(stored.apiId());
  }

  String newId() {
    String letters = (platform.ids().uuid() + platform.ids().uuid()).replace("-", "");
    return letters.substring(0, ID_LENGTH);
  }

  /// Where an API answers.
  public URI endpoint(String apiId) {
    return platform.endpoint().get().resolve("/graphql/" + apiId);
  }

  private @Nullable String key(Batch batch, StoredApi api, @Nullable String given) {
    boolean takesKeys =
        api.auth().all().stream().anyMatch(setting -> setting instanceof AuthSetting.ApiKey);
    if (!takesKeys) {
      return null;
    }
    var soon = platform.time().instant().plus(KEY_IS_OLD);
    Optional<ApiKey> present =
        keys.list(api.scope(), api.apiId()).stream()
            .filter(key -> given == null || key.id().equals(given))
            .filter(key -> key.expires().isAfter(soon))
            .findFirst();
    if (present.isPresent()) {
      return present.get().id();
    }
    String id = given == null ? ApiKeys.newId(platform.ids()) : given;
    var expires = platform.time().instant().plus(KEY_LASTS);
    keys.put(batch, api.scope(), api.apiId(), ApiKey.until(id, null, expires));
    return id;
  }

  private static AuthModes modes(AuthSettings settings) {
    Set<AuthMode> additional = new LinkedHashSet<>();
    settings.additional().forEach(setting -> additional.add(mode(setting)));
    return new AuthModes(mode(settings.initial()), additional);
  }

  private static AuthMode mode(AuthSetting setting) {
    return switch (setting) {
      case AuthSetting.ApiKey _ -> AuthMode.API_KEY;
      case AuthSetting.Iam _ -> AuthMode.AWS_IAM;
      case AuthSetting.UserPool _ -> AuthMode.AMAZON_COGNITO_USER_POOLS;
      case AuthSetting.Oidc _ -> AuthMode.OPENID_CONNECT;
      case AuthSetting.Function _ -> AuthMode.AWS_LAMBDA;
    };
  }

  /// What the transform let pass and graphql-java does not: a name that nothing defines.
  private Serving checked(StoredApi stored) {
    try {
      return serve(stored);
    } catch (SchemaProblem e) {
      throw new SchemaException(
          e.getErrors().stream()
              .map(error -> new Problem("SchemaValidationError", error.getMessage(), 0, 0))
              .toList());
    }
  }

  private Serving serve(StoredApi stored) {
    Api api = Objects.requireNonNull(stored.api());
    var services = new Services(platform, stored.scope(), hosts);
    var rules = ApiRules.of(api, stored.auth());
    var executable = new GraphqlApi(stored.served(api), services, rules, realtime);
    return new Serving(stored, executable, new Subscriptions(rules, executable));
  }

  /// The API of an id as it answers now; empty if there is none, or none with a schema.
  Optional<Serving> serving(String apiId) {
    Serving known = serving.get(apiId);
    return known != null ? Optional.of(known) : load(apiId);
  }

  private synchronized Optional<Serving> load(String apiId) {
    Serving known = serving.get(apiId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Serving> made =
        apis.find(apiId).filter(stored -> stored.api() != null).map(this::serve);
    made.ifPresent(api -> serving.put(apiId, api));
    return made;
  }

  /// True if there is an API of this id.
  public boolean has(String apiId) {
    return serving.containsKey(apiId) || apis.find(apiId).isPresent();
  }

  /// Finds out who asks.
  ///
  /// @throws UnauthorizedException if nobody that the API knows
  public Identity identify(Asked asked) {
    StoredApi api =
        serving(asked.apiId())
            .map(Serving::stored)
            .or(() -> apis.find(asked.apiId()))
            .orElseThrow();
    return identification.identify(api.scope(), api.auth(), asked);
  }

  /// Runs a query or a mutation.
  public Answer execute(String apiId, Request request) {
    return serving(apiId)
        .map(api -> api.executable().execute(request))
        .orElseGet(() ->
            new Answer(
                400, GraphqlApi.refusal("GraphQLSchemaException", "No schema definition exists.")));
  }

  /// A client's connection for subscriptions.
  public RealtimeConnection connect(
      String apiId, RealtimeConnection.Doorkeeper doorkeeper, Outgoing client) {
    return realtime.connect(apiId, doorkeeper, client);
  }

  /// How many subscriptions are open on an API.
  public int subscribers(String apiId) {
    return realtime.size(apiId);
  }
}
