package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Alias;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineAliasListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;

/// Versions of state machines, and aliases that lead to them.
final class VersionOperations {
  private final Platform platform;
  private final Catalogue catalogue;
  private final StateMachineOperations machines;
  private final Scope scope;

  VersionOperations(
      Platform platform, Catalogue catalogue, StateMachineOperations machines, Scope scope) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.machines = machines;
    this.scope = scope;
  }

  PublishStateMachineVersionResponse publish(PublishStateMachineVersionRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    Constraints.length(request.description(), "description", 0, 256);
    Version version =
        machines.publish(
            machines.stored(arn).machine(), request.description(), request.revisionId());
    return PublishStateMachineVersionResponse.builder()
        .creationDate(Instant.ofEpochMilli(version.created()))
        .stateMachineVersionArn(MachineArn.of(scope, arn.machine(), version.number()))
        .build();
  }

  ListStateMachineVersionsResponse list(ListStateMachineVersionsRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    int size = Constraints.page(request.maxResults());
    var page =
        catalogue.versions(scope, arn.machine(), PageToken.parse(request.nextToken(), 1024), size);
    return ListStateMachineVersionsResponse.builder()
        .stateMachineVersions(
            page.items().stream()
                .map(each ->
                    StateMachineVersionListItem.builder()
                        .stateMachineVersionArn(MachineArn.of(scope, arn.machine(), each.number()))
                        .creationDate(Instant.ofEpochMilli(each.created()))
                        .build())
                .toList())
        .nextToken(page.next())
        .build();
  }

  DeleteStateMachineVersionResponse delete(DeleteStateMachineVersionRequest request) {
    MachineArn arn =
        MachineArn.parse(request.stateMachineVersionArn(), "stateMachineVersionArn", scope);
    long number = arn.version();
    List<String> aliases =
        catalogue.allAliases(scope, arn.machine()).stream()
            .filter(each -> each.routes().containsKey(number))
            .map(Alias::name)
            .toList();
    if (!aliases.isEmpty()) {
      throw StepFunctionsErrors.conflict(
          "Version to be deleted must not be referenced by an alias. Current list of aliases "
              + "referencing this version: ["
              + String.join(", ", aliases)
              + "]");
    }
    catalogue.commit(new Batch().delete(Catalogue.version(scope, arn.machine(), number)));
    return DeleteStateMachineVersionResponse.builder().build();
  }

  /// Where an alias is to lead.
  private record Routing(StateMachine machine, Map<Long, Integer> routes) {}

  private Routing routing(List<RoutingConfigurationListItem> given) {
    List<String> arns =
        given.stream()
            .map(each ->
                Constraints.required(each.stateMachineVersionArn(), "stateMachineVersionArn"))
            .toList();
    requireOneOrTwo(given, arns);
    Map<Long, Integer> routes = new LinkedHashMap<>();
    StateMachine machine = null;
    weights(given);
    for (int i = 0; i < given.size(); i++) {
      MachineArn arn = MachineArn.parse(arns.get(i), "stateMachineVersionArn", scope);
      if (!arn.isVersion()) {
        throw StepFunctionsErrors.validation(
            "Routing configuration must contain state machine version ARNs. Received: " + arns);
      }
      StateMachine found = versioned(arn);
      if (machine != null && !machine.name().equals(found.name())) {
        throw StepFunctionsErrors.validation(
            "Routing configuration must contain versions of one state machine. Received: " + arns);
      }
      machine = found;
      routes.put(arn.version(), weight(given.get(i)));
    }
    return new Routing(Objects.requireNonNull(machine), routes);
  }

  private static void requireOneOrTwo(List<RoutingConfigurationListItem> given, List<String> arns) {
    if (given.isEmpty() || given.size() > 2) {
      throw Constraints.failed(
          given.stream().map(VersionOperations::told).toList(),
          "routingConfiguration",
          "Member must have length "
              + (given.isEmpty() ? "greater than or equal to 1" : "less than or equal to 2"));
    }
    if (new HashSet<>(arns).size() < arns.size()) {
      throw StepFunctionsErrors.validation(
          "Routing configuration must contain distinct state machine version ARNs. Received: "
              + arns);
    }
  }

  // As the service's own objects are written.
  private static String told(RoutingConfigurationListItem item) {
    return "RoutingConfigurationListItem(stateMachineVersionArn="
        + item.stateMachineVersionArn()
        + ", weight="
        + item.weight()
        + ")";
  }

  private static int weight(RoutingConfigurationListItem item) {
    return item.weight() == null ? 0 : item.weight();
  }

  private static void weights(List<RoutingConfigurationListItem> given) {
    int sum = 0;
    for (int i = 0; i < given.size(); i++) {
      int weight = weight(given.get(i));
      if (weight < 0 || weight > 100) {
        throw Constraints.failed(
            weight,
            "routingConfiguration." + (i + 1) + ".member.weight",
            "Member must have value "
                + (weight < 0 ? "greater than or equal to 0" : "less than or equal to 100"));
      }
      sum += weight;
    }
    if (sum != 100) {
      throw StepFunctionsErrors.validation(
          "Sum of routing configuration weights must equal 100. Received: "
              + given.stream().map(VersionOperations::weight).toList());
    }
  }

  private StateMachine versioned(MachineArn arn) {
    long number = arn.version();
    StateMachine machine =
        catalogue
            .find(scope, arn.machine())
            .map(Catalogue.Stored::machine)
            .orElseThrow(() -> StepFunctionsErrors.noResource(arn.text()));
    if (catalogue.version(scope, machine, number).isEmpty()) {
      throw StepFunctionsErrors.noResource(arn.text());
    }
    return machine;
  }

  CreateStateMachineAliasResponse createAlias(CreateStateMachineAliasRequest request) {
    String name = Constraints.aliasName(request.name());
    Constraints.length(request.description(), "description", 0, 256);
    Routing routing = routing(request.routingConfiguration());
    String machine = routing.machine().name();
    String arn = MachineArn.of(scope, machine, name);
    Optional<Alias> known = catalogue.alias(scope, routing.machine(), name);
    long now = platform.time().instant().toEpochMilli();
    var alias = new Alias(name, request.description(), routing.routes(), now, now);
    if (known.isPresent()) {
      return again(known.get(), alias, arn);
    }
    if (catalogue.allAliases(scope, machine).size() >= 100) {
      throw StepFunctionsErrors.quota(
          "State machine alias limit exceeded: at most 100 aliases of a state machine");
    }
    Batch batch = new Batch();
    Catalogue.put(batch, scope, machine, alias);
    catalogue.commit(batch);
    return created(alias, arn);
  }

  private static CreateStateMachineAliasResponse again(Alias known, Alias wanted, String arn) {
    boolean same =
        known.routes().equals(wanted.routes())
            && Objects.equals(known.description(), wanted.description());
    if (!same) {
      throw StepFunctionsErrors.conflict(
          "Failed to create alias because an alias with the same name and a different routing "
              + "configuration already exists.");
    }
    return created(known, arn);
  }

  private static CreateStateMachineAliasResponse created(Alias alias, String arn) {
    return CreateStateMachineAliasResponse.builder()
        .stateMachineAliasArn(arn)
        .creationDate(Instant.ofEpochMilli(alias.created()))
        .build();
  }

  /// An alias and the machine it belongs to.
  private record Found(MachineArn arn, StateMachine machine, Alias alias) {}

  private Optional<Found> find(@Nullable String text) {
    MachineArn arn = MachineArn.parse(text, "stateMachineAliasArn", scope);
    if (!arn.isAlias()) {
      throw StepFunctionsErrors.invalidArn("Invalid ARN: " + text);
    }
    return catalogue
        .find(scope, arn.machine())
        .map(Catalogue.Stored::machine)
        .flatMap(machine ->
            catalogue
                .alias(scope, machine, String.valueOf(arn.qualifier()))
                .map(alias -> new Found(arn, machine, alias)));
  }

  UpdateStateMachineAliasResponse updateAlias(UpdateStateMachineAliasRequest request) {
    Found found =
        find(request.stateMachineAliasArn())
            .orElseThrow(() -> StepFunctionsErrors.noResource(request.stateMachineAliasArn()));
    if (request.description() == null && !request.hasRoutingConfiguration()) {
      throw StepFunctionsErrors.validation(
          "Either the description or the routing configuration must be specified");
    }
    Constraints.length(request.description(), "description", 0, 256);
    Map<Long, Integer> routes =
        request.hasRoutingConfiguration()
            ? routing(request.routingConfiguration()).routes()
            : found.alias().routes();
    long now = platform.time().instant().toEpochMilli();
    var alias =
        new Alias(
            found.alias().name(),
            request.description() == null ? found.alias().description() : request.description(),
            routes,
            found.alias().created(),
            now);
    Batch batch = new Batch();
    Catalogue.put(batch, scope, found.machine().name(), alias);
    catalogue.commit(batch);
    return UpdateStateMachineAliasResponse.builder().updateDate(Instant.ofEpochMilli(now)).build();
  }

  DescribeStateMachineAliasResponse describeAlias(DescribeStateMachineAliasRequest request) {
    Found found =
        find(request.stateMachineAliasArn())
            .orElseThrow(() -> StepFunctionsErrors.noResource(request.stateMachineAliasArn()));
    Alias alias = found.alias();
    return DescribeStateMachineAliasResponse.builder()
        .stateMachineAliasArn(found.arn().text())
        .name(alias.name())
        .description(alias.description())
        .routingConfiguration(
            alias.routes().entrySet().stream()
                .map(each ->
                    RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(
                            MachineArn.of(scope, found.machine().name(), each.getKey()))
                        .weight(each.getValue())
                        .build())
                .toList())
        .creationDate(Instant.ofEpochMilli(alias.created()))
        .updateDate(Instant.ofEpochMilli(alias.updated()))
        .build();
  }

  DeleteStateMachineAliasResponse deleteAlias(DeleteStateMachineAliasRequest request) {
    find(request.stateMachineAliasArn())
        .ifPresent(found ->
            catalogue.commit(
                new Batch()
                    .delete(Catalogue.alias(scope, found.machine().name(), found.alias().name()))));
    return DeleteStateMachineAliasResponse.builder().build();
  }

  ListStateMachineAliasesResponse listAliases(ListStateMachineAliasesRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    int size = Constraints.page(request.maxResults());
    var after = PageToken.parse(request.nextToken(), 1024);
    machines.stored(arn);
    var page = catalogue.aliases(scope, arn.machine(), after, size);
    return ListStateMachineAliasesResponse.builder()
        .stateMachineAliases(
            page.items().stream()
                .filter(each -> !arn.isVersion() || each.routes().containsKey(arn.version()))
                .map(each ->
                    StateMachineAliasListItem.builder()
                        .stateMachineAliasArn(MachineArn.of(scope, arn.machine(), each.name()))
                        .creationDate(Instant.ofEpochMilli(each.created()))
                        .build())
                .toList())
        .nextToken(page.next())
        .build();
  }
}
