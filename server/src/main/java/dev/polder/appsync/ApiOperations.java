package dev.polder.appsync;

import dev.polder.appsync.auth.AuthSettings;
import dev.polder.appsync.run.Limits;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appsync.model.CreateGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.GraphQLApiIntrospectionConfig;
import software.amazon.awssdk.services.appsync.model.GraphQLApiType;
import software.amazon.awssdk.services.appsync.model.GraphQLApiVisibility;
import software.amazon.awssdk.services.appsync.model.GraphqlApi;
import software.amazon.awssdk.services.appsync.model.UpdateGraphqlApiRequest;

/// The operations on APIs themselves.
final class ApiOperations {
  private static final int DEEPEST = 75;
  private static final int MOST_RESOLVERS = 10_000;
  private static final int LONGEST_SECONDS = 30;
  private static final int MOST_TAGS = 50;
  private static final int MOST_VARIABLES = 50;

  private final Management management;

  ApiOperations(Management management) {
    this.management = management;
  }

  GraphqlApi create(CreateGraphqlApiRequest request) {
    // All that can be updated is said at the creation, under the same names.
    var settings = Shapes.copy(request, UpdateGraphqlApiRequest.builder()).build();
    refuse(settings);
    if (request.apiType() == GraphQLApiType.MERGED) {
      throw AppSyncErrors.notSupported("ApiType MERGED");
    }
    if (request.visibility() == GraphQLApiVisibility.PRIVATE) {
      throw AppSyncErrors.notSupported("Visibility PRIVATE");
    }
    AuthSettings auth = auth(settings);
    Limits limits = limits(settings);
    String apiId = management.service().newId();
    var api =
        new StoredApi(management.scope(), apiId, named(request.name()), "", null, auth, limits);
    var details =
        ManagedParts.Details.NONE
            .withTags(checked(request.tags()))
            .with(Boolean.TRUE.equals(request.xrayEnabled()), request.ownerContact());
    management.save(api, management.parts().put(new Batch(), apiId, details));
    return show(api);
  }

  private static void refuse(UpdateGraphqlApiRequest request) {
    refuse(request.logConfig(), "LogConfig");
    refuse(request.enhancedMetricsConfig(), "EnhancedMetricsConfig");
    refuse(request.mergedApiExecutionRoleArn(), "MergedApiExecutionRoleArn");
  }

  private static AuthSettings auth(UpdateGraphqlApiRequest request) {
    return AuthConfigs.settings(
        request.authenticationType(),
        request.userPoolConfig(),
        request.openIDConnectConfig(),
        request.lambdaAuthorizerConfig(),
        request.additionalAuthenticationProviders());
  }

  private static void refuse(@Nullable Object member, String name) {
    if (member != null) {
      throw AppSyncErrors.notSupported(name);
    }
  }

  private static String named(@Nullable String name) {
    if (name == null || name.isBlank() || name.length() > 65_536) {
      throw AppSyncErrors.invalid("Name is required.");
    }
    return name;
  }

  private static Limits limits(UpdateGraphqlApiRequest request) {
    Integer depth = request.queryDepthLimit();
    Integer resolvers = request.resolverCountLimit();
    int deepest = depth == null ? 0 : depth;
    int most = resolvers == null || resolvers == 0 ? MOST_RESOLVERS : resolvers;
    if (deepest < 0 || deepest > DEEPEST) {
      throw AppSyncErrors.invalid("queryDepthLimit must be between 0 and " + DEEPEST + ".");
    }
    if (most < 1 || most > MOST_RESOLVERS) {
      throw AppSyncErrors.invalid(
          "resolverCountLimit must be between 0 and " + MOST_RESOLVERS + ".");
    }
    boolean shown = request.introspectionConfig() != GraphQLApiIntrospectionConfig.DISABLED;
    return new Limits(deepest, most, shown, LONGEST_SECONDS);
  }

  GraphqlApi update(UpdateGraphqlApiRequest request) {
    refuse(request);
    StoredApi old = management.api(request.apiId());
    AuthSettings auth = auth(request);
    Limits limits = limits(request);
    var changed =
        new StoredApi(
            old.scope(), old.apiId(), named(request.name()), old.env(), old.api(), auth, limits);
    ManagedParts parts = management.parts();
    var details =
        parts
            .details(old.apiId())
            .with(Boolean.TRUE.equals(request.xrayEnabled()), request.ownerContact());
    management.save(changed, parts.put(new Batch(), old.apiId(), details));
    return show(changed);
  }

