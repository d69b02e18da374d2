package dev.polder.cloudformation.sam;

import static dev.polder.cloudformation.sam.ServerlessResource.attribute;
import static dev.polder.cloudformation.sam.ServerlessResource.ref;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `AWS::Serverless::StateMachine`: a state machine, its role unless it has one, and its schedules.
record ServerlessStateMachine(ServerlessResource source) {
  private static final Set<String> KNOWN =
      Set.of(
          "Definition",
          "DefinitionUri",
          "DefinitionSubstitutions",
          "Name",
          "Type",
          "Role",
          "Policies",
          "Logging",
          "Tracing",
          "Events",
          "Tags",
          "PermissionsBoundary",
          "RolePath");

  Map<String, Object> resources() {
    source.allowOnly("AWS::Serverless::StateMachine", KNOWN);
    String id = source.id();
    Map<String, Object> machine = new LinkedHashMap<>();
    boolean inline = source.properties().get("Definition") != null;
    if (inline == (source.properties().get("DefinitionUri") != null)) {
      throw ServerlessTransform.invalid(
          id, "Either 'Definition' or 'DefinitionUri' property must be specified.");
    }
    if (inline) {
      source.copy("Definition", machine, "Definition");
    } else {
      machine.put(
          "DefinitionS3Location", source.location("DefinitionUri", "Bucket", "Key", "Version"));
    }
    source.copy("DefinitionSubstitutions", machine, "DefinitionSubstitutions");
    source.copy("Name", machine, "StateMachineName");
    source.copy("Type", machine, "StateMachineType");
    source.copy("Logging", machine, "LoggingConfiguration");
    source.copy("Tracing", machine, "TracingConfiguration");
    machine.put("Tags", source.tags("stateMachine:createdBy"));
    Map<String, Object> resources = new LinkedHashMap<>();
    Object role = source.properties().get("Role");
    if (role == null) {
      resources.put(
          id + "Role",
          new ServerlessRole(source, "states.amazonaws.com", List.of(), List.of()).resource());
      machine.put("RoleArn", attribute(id + "Role", "Arn"));
    } else {
      machine.put("RoleArn", role);
    }
    resources.put(id, source.plain("AWS::StepFunctions::StateMachine", machine));
    new Schedules(source, ref(id), "states:StartExecution", "StepFunctionsTarget")
        .events()
        .forEach(resources::put);
    return resources;
  }
}
