package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// `AWS::Lambda::Permission`. Every change makes a new one.
final class LambdaPermission implements ResourceType {
  @Override
  public String name() {
    return "AWS::Lambda::Permission";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(AddPermissionRequest.builder())
        .without("StatementId", "Qualifier", "RevisionId")
        .requiring("Action", "FunctionName", "Principal");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public Set<String> replacing() {
    return properties().members().keySet();
  }

  @Override
  public Made create(ResourceCall call) {
    String id = call.generatedName(100);
    var request =
        Shape.fill(AddPermissionRequest.builder(), call.properties()).statementId(id).build();
    call.make(
        ResourceConflictException.class,
        () -> call.client(LambdaClient.class).addPermission(request));
    return Made.named(id, Map.of("Id", id));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(LambdaClient.class)
                .removePermission(
                    b -> b.functionName(call.text("FunctionName")).statementId(made.physicalId())));
  }
}