  /// Deletes an API, its keys and all that belongs to it. Its tables and functions stay.
  void delete(String apiId) {
    StoredApi api = management.api(apiId);
    var batch = new Batch();
    management.parts().deleteAll(batch, apiId);
    management.keys().deleteAll(batch, management.scope(), apiId);
    management.service().forget(api, batch);
  }

  GraphqlApi get(String apiId) {
    return show(management.api(apiId));
  }

  Listing<GraphqlApi> list(@Nullable String after, @Nullable Integer limit) {
    List<GraphqlApi> all =
        management.apis().list(management.scope()).stream().map(this::show).toList();
    return Listing.of(all, GraphqlApi::apiId, after, limit);
  }

  private GraphqlApi show(StoredApi api) {
    var details = management.parts().details(api.apiId());
    String endpoint = management.service().endpoint(api.apiId()).toString();
    var shown =
        GraphqlApi.builder()
            .name(api.name())
            .apiId(api.apiId())
            .arn(management.arn(api.apiId()))
            .uris(Map.of("GRAPHQL", endpoint, "REALTIME", realtime(endpoint)))
            .tags(details.tags())
            .xrayEnabled(details.xray())
            .visibility(GraphQLApiVisibility.GLOBAL)
            .apiType(GraphQLApiType.GRAPHQL)
            .owner(management.scope().account())
            .ownerContact(details.ownerContact())
            .introspectionConfig(
                api.limits().introspection()
                    ? GraphQLApiIntrospectionConfig.ENABLED
                    : GraphQLApiIntrospectionConfig.DISABLED)
            .queryDepthLimit(api.limits().depth())
            .resolverCountLimit(
                api.limits().resolvers() == MOST_RESOLVERS ? 0 : api.limits().resolvers());
    AuthConfigs.show(api.auth(), shown);
    return shown.build();
  }

  private static String realtime(String endpoint) {
    return endpoint.replaceFirst("^http", "ws") + "/realtime";
  }

  private static Map<String, String> checked(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw AppSyncErrors.invalid("A resource may have " + MOST_TAGS + " tags.");
    }
    tags.keySet().stream()
        .filter(name -> name.startsWith("aws:"))
        .findFirst()
        .ifPresent(name -> {
          throw AppSyncErrors.invalid("Tag key " + name + " begins with aws:.");
        });
    return tags;
  }

  Map<String, String> tags(String arn) {
    return management.parts().details(management.api(management.idOf(arn)).apiId()).tags();
  }

  void tag(String arn, Map<String, String> added, List<String> removed) {
    String apiId = management.api(management.idOf(arn)).apiId();
    ManagedParts parts = management.parts();
    Map<String, String> tags = new LinkedHashMap<>(parts.details(apiId).tags());
    removed.forEach(tags::remove);
    tags.putAll(added);
    var details = parts.details(apiId).withTags(checked(tags));
    management.apis().commit(parts.put(new Batch(), apiId, details));
  }

  Map<String, String> variables(String apiId) {
    return management.parts().details(management.api(apiId).apiId()).environment();
  }

  Map<String, String> variables(String apiId, Map<String, String> changed) {
    management.api(apiId);
    if (changed.size() > MOST_VARIABLES) {
      throw AppSyncErrors.invalid("An API may have 50 environment variables.");
    }
    Optional<String> bad =
        changed.keySet().stream().filter(name -> !name.matches("[A-Za-z]\\w{1,63}")).findFirst();
    if (bad.isPresent() || changed.values().stream().anyMatch(value -> value.length() > 512)) {
      throw AppSyncErrors.invalid(
          "Environment variables have names of 2 to 64 letters, digits and underscores that begin"
              + " with a letter, and values of at most 512 characters.");
    }
    ManagedParts parts = management.parts();
    var details = parts.details(apiId).withEnvironment(changed);
    management.apis().commit(parts.put(new Batch(), apiId, details));
    return details.environment();
  }
}
