package dev.polder.iam;

import dev.polder.kernel.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.*;

/// IAM as one account sees it.
final class LocalIam implements IamClient {
  private final Platform platform;
  private final String account;
  private final Roles roles;
  private final PolicyOperations managed;

  LocalIam(Platform platform, String account) {
    this.platform = platform;
    this.account = account;
    this.roles = new Roles(platform.store(), account);
    this.managed = new PolicyOperations(platform, account);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateRoleResponse createRole(CreateRoleRequest request) {
    String name = name(request.roleName(), "roleName", 64);
    String path = path(request.path());
    String trust =
        PolicyOperations.object(request.assumeRolePolicyDocument(), "assumeRolePolicyDocument");
    String id = platform.ids().uuid().replace("-", "").toUpperCase(Locale.ROOT);
    var role =
        new KeptRole(
            name,
            "AROA" + id.substring(0, 17),
            path,
            platform.time().instant(),
            trust,
            request.description() == null ? "" : request.description(),
            session(request.maxSessionDuration(), 3600),
            request.permissionsBoundary() == null ? "" : request.permissionsBoundary(),
            Map.of(),
            List.of(),
            Tags.with(Map.of(), request.tags()));
    roles.create(role);
    return CreateRoleResponse.builder().role(answer(role)).build();
  }

  private static String path(@Nullable String given) {
    String path = given == null ? "/" : given;
    if (!path.matches("/|/[!-~]+/")) {
      throw IamErrors.validation(
          path,
          "path",
          "Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    }
    return path;
  }

  private static int session(@Nullable Integer given, int otherwise) {
    int seconds = given == null ? otherwise : given;
    if (seconds < 3600 || seconds > 43200) {
      throw IamErrors.validation(
          seconds, "maxSessionDuration", "Member must have value between 3600 and 43200");
    }
    return seconds;
  }

  private static String name(@Nullable String name, String member, int longest) {
    if (name == null) {
      throw IamErrors.validation("null", member, "Member must not be null");
    }
    if (!name.matches("[\\w+=,.@-]+")) {
      throw IamErrors.validation(
          name, member, "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
    }
    if (name.length() > longest) {
      throw IamErrors.validation(
          name, member, "Member must have length less than or equal to " + longest);
    }
    return name;
  }

  private Role answer(KeptRole role) {
    var answer =
        Role.builder()
            .path(role.path())
            .roleName(role.name())
            .roleId(role.id())
            .arn("arn:aws:iam::" + account + ":role" + role.path() + role.name())
            .createDate(role.created())
            .assumeRolePolicyDocument(PolicyOperations.encoded(role.trust()))
            .maxSessionDuration(role.maxSession())
            .tags(Tags.of(role.tags()));
    if (!role.description().isEmpty()) {
      answer.description(role.description());
    }
    if (!role.boundary().isEmpty()) {
      answer.permissionsBoundary(
          AttachedPermissionsBoundary.builder()
              .permissionsBoundaryType("Policy")
              .permissionsBoundaryArn(role.boundary())
              .build());
    }
    return answer.build();
  }

  @Override
  public GetRoleResponse getRole(GetRoleRequest request) {
    return GetRoleResponse.builder().role(answer(role(request.roleName()))).build();
  }

  private KeptRole role(@Nullable String name) {
    return roles.get(name(name, "roleName", 64));
  }

  @Override
  public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    roles.update(
        name(request.roleName(), "roleName", 64),
        role ->
            role.with(
                request.description() == null ? role.description() : request.description(),
                session(request.maxSessionDuration(), role.maxSession())));
    return UpdateRoleResponse.builder().build();
  }

  @Override
  public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    String trust = PolicyOperations.object(request.policyDocument(), "policyDocument");
    roles.update(name(request.roleName(), "roleName", 64), role -> role.withTrust(trust));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  @Override
  public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    roles.delete(name(request.roleName(), "roleName", 64));
    return DeleteRoleResponse.builder().build();
  }

  @Override
  public ListRolesResponse listRoles(ListRolesRequest request) {
    int size = request.maxItems() == null ? 100 : request.maxItems();
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    var page = roles.page(request.marker(), size, role -> role.path().startsWith(prefix));
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(this::answer).toList())
        .isTruncated(page.marker() != null)
        .marker(page.marker())
        .build();
  }

  @Override
  public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    String name = name(request.policyName(), "policyName", 128);
    String document = PolicyOperations.document(request.policyDocument(), "policyDocument");
    roles.update(
        name(request.roleName(), "roleName", 64),
        role -> {
          Map<String, String> inline = new LinkedHashMap<>(role.inline());
          inline.put(name, document);
          return role.withInline(inline);
        });
    return PutRolePolicyResponse.builder().build();
  }

