package dev.polder.cloudformation.resource;

import static dev.polder.cloudformation.resource.IamRole.document;
import static dev.polder.cloudformation.resource.IamRole.tolerant;

import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/// `AWS::IAM::ManagedPolicy`: a policy of its own, attached to roles. Users and groups are not
/// supported. An update is a new default version.
final class IamManagedPolicy implements ResourceType {
  private static final String DOCUMENT = "PolicyDocument";

  @Override
  public String name() {
    return "AWS::IAM::ManagedPolicy";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "ManagedPolicyName",
            Shape.SCALAR,
            "Path",
            Shape.SCALAR,
            "Description",
            Shape.SCALAR,
            DOCUMENT,
            Shape.FREE,
            "Roles",
            new Shape.ListOf(Shape.SCALAR)),
        Set.of(DOCUMENT));
  }

  @Override
  public Set<String> attributes() {
    return Set.of("PolicyArn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ManagedPolicyName", "Path", "Description");
  }

  private static List<String> roles(Map<String, Object> properties) {
    List<String> roles = new ArrayList<>();
    if (properties.get("Roles") instanceof List<?> list) {
      list.forEach(each -> roles.add(Values.text(each)));
    }
    return roles;
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("ManagedPolicyName", 128);
    String path = call.has("Path") ? call.text("Path") : "/";
    var iam = call.client(IamClient.class);
    call.make(
        EntityAlreadyExistsException.class,
        () ->
            iam.createPolicy(b ->
                b.policyName(name)
                    .path(path)
                    .description(call.has("Description") ? call.text("Description") : null)
                    .policyDocument(document(call.properties(), DOCUMENT))));
    String arn = "arn:aws:iam::" + call.scope().account() + ":policy" + path + name;
    roles(call.properties())
        .forEach(role -> iam.attachRolePolicy(b -> b.roleName(role).policyArn(arn)));
    return Made.named(arn, Map.of("PolicyArn", arn));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    String arn = before.physicalId();
    var iam = call.client(IamClient.class);
    if (!document(call.properties(), DOCUMENT).equals(document(old, DOCUMENT))) {
      iam.createPolicyVersion(b ->
          b.policyArn(arn)
              .policyDocument(document(call.properties(), DOCUMENT))
              .setAsDefault(true));
      removeOtherVersions(iam, arn);
    }
    List<String> now = roles(call.properties());
    now.forEach(role -> iam.attachRolePolicy(b -> b.roleName(role).policyArn(arn)));
    roles(old).stream().filter(role -> !now.contains(role)).forEach(role -> detach(iam, role, arn));
    return before;
  }

  private static void removeOtherVersions(IamClient iam, String arn) {
    iam.listPolicyVersions(b -> b.policyArn(arn)).versions().stream()
        .filter(version -> !version.isDefaultVersion())
        .forEach(version ->
            tolerant(() ->
                iam.deletePolicyVersion(b -> b.policyArn(arn).versionId(version.versionId()))));
  }

  private static void detach(IamClient iam, String role, String arn) {
    tolerant(() -> iam.detachRolePolicy(b -> b.roleName(role).policyArn(arn)));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    var iam = call.client(IamClient.class);
    String arn = made.physicalId();
    roles(call.properties()).forEach(role -> detach(iam, role, arn));
    tolerant(() -> {
      removeOtherVersions(iam, arn);
      iam.deletePolicy(b -> b.policyArn(arn));
    });
  }
}
