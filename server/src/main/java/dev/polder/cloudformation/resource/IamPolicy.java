package dev.polder.cloudformation.resource;

import static dev.polder.cloudformation.resource.IamRole.document;
import static dev.polder.cloudformation.resource.IamRole.tolerant;

import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;

/// `AWS::IAM::Policy`: one inline policy of several roles. Users and groups are not supported.
final class IamPolicy implements ResourceType {
  @Override
  public String name() {
    return "AWS::IAM::Policy";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "PolicyName", Shape.SCALAR,
            "PolicyDocument", Shape.FREE,
            "Roles", new Shape.ListOf(Shape.SCALAR)),
        Set.of("PolicyName", "PolicyDocument", "Roles"));
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("PolicyName");
  }

  private static List<String> roles(Map<String, Object> properties) {
    List<String> roles = new ArrayList<>();
    if (properties.get("Roles") instanceof List<?> list) {
      list.forEach(each -> roles.add(Values.text(each)));
    }
    return roles;
  }

  private static void put(ResourceCall call) {
    String document = document(call.properties(), "PolicyDocument");
    for (String role : roles(call.properties())) {
      call.client(IamClient.class)
          .putRolePolicy(
              b -> b.roleName(role).policyName(call.text("PolicyName")).policyDocument(document));
    }
  }

  @Override
  public Made create(ResourceCall call) {
    put(call);
    String id = call.generatedName(128);
    return Made.named(id, Map.of("Id", id));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    put(call);
    List<String> now = roles(call.properties());
    roles(old).stream().filter(role -> !now.contains(role)).forEach(role -> remove(call, role));
    return before;
  }

  private static void remove(ResourceCall call, String role) {
    tolerant(() ->
        call.client(IamClient.class)
            .deleteRolePolicy(b -> b.roleName(role).policyName(call.text("PolicyName"))));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    roles(call.properties()).forEach(role -> remove(call, role));
  }
}
