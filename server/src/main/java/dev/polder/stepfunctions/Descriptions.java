package dev.polder.stepfunctions;

import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Logging;
import dev.polder.stepfunctions.StateMachine.Revision;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.stepfunctions.asl.DefinitionParser;
import dev.polder.stepfunctions.asl.Diagnostic;
import dev.polder.stepfunctions.asl.ItemProcessor;
import dev.polder.stepfunctions.execution.Head;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/// What is told of state machines, and of definitions that are none yet.
final class Descriptions {
  private static final EncryptionConfiguration OWNED =
      EncryptionConfiguration.builder().type(EncryptionType.AWS_OWNED_KEY).build();

  private final Engine engine;
  private final Scope scope;

  Descriptions(Engine engine, Scope scope) {
    this.engine = engine;
    this.scope = scope;
  }

  private static LoggingConfiguration logging(Logging logging) {
    List<LogDestination> destinations =
        logging.destinations().stream()
            .map(arn ->
                LogDestination.builder().cloudWatchLogsLogGroup(b -> b.logGroupArn(arn)).build())
            .toList();
    LoggingConfiguration.Builder told =
        LoggingConfiguration.builder()
            .level(logging.level())
            .includeExecutionData(logging.includeExecutionData());
    return destinations.isEmpty() ? told.build() : told.destinations(destinations).build();
  }

  private static TracingConfiguration tracing(Revision revision) {
    return TracingConfiguration.builder().enabled(revision.tracing()).build();
  }

  private @Nullable Map<String, List<String>> references(Revision revision) {
    Map<String, List<String>> references = engine.definitions().of(revision).variableReferences();
    return references.isEmpty() ? null : references;
  }

  DescribeStateMachineResponse machine(DescribeStateMachineRequest request) {
    MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
    StateMachine machine = engine.machine(arn);
    Version version =
        arn.isVersion()
            ? engine
                .catalogue()
                .version(arn.scope(), machine, arn.version())
                .orElseThrow(() -> StepFunctionsErrors.noStateMachine(arn.text()))
            : null;
    Target target = version == null ? engine.target(arn) : null;
    Revision revision =
        version != null
            ? version.revision()
            : target == null ? machine.revision() : target.revision();
    long created = version == null ? machine.created() : version.created();
    boolean metadata = "METADATA_ONLY".equals(request.includedDataAsString());
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(arn.text())
        .name(machine.name())
        .status("ACTIVE")
        .type(machine.type().name())
        .definition(metadata ? null : revision.definition())
        .roleArn(revision.roleArn())
        .creationDate(Instant.ofEpochMilli(created))
        .loggingConfiguration(logging(revision.logging()))
        .tracingConfiguration(tracing(revision))
        .encryptionConfiguration(OWNED)
        .revisionId(revision.id())
        .description(version == null ? null : version.description())
        .variableReferences(metadata ? null : references(revision))
        .build();
  }

  DescribeStateMachineForExecutionResponse forExecution(
      DescribeStateMachineForExecutionRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    Head head =
        engine
            .executions()
            .head(arn.key())
            .orElseThrow(() -> StepFunctionsErrors.noExecution(arn.text()));
    String machine = head.machineName();
    int slash = machine.indexOf('/');
    Revision revision =
        engine
            .catalogue()
            .revisionOf(
                arn.key().scope(),
                slash < 0 ? machine : machine.substring(0, slash),
                head.revision());
    return DescribeStateMachineForExecutionResponse.builder()
        .stateMachineArn(head.machineArn())
        .name(machine)
        .definition(revision.definition())
        .roleArn(revision.roleArn())
        .updateDate(Instant.ofEpochMilli(revision.updated()))
        .loggingConfiguration(logging(revision.logging()))
        .tracingConfiguration(tracing(revision))
        .encryptionConfiguration(OWNED)
        .revisionId(revision.id())
        .mapRunArn(head.parent() == null ? null : head.parent().mapRunArn())
        .label(head.parent() == null ? null : label(head.parent().mapRunArn()))
        .variableReferences(references(revision))
        .build();
  }

  private static String label(String mapRunArn) {
    String run = mapRunArn.substring(mapRunArn.indexOf('/') + 1);
    return run.substring(0, run.lastIndexOf(':'));
  }

  ValidateStateMachineDefinitionResponse validate(ValidateStateMachineDefinitionRequest request) {
    String definition = Constraints.required(request.definition(), "definition");
    Constraints.length(definition, "definition", 1, Constraints.DEFINITION_LIMIT);
    int most =
        request.maxResults() == null || request.maxResults() == 0 ? 100 : request.maxResults();
    if (most < 0 || most > 100) {
      throw Constraints.failed(
          most,
          "maxResults",
          "Member must have value "
              + (most < 0 ? "greater than or equal to 0" : "less than or equal to 100"));
    }
    boolean warnings = "WARNING".equals(request.severityAsString());
    ItemProcessor.ExecutionType type =
        request.type() == StateMachineType.EXPRESS
            ? ItemProcessor.ExecutionType.EXPRESS
            : ItemProcessor.ExecutionType.STANDARD;
    List<Diagnostic> all = DefinitionParser.parse(definition, type).diagnostics();
    List<Diagnostic> told =
        all.stream()
            .filter(each -> warnings || each.severity() == Diagnostic.Severity.ERROR)
            .toList();
    boolean fails = all.stream().anyMatch(each -> each.severity() == Diagnostic.Severity.ERROR);
    return ValidateStateMachineDefinitionResponse.builder()
        .result(fails ? "FAIL" : "OK")
        .diagnostics(told.stream().limit(most).map(Descriptions::diagnostic).toList())
        .truncated(told.size() > most)
        .build();
  }

  private static ValidateStateMachineDefinitionDiagnostic diagnostic(Diagnostic found) {
    return ValidateStateMachineDefinitionDiagnostic.builder()
        .code(found.code())
        .severity(found.severity().name())
        .message(found.message())
        .location(found.location())
        .build();
  }
}