  @Override
  public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    KeptRole role = role(request.roleName());
    String document = role.inline().get(name(request.policyName(), "policyName", 128));
    if (document == null) {
      throw noPolicy(request.policyName());
    }
    return GetRolePolicyResponse.builder()
        .roleName(role.name())
        .policyName(request.policyName())
        .policyDocument(PolicyOperations.encoded(document))
        .build();
  }

  private static RuntimeException noPolicy(String name) {
    return IamErrors.noEntity("The role policy with name " + name + " cannot be found.");
  }

  @Override
  public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    roles.update(
        name(request.roleName(), "roleName", 64),
        role -> {
          Map<String, String> inline = new LinkedHashMap<>(role.inline());
          if (inline.remove(request.policyName()) == null) {
            throw noPolicy(request.policyName());
          }
          return role.withInline(inline);
        });
    return DeleteRolePolicyResponse.builder().build();
  }

  @Override
  public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    return ListRolePoliciesResponse.builder()
        .policyNames(role(request.roleName()).inline().keySet())
        .isTruncated(false)
        .build();
  }

  @Override
  public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    managed.attach(name(request.roleName(), "roleName", 64), policyArn(request.policyArn()));
    return AttachRolePolicyResponse.builder().build();
  }

  private static String policyArn(@Nullable String arn) {
    if (arn == null || !arn.matches("arn:[a-z-]+:iam::(aws|\\d{12}):policy/.+")) {
      throw IamErrors.validation(arn, "policyArn", "Member must be the ARN of a policy");
    }
    return arn;
  }

  @Override
  public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    managed.detach(name(request.roleName(), "roleName", 64), policyArn(request.policyArn()));
    return DetachRolePolicyResponse.builder().build();
  }

  @Override
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(
            role(request.roleName()).attached().stream()
                .map(arn ->
                    AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList())
        .isTruncated(false)
        .build();
  }

  /// There are no instance profiles here. Terraform asks before it deletes a role.
  @Override
  public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    role(request.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }

  @Override
  public TagRoleResponse tagRole(TagRoleRequest request) {
    roles.update(
        name(request.roleName(), "roleName", 64),
        role -> role.withTags(Tags.with(role.tags(), request.tags())));
    return TagRoleResponse.builder().build();
  }

  @Override
  public UntagRoleResponse untagRole(UntagRoleRequest request) {
    roles.update(
        name(request.roleName(), "roleName", 64),
        role -> role.withTags(Tags.without(role.tags(), request.tagKeys())));
    return UntagRoleResponse.builder().build();
  }

  @Override
  public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    return ListRoleTagsResponse.builder()
        .tags(Tags.of(role(request.roleName()).tags()))
        .isTruncated(false)
        .build();
  }

  @Override
  public CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    String name = name(request.policyName(), "policyName", 128);
    Policy made = managed.create(request, name, path(request.path()));
    return CreatePolicyResponse.builder().policy(made).build();
  }

  @Override
  public GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return GetPolicyResponse.builder().policy(managed.get(policyArn(request.policyArn()))).build();
  }

  @Override
  public ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
    return managed.list(request);
  }

  @Override
  public DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    managed.delete(policyArn(request.policyArn()));
    return DeletePolicyResponse.builder().build();
  }

  @Override
  public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
    return CreatePolicyVersionResponse.builder()
        .policyVersion(managed.createVersion(request))
        .build();
  }

  @Override
  public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    return GetPolicyVersionResponse.builder()
        .policyVersion(managed.version(policyArn(request.policyArn()), request.versionId()))
        .build();
  }

  @Override
  public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    return ListPolicyVersionsResponse.builder()
        .versions(managed.versions(policyArn(request.policyArn())))
        .isTruncated(false)
        .build();
  }

  @Override
  public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
    managed.deleteVersion(policyArn(request.policyArn()), request.versionId());
    return DeletePolicyVersionResponse.builder().build();
  }

  @Override
  public SetDefaultPolicyVersionResponse setDefaultPolicyVersion(
      SetDefaultPolicyVersionRequest request) {
    managed.setDefault(policyArn(request.policyArn()), request.versionId());
    return SetDefaultPolicyVersionResponse.builder().build();
  }

  /// The roles that have a policy; there are no users and groups here.
  @Override
  public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest request) {
    return ListEntitiesForPolicyResponse.builder()
        .policyRoles(managed.roles(policyArn(request.policyArn())))
        .policyUsers(List.of())
        .policyGroups(List.of())
        .isTruncated(false)
        .build();
  }

  @Override
  public TagPolicyResponse tagPolicy(TagPolicyRequest request) {
    managed.tag(policyArn(request.policyArn()), request.tags());
    return TagPolicyResponse.builder().build();
  }

  @Override
  public UntagPolicyResponse untagPolicy(UntagPolicyRequest request) {
    managed.untag(policyArn(request.policyArn()), request.tagKeys());
    return UntagPolicyResponse.builder().build();
  }

  @Override
  public ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest request) {
    return ListPolicyTagsResponse.builder()
        .tags(managed.tags(policyArn(request.policyArn())))
        .isTruncated(false)
        .build();
  }
}
