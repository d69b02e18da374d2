package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Logging;
import dev.polder.stepfunctions.StateMachine.Revision;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.stepfunctions.asl.DefinitionParser;
import dev.polder.stepfunctions.asl.ItemProcessor;
import dev.polder.stepfunctions.asl.Parsed;
import dev.polder.store.Batch;
import dev.polder.store.ConflictException;
import dev.polder.store.KeyRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;

/// State machines: create, update, delete, list.
final class StateMachineOperations {
  private final Platform platform;
  private final Catalogue catalogue;
  private final Tags tags;
  private final Scope scope;

  StateMachineOperations(Platform platform, Catalogue catalogue, Tags tags, Scope scope) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.tags = tags;
    this.scope = scope;
  }

  private long now() {
    return platform.time().instant().toEpochMilli();
  }

  /// What a creation asks for, checked.
  private record Wanted(
      StateMachine.Type type, String definition, String role, Logging logging, boolean tracing) {

    static Wanted of(CreateStateMachineRequest request) {
      StateMachine.Type type = StateMachineOperations.type(request.typeAsString());
      String definition = StateMachineOperations.definition(request.definition(), type);
      String role = Constraints.roleArn(request.roleArn());
      Logging logging = StateMachineOperations.logging(request.loggingConfiguration());
      refuseOwnKeys(request.encryptionConfiguration());
      boolean tracing =
          request.tracingConfiguration() != null
              && Boolean.TRUE.equals(request.tracingConfiguration().enabled());
      return new Wanted(type, definition, role, logging, tracing);
    }

    Revision revision(String id, long now) {
      return new Revision(id, null, definition, role, logging, tracing, now);
    }

    /// Role and tags do not count
    /// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html).
    boolean matches(StateMachine machine) {
      Revision revision = machine.revision();
      return machine.type() == type
          && revision.definition().equals(definition)
          && revision.logging().equals(logging)
          && revision.tracing() == tracing;
    }
  }

  CreateStateMachineResponse create(CreateStateMachineRequest request) {
    String name = Constraints.name(request.name());
    Wanted wanted = Wanted.of(request);
    boolean publish = Boolean.TRUE.equals(request.publish());
    describes(publish, request.versionDescription());
    Optional<Catalogue.Stored> known = catalogue.find(scope, name);
    if (known.isPresent()) {
      return known(known.get().machine(), wanted, request);
    }
    long now = now();
    Revision revision = wanted.revision(platform.ids().uuid(), now);
    StateMachine machine = new StateMachine(name, wanted.type(), now, revision, publish ? 1 : 0);
    Batch batch = new Batch();
    batch.require(Catalogue.machine(scope, name), null);
    Catalogue.put(batch, scope, name, revision);
    Catalogue.put(batch, scope, machine);
    if (publish) {
      var version = new Version(1, request.versionDescription(), now, revision);
      Catalogue.put(batch, scope, name, version);
    }
    tags.put(batch, scope, MachineArn.of(scope, name, null), request.tags());
    try {
      catalogue.commit(batch);
    } catch (ConflictException e) {
      return create(request);
    }
    return created(machine, publish ? 1L : null);
  }

  /// Creating the same again answers the same.
  private CreateStateMachineResponse known(
      StateMachine machine, Wanted wanted, CreateStateMachineRequest request) {
    if (!wanted.matches(machine)) {
      throw StepFunctionsErrors.stateMachineExists(MachineArn.of(scope, machine.name(), null));
    }
    boolean publish = Boolean.TRUE.equals(request.publish());
    Version version = publish ? publish(machine, request.versionDescription(), null) : null;
    return created(machine, version == null ? null : version.number());
  }

  private CreateStateMachineResponse created(StateMachine machine, @Nullable Long version) {
    return CreateStateMachineResponse.builder()
        .stateMachineArn(MachineArn.of(scope, machine.name(), null))
        .creationDate(Instant.ofEpochMilli(machine.created()))
        .stateMachineVersionArn(
            version == null ? null : MachineArn.of(scope, machine.name(), version))
        .build();
  }

  private static StateMachine.Type type(@Nullable String text) {
    if (text == null) {
      return StateMachine.Type.STANDARD;
    }
    try {
      return StateMachine.Type.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw Constraints.failed(
          text, "type", "Member must satisfy enum value set: [STANDARD, EXPRESS]");
    }
  }

  private static String definition(@Nullable String text, StateMachine.Type type) {
    String given = Constraints.required(text, "definition");
    Constraints.length(given, "definition", 1, Constraints.DEFINITION_LIMIT);
    return switch (DefinitionParser.parse(given, executionType(type))) {
      case Parsed.Valid _ -> given;
      case Parsed.Invalid invalid -> throw StepFunctionsErrors.invalidDefinition(invalid.message());
    };
  }

  static ItemProcessor.ExecutionType executionType(StateMachine.Type type) {
    return switch (type) {
      case STANDARD -> ItemProcessor.ExecutionType.STANDARD;
      case EXPRESS -> ItemProcessor.ExecutionType.EXPRESS;
    };
  }

  private static Logging logging(@Nullable LoggingConfiguration given) {
    if (given == null) {
      return Logging.OFF;
    }
    String level = given.levelAsString() == null ? "OFF" : given.levelAsString();
    List<String> destinations =
        given.destinations().stream()
            .filter(each -> each.cloudWatchLogsLogGroup() != null)
            .map(each -> String.valueOf(each.cloudWatchLogsLogGroup().logGroupArn()))
            .toList();
    if (destinations.size() > 1 || (destinations.isEmpty() && !level.equals("OFF"))) {
      throw StepFunctionsErrors.invalidLogging("Must specify exactly one Log Destination.");
    }
    for (String arn : destinations) {
      if (!arn.matches("arn:[^:]+:logs:[^:]*:[0-9]*:log-group:[^:]+:\\*")) {
        throw StepFunctionsErrors.invalidLogging("Invalid Log Destination: " + arn);
      }
    }
    return new Logging(level, Boolean.TRUE.equals(given.includeExecutionData()), destinations);
  }

  private static void refuseOwnKeys(@Nullable EncryptionConfiguration given) {
    if (given != null && !"AWS_OWNED_KEY".equals(given.typeAsString())) {
      throw StepFunctionsErrors.validation(
          "EncryptionConfiguration of type "
              + given.typeAsString()
              + " is not supported: Polder has no keys of its customers");
    }
  }

  private static void describes(boolean publish, @Nullable String description) {
    if (!publish && description != null) {
      throw StepFunctionsErrors.validation(
          "Version description can only be set when publish is true");
    }
    Constraints.length(description, "versionDescription", 0, 256);
  }

  UpdateStateMachineResponse update(UpdateStateMachineRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    if (arn.qualifier() != null) {
      throw StepFunctionsErrors.invalidArn("Invalid ARN: " + arn.text());
    }
    boolean publish = Boolean.TRUE.equals(request.publish());
    describes(publish, request.versionDescription());
    requireAny(request);
    refuseOwnKeys(request.encryptionConfiguration());
    Catalogue.Stored stored = stored(arn);
    StateMachine machine = stored.machine();
    Revision changed = changed(machine, request);
    StateMachine current = machine;
    if (!changed.key().equals(machine.revision().key())) {
      current = machine.with(changed);
      Batch batch = new Batch();
      batch.require(Catalogue.machine(scope, machine.name()), stored.bytes());
      Catalogue.put(batch, scope, machine.name(), changed);
      Catalogue.put(batch, scope, current);
      commit(batch);
    }
    Version version = publish ? publish(current, request.versionDescription(), null) : null;
    return UpdateStateMachineResponse.builder()
        .updateDate(Instant.ofEpochMilli(now()))
        .revisionId(current.revision().id())
        .stateMachineVersionArn(
            version == null ? null : MachineArn.of(scope, machine.name(), version.number()))
        .build();
  }

  private static void requireAny(UpdateStateMachineRequest request) {
    if (request.definition() == null
        && request.roleArn() == null
        && request.loggingConfiguration() == null
        && request.tracingConfiguration() == null
        && request.encryptionConfiguration() == null
        && !Boolean.TRUE.equals(request.publish())) {
      throw StepFunctionsErrors.missing(
          "Either the definition, the role ARN, the LoggingConfiguration, or the "
              + "TracingConfiguration must be specified");
    }
  }

  private void commit(Batch batch) {
    try {
      catalogue.commit(batch);
    } catch (ConflictException e) {
      throw StepFunctionsErrors.conflict("The state machine is being updated by another request.");
    }
  }

  /// What an update makes of the present revision: itself, where nothing changes.
  private Revision changed(StateMachine machine, UpdateStateMachineRequest request) {
    Revision old = machine.revision();
    String definition =
        request.definition() == null
            ? old.definition()
            : definition(request.definition(), machine.type());
    String role =
        request.roleArn() == null ? old.roleArn() : Constraints.roleArn(request.roleArn());
    Logging logging =
        request.loggingConfiguration() == null
            ? old.logging()
            : logging(request.loggingConfiguration());
    boolean tracing =
        request.tracingConfiguration() == null
            ? old.tracing()
            : Boolean.TRUE.equals(request.tracingConfiguration().enabled());
    boolean same =
        definition.equals(old.definition())
            && role.equals(old.roleArn())
            && logging.equals(old.logging())
            && tracing == old.tracing();
    String id = platform.ids().uuid();
    return same ? old : new Revision(id, id, definition, role, logging, tracing, now());
  }

  Catalogue.Stored stored(MachineArn arn) {
    return catalogue
        .find(arn.scope(), arn.machine())
        .orElseThrow(() -> StepFunctionsErrors.noStateMachine(arn.text()));
  }

  /// Gives the present revision a number, or finds the number that it has.
  ///
  /// @param expected the revision that the caller knows, or null for any
  Version publish(StateMachine machine, @Nullable String description, @Nullable String expected) {
    Catalogue.Stored stored = stored(parsed(machine));
    StateMachine now = stored.machine();
    String id = now.revision().id() == null ? "INITIAL" : now.revision().id();
    if (expected != null && !expected.equals(id)) {
      throw StepFunctionsErrors.conflict(
          "Failed to publish the State Machine version for revision "
              + expected
              + ". The current State Machine revision is "
              + id
              + ".");
    }
    List<Version> versions = catalogue.allVersions(scope, now.name());
    for (Version version : versions) {
      if (version.revision().key().equals(now.revision().key())) {
        return version;
      }
    }
    if (versions.size() >= 1000) {
      throw StepFunctionsErrors.quota(
          "State machine version limit exceeded: at most 1000 versions of a state machine");
    }
    var version = new Version(now.versions() + 1, description, now(), now.revision());
    Batch batch = new Batch();
    batch.require(Catalogue.machine(scope, now.name()), stored.bytes());
    Catalogue.put(batch, scope, now.published());
    Catalogue.put(batch, scope, now.name(), version);
    commit(batch);
    return version;
  }

  private MachineArn parsed(StateMachine machine) {
    return new MachineArn(scope, machine.name(), null, MachineArn.of(scope, machine.name(), null));
  }

  /// Deletes a machine with its versions and aliases. Executions that run are not stopped. A
  /// machine that is not there is deleted already.
  DeleteStateMachineResponse delete(DeleteStateMachineRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    Batch batch = new Batch();
    batch.delete(Catalogue.machine(scope, arn.machine()));
    batch.deleteRange(KeyRange.prefix(Catalogue.versions(scope, arn.machine())));
    batch.deleteRange(KeyRange.prefix(Catalogue.aliases(scope, arn.machine())));
    batch.delete(Catalogue.tags(scope, MachineArn.of(scope, arn.machine(), null)));
    catalogue.commit(batch);
    return DeleteStateMachineResponse.builder().build();
  }

  ListStateMachinesResponse list(ListStateMachinesRequest request) {
    int size = Constraints.page(request.maxResults());
    var page = catalogue.machines(scope, PageToken.parse(request.nextToken(), 1024), size);
    return ListStateMachinesResponse.builder()
        .stateMachines(page.items().stream().map(this::listed).toList())
        .nextToken(page.next())
        .build();
  }

  private StateMachineListItem listed(StateMachine machine) {
    return StateMachineListItem.builder()
        .name(machine.name())
        .stateMachineArn(MachineArn.of(scope, machine.name(), null))
        .type(machine.type().name())
        .creationDate(Instant.ofEpochMilli(machine.created()))
        .build();
  }
}
