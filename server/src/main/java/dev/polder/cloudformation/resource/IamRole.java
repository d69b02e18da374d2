package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Json;
import dev.polder.shape.TagLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// `AWS::IAM::Role` with its inline and attached policies.
final class IamRole implements ResourceType {
  private static final Set<String> PLAIN =
      Set.of("Path", "Description", "MaxSessionDuration", "PermissionsBoundary");

  @Override
  public String name() {
    return "AWS::IAM::Role";
  }

  @Override
  public Shape.Struct properties() {
    Shape policy =
        new Shape.Struct(
            Map.of("PolicyName", Shape.SCALAR, "PolicyDocument", Shape.FREE),
            Set.of("PolicyName", "PolicyDocument"));
    return new Shape.Struct(
        Map.of(
            "RoleName", Shape.SCALAR,
            "AssumeRolePolicyDocument", Shape.FREE,
            "Description", Shape.SCALAR,
            "Path", Shape.SCALAR,
            "MaxSessionDuration", Shape.SCALAR,
            "PermissionsBoundary", Shape.SCALAR,
            "ManagedPolicyArns", new Shape.ListOf(Shape.SCALAR),
            "Policies", new Shape.ListOf(policy),
            "Tags", Shape.TAGS),
        Set.of("AssumeRolePolicyDocument"));
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "RoleId");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("RoleName", "Path", "PermissionsBoundary");
  }

  static String document(Map<?, ?> properties, String name) {
    Object document = properties.get(name);
    return document instanceof String text ? text : Json.write(document);
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("RoleName", 64);
    var iam = call.client(IamClient.class);
    call.make(
        EntityAlreadyExistsException.class,
        () ->
            iam.createRole(
                Shape.fill(CreateRoleRequest.builder(), call.only(PLAIN))
                    .roleName(name)
                    .assumeRolePolicyDocument(
                        document(call.properties(), "AssumeRolePolicyDocument"))
                    .tags(tags(call.tags()))
                    .build()));
    policies(call, name, Map.of());
    Role role = iam.getRole(b -> b.roleName(name)).role();
    return Made.named(name, Map.of("Arn", role.arn(), "RoleId", role.roleId()));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  private static Map<String, String> inline(Map<String, Object> properties) {
    Map<String, String> inline = new LinkedHashMap<>();
    if (properties.get("Policies") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> policy) {
          inline.put(Values.text(policy.get("PolicyName")), document(policy, "PolicyDocument"));
        }
      }
    }
    return inline;
  }

  private static List<String> attached(Map<String, Object> properties) {
    List<String> arns = new ArrayList<>();
    if (properties.get("ManagedPolicyArns") instanceof List<?> list) {
      list.forEach(each -> arns.add(Values.text(each)));
    }
    return arns;
  }

  /// Puts what is now and takes away what was and is no more.
  private static void policies(ResourceCall call, String role, Map<String, Object> old) {
    var iam = call.client(IamClient.class);
    Map<String, String> inline = inline(call.properties());
    inline.forEach((name, text) ->
        iam.putRolePolicy(b -> b.roleName(role).policyName(name).policyDocument(text)));
    for (String name : inline(old).keySet()) {
      if (!inline.containsKey(name)) {
        tolerant(() -> iam.deleteRolePolicy(b -> b.roleName(role).policyName(name)));
      }
    }
    List<String> attached = attached(call.properties());
    attached.forEach(arn -> iam.attachRolePolicy(b -> b.roleName(role).policyArn(arn)));
    for (String arn : attached(old)) {
      if (!attached.contains(arn)) {
        tolerant(() -> iam.detachRolePolicy(b -> b.roleName(role).policyArn(arn)));
      }
    }
  }

  static void tolerant(Runnable removal) {
    ResourceCall.remove(NoSuchEntityException.class, removal);
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    String name = before.physicalId();
    var iam = call.client(IamClient.class);
    iam.updateAssumeRolePolicy(b ->
        b.roleName(name).policyDocument(document(call.properties(), "AssumeRolePolicyDocument")));
    iam.updateRole(b ->
        b.roleName(name)
            .description(call.text("Description"))
            .maxSessionDuration(
                call.has("MaxSessionDuration")
                    ? Integer.parseInt(call.text("MaxSessionDuration"))
                    : 3600));
    policies(call, name, old);
    ResourceCall.retag(
        ResourceCall.tags(old),
        call.tags(),
        gone -> iam.untagRole(b -> b.roleName(name).tagKeys(gone)),
        tags -> iam.tagRole(b -> b.roleName(name).tags(tags(tags))));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    String name = made.physicalId();
    var iam = call.client(IamClient.class);
    // What others attached to it, such as an AWS::IAM::Policy, keeps it: as at AWS.
    inline(call.properties())
        .keySet()
        .forEach(policy ->
            tolerant(() -> iam.deleteRolePolicy(b -> b.roleName(name).policyName(policy))));
    attached(call.properties())
        .forEach(arn -> tolerant(() -> iam.detachRolePolicy(b -> b.roleName(name).policyArn(arn))));
    tolerant(() -> iam.deleteRole(b -> b.roleName(name)));
  }
}
