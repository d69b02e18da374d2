package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.CreateNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;

/// `AWS::Athena::NamedQuery`. Every change makes a new one.
final class AthenaNamedQuery implements ResourceType {
  @Override
  public String name() {
    return "AWS::Athena::NamedQuery";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateNamedQueryRequest.builder())
        .without("ClientRequestToken")
        .requiring("Database", "QueryString");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("NamedQueryId");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name", "Database", "QueryString", "Description", "WorkGroup");
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("Name", 128);
    // The token makes a repeated call answer the query of the first.
    var request =
        Shape.fill(CreateNamedQueryRequest.builder(), call.properties())
            .name(name)
            .clientRequestToken(call.token())
            .build();
    String id = call.client(AthenaClient.class).createNamedQuery(request).namedQueryId();
    return Made.named(id, Map.of("NamedQueryId", id));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        InvalidRequestException.class,
        () ->
            call.client(AthenaClient.class)
                .deleteNamedQuery(b -> b.namedQueryId(made.physicalId())));
  }
}
