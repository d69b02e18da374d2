package dev.polder.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.*;

/// The operations on managed policies.
final class PolicyOperations {
  private static final int MOST_VERSIONS = 5;

  private final Platform platform;
  private final String account;
  private final Policies policies;

  PolicyOperations(Platform platform, String account) {
    this.platform = platform;
    this.account = account;
    this.policies = new Policies(platform.store(), account);
  }

  /// A policy's document: a JSON object with at least one statement, whose conditions can be
  /// decided here.
  static String document(@Nullable String document, String member) {
    String checked = object(document, member);
    dev.polder.iam.policy.Policy.of(checked)
        .undecidable()
        .ifPresent(what -> {
          throw IamErrors.malformed("The " + what + " is not supported.");
        });
    return checked;
  }

  /// A JSON object with at least one statement, whose words are not checked.
  static String object(@Nullable String document, String member) {
    if (document == null) {
      throw IamErrors.validation("null", member, "Member must not be null");
    }
    try {
      Object statement = Json.parseObject(document).get("Statement");
      boolean some =
          statement instanceof Map<?, ?> || statement instanceof List<?> l && !l.isEmpty();
      if (!some) {
        throw IamErrors.malformed("Syntax errors in policy: it has no Statement.");
      }
      return document;
    } catch (Json.Malformed e) {
      throw IamErrors.malformed("This policy contains invalid Json: " + e.getMessage());
    }
  }

  /// Policies are answered URL-encoded, as RFC 3986 has it.
  /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
  static String encoded(String document) {
    return URLEncoder.encode(document, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  Policy create(CreatePolicyRequest request, String name, String path) {
    String text = document(request.policyDocument(), "policyDocument");
    String id = platform.ids().uuid().replace("-", "").toUpperCase(Locale.ROOT);
    var now = platform.time().instant();
    var policy =
        new KeptPolicy(
            name,
            "ANPA" + id.substring(0, 17),
            path,
            now,
            request.description() == null ? "" : request.description(),
            Map.of("v1", new KeptPolicy.Version(text, now)),
            2,
            "v1",
            List.of(),
            Tags.with(Map.of(), request.tags()));
    policies.create(policy);
    return shown(policy).description(null).build();
  }

  private Policy.Builder shown(KeptPolicy policy) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn(account))
        .path(policy.path())
        .defaultVersionId(policy.standard())
        .attachmentCount(policy.roles().size())
        .permissionsBoundaryUsageCount(0)
        .isAttachable(true)
        .description(policy.description().isEmpty() ? null : policy.description())
        .createDate(policy.created())
        .updateDate(policy.updated())
        .tags(Tags.of(policy.tags()));
  }

  Policy get(String arn) {
    return shown(policies.get(arn)).build();
  }

  void delete(String arn) {
    policies.delete(arn);
  }

  /// The account's own policies, in the order of their names. AWS's own are not listed.
  ListPoliciesResponse list(ListPoliciesRequest request) {
    if (request.scope() == PolicyScopeType.AWS) {
      return ListPoliciesResponse.builder().policies(List.of()).isTruncated(false).build();
    }
    int size = request.maxItems() == null ? 100 : request.maxItems();
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    boolean onlyAttached = Boolean.TRUE.equals(request.onlyAttached());
    var page =
        policies.page(
            request.marker(),
            size,
            policy ->
                policy.path().startsWith(prefix) && !(onlyAttached && policy.roles().isEmpty()));
    return ListPoliciesResponse.builder()
        .policies(page.items().stream().map(this::listed).toList())
        .isTruncated(page.marker() != null)
        .marker(page.marker())
        .build();
  }

  private Policy listed(KeptPolicy policy) {
    return shown(policy).description(null).tags((List<Tag>) null).build();
  }

  PolicyVersion createVersion(CreatePolicyVersionRequest request) {
    String text = document(request.policyDocument(), "policyDocument");
    boolean asDefault = Boolean.TRUE.equals(request.setAsDefault());
    var version = new KeptPolicy.Version(text, platform.time().instant());
    String[] made = new String[1];
    policies.update(
        request.policyArn(),
        policy -> {
          if (policy.versions().size() >= MOST_VERSIONS) {
            throw IamErrors.limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must"
                    + " delete an existing version.");
          }
          made[0] = "v" + policy.next();
          return policy.with(version, asDefault);
        });
    return PolicyVersion.builder()
        .versionId(made[0])
        .isDefaultVersion(asDefault)
        .createDate(version.created())
        .build();
  }

  PolicyVersion version(String arn, @Nullable String versionId) {
    KeptPolicy policy = policies.get(arn);
    var version = existing(policy, versionId);
    return version(policy, String.valueOf(versionId), version)
        .document(encoded(version.document()))
        .build();
  }

  private KeptPolicy.Version existing(KeptPolicy policy, @Nullable String versionId) {
    var version = policy.versions().get(String.valueOf(versionId));
    if (version == null) {
      throw IamErrors.noEntity(
          "Policy "
              + policy.arn(account)
              + " version "
              + versionId
              + " does not exist or is not attachable.");
    }
    return version;
  }

  private static PolicyVersion.Builder version(
      KeptPolicy policy, String versionId, KeptPolicy.Version version) {
    return PolicyVersion.builder()
        .versionId(versionId)
        .isDefaultVersion(versionId.equals(policy.standard()))
        .createDate(version.created());
  }

  /// The newest first.
  List<PolicyVersion> versions(String arn) {
    KeptPolicy policy = policies.get(arn);
    List<PolicyVersion> versions = new ArrayList<>();
    policy.versions().forEach((id, each) -> versions.add(version(policy, id, each).build()));
    return versions.reversed();
  }

  void deleteVersion(String arn, @Nullable String versionId) {
    policies.update(
        arn,
        policy -> {
          Objects.requireNonNull(existing(policy, versionId));
          if (policy.standard().equals(versionId)) {
            throw IamErrors.conflict("Cannot delete the default version of a policy.");
          }
          return policy.without(String.valueOf(versionId));
        });
  }

  void setDefault(String arn, @Nullable String versionId) {
    policies.update(
        arn,
        policy -> {
          Objects.requireNonNull(existing(policy, versionId));
          return policy.withDefault(String.valueOf(versionId));
        });
  }

  List<PolicyRole> roles(String arn) {
    var roles = new Roles(platform.store(), account);
    return policies.get(arn).roles().stream()
        .map(roles::get)
        .map(role -> PolicyRole.builder().roleName(role.name()).roleId(role.id()).build())
        .toList();
  }

  void attach(String role, String arn) {
    policies.attach(role, arn);
  }

  void detach(String role, String arn) {
    policies.detach(role, arn);
  }

  List<Tag> tags(String arn) {
    return Tags.of(policies.get(arn).tags());
  }

  void tag(String arn, List<Tag> given) {
    policies.update(arn, policy -> policy.withTags(Tags.with(policy.tags(), given)));
  }

  void untag(String arn, List<String> keys) {
    policies.update(arn, policy -> policy.withTags(Tags.without(policy.tags(), keys)));
  }
}
