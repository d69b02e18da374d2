package dev.polder.lambda;

import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import dev.polder.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.*;

/// Operations on the versions of a function and on the aliases that name them.
final class Versions {
  private final Parts parts;
  private final Scope scope;
  private final Functions functions;

  Versions(Parts parts, Scope scope, Functions functions) {
    this.parts = parts;
    this.scope = scope;
    this.functions = functions;
  }

  PublishVersionResponse publish(PublishVersionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    if (request.publishToAsString() != null) {
      throw LambdaErrors.unsupported("PublishTo");
    }
    FunctionConfig latest = parts.catalogue().get(name).latest();
    Functions.checkRevision(request.revisionId(), latest);
    if (request.codeSha256() != null && !request.codeSha256().equals(latest.code().sha256())) {
      throw LambdaErrors.invalid(
          "CodeSHA256 ("
              + request.codeSha256()
              + ") is different from current CodeSHA256 in $LATEST ("
              + latest.code().sha256()
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    FunctionConfig version = publish(name, request.description());
    return Shapes.copy(
            Answers.configuration(qualified(name, version.version()), version),
            PublishVersionResponse.builder())
        .build();
  }

  /// Publishes the function as it is; answers the last version where nothing changed since.
  FunctionConfig publish(FunctionName name, @Nullable String description) {
    var published = new AtomicReference<FunctionConfig>();
    parts
        .catalogue()
        .update(
            name,
            function -> {
              FunctionConfig latest = function.latest();
              Optional<FunctionConfig> last =
                  parts.catalogue().version(name, function.lastVersion());
              if (last.isPresent() && isSame(last.get(), latest)) {
                published.set(last.get());
                return function;
              }
              long number = function.lastVersion() + 1;
              String text = description == null ? latest.settings().description() : description;
              published.set(latest.published(number, text, parts.platform().ids().uuid()));
              return function.withLastVersion(number);
            },
            (batch, function) ->
                Catalogue.putVersion(
                    batch, name, function.lastVersion(), Objects.requireNonNull(published.get())));
    return Objects.requireNonNull(published.get());
  }

  private static boolean isSame(FunctionConfig version, FunctionConfig latest) {
    FunctionConfig again =
        latest.published(0, version.settings().description(), version.revisionId());
    return again.code().equals(version.code()) && again.settings().equals(version.settings());
  }

  private static FunctionName qualified(FunctionName name, String qualifier) {
    return new FunctionName(name.scope(), name.name(), qualifier);
  }

  ListVersionsByFunctionResponse list(ListVersionsByFunctionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    FunctionConfig latest = parts.catalogue().get(name).latest();
    var page =
        parts.catalogue().versions(name, request.marker(), Functions.pageSize(request.maxItems()));
    List<FunctionConfiguration> items = new ArrayList<>();
    if (request.marker() == null) {
      items.add(Answers.configuration(Functions.latest(name), latest));
    }
    page.items().forEach(v -> items.add(Answers.configuration(qualified(name, v.version()), v)));
    return ListVersionsByFunctionResponse.builder().versions(items).nextMarker(page.next()).build();
  }

  List<FunctionConfiguration> published(FunctionName name) {
    return parts.catalogue().versions(name, null, Integer.MAX_VALUE).items().stream()
        .map(version -> Answers.configuration(qualified(name, version.version()), version))
        .toList();
  }

  void delete(FunctionName name, long number) {
    String version = Long.toString(number);
    for (Alias alias : parts.catalogue().aliases(name, null, Integer.MAX_VALUE).items()) {
      if (alias.version().equals(version)) {
        throw LambdaErrors.conflict(
            "Version " + version + " cannot be deleted: alias " + alias.name() + " names it");
      }
    }
    parts.catalogue().deleteVersion(name, number);
  }

  CreateAliasResponse createAlias(CreateAliasRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    refuseWeights(request.routingConfig());
    parts.catalogue().get(name);
    String alias = checkedAlias(request.name());
    String version = checkedVersion(name, request.functionVersion());
    String description = request.description() == null ? "" : request.description();
    var created = new Alias(alias, version, description, parts.platform().ids().uuid());
    if (!parts.catalogue().createAlias(name, created)) {
      throw LambdaErrors.conflict("Alias already exists: " + name.arn() + ":" + alias);
    }
    return Shapes.copy(Answers.alias(name, created), CreateAliasResponse.builder()).build();
  }

  private static void refuseWeights(@Nullable AliasRoutingConfiguration routing) {
    if (routing != null && !routing.additionalVersionWeights().isEmpty()) {
      throw LambdaErrors.unsupported("RoutingConfig.AdditionalVersionWeights");
    }
  }

  private static String checkedAlias(@Nullable String alias) {
    if (alias == null || !alias.matches("(?!^[0-9]+$)([a-zA-Z0-9-_]+)") || alias.length() > 128) {
      throw LambdaErrors.constraint(
          alias,
          "name",
          "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    }
    return alias;
  }

  private String checkedVersion(FunctionName name, @Nullable String version) {
    if (version == null || !version.matches("(\\$LATEST|[0-9]+)")) {
      throw LambdaErrors.constraint(
          version,
          "functionVersion",
          "Member must satisfy regular expression pattern: (\\$LATEST|[0-9]+)");
    }
    functions.find(qualified(name, version));
    return version;
  }

  private Alias find(FunctionName name, @Nullable String alias) {
    parts.catalogue().get(name);
    return parts
        .catalogue()
        .alias(name, checkedAlias(alias))
        .orElseThrow(
            () -> LambdaErrors.notFound("Cannot find alias arn: " + name.arn() + ":" + alias));
  }

  GetAliasResponse alias(GetAliasRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    Alias alias = find(name, request.name());
    return Shapes.copy(Answers.alias(name, alias), GetAliasResponse.builder()).build();
  }

  UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    refuseWeights(request.routingConfig());
    Alias before = find(name, request.name());
    if (request.revisionId() != null && !request.revisionId().equals(before.revisionId())) {
      throw LambdaErrors.revision();
    }
    String version =
        request.functionVersion() == null
            ? before.version()
            : checkedVersion(name, request.functionVersion());
    String description =
        request.description() == null ? before.description() : request.description();
    var after = new Alias(before.name(), version, description, parts.platform().ids().uuid());
    parts.catalogue().replaceAlias(name, before, after);
    return Shapes.copy(Answers.alias(name, after), UpdateAliasResponse.builder()).build();
  }

  /// Deleting an alias that does not exist succeeds, as at AWS.
  DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    parts
        .catalogue()
        .alias(name, checkedAlias(request.name()))
        .ifPresent(alias -> parts.catalogue().replaceAlias(name, alias, null));
    return DeleteAliasResponse.builder().build();
  }

  ListAliasesResponse listAliases(ListAliasesRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    parts.catalogue().get(name);
    var page =
        parts.catalogue().aliases(name, request.marker(), Functions.pageSize(request.maxItems()));
    return ListAliasesResponse.builder()
        .aliases(
            page.items().stream()
                .filter(alias ->
                    request.functionVersion() == null
                        || request.functionVersion().equals(alias.version()))
                .map(alias -> Answers.alias(name, alias))
                .toList())
        .nextMarker(page.next())
        .build();
  }
}
