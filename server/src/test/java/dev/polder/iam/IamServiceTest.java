package dev.polder.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.TestPlatform;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

class IamServiceTest {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
          + "\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

  @TempDir Path directory;
  private TestPlatform platform;
  private IamClient iam;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(IamService::new);
    iam = platform.client(IamClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private Role create(String name) {
    return iam.createRole(b -> b.roleName(name).assumeRolePolicyDocument(TRUST)).role();
  }

  @Test
  void aRoleIsKept() {
    Role made = create("r");
    assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:role/r");
    assertThat(made.roleId()).matches("AROA[A-Z0-9]{17}");
    platform.close();
    open();
    Role got = iam.getRole(b -> b.roleName("r")).role();
    assertThat(got).isEqualTo(made);
    assertThat(URLDecoder.decode(got.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
        .isEqualTo(TRUST);
    assertThatThrownBy(() -> create("r"))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("Role with name r already exists.");
    iam.deleteRole(b -> b.roleName("r"));
    assertThatThrownBy(() -> iam.getRole(b -> b.roleName("r")))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The role with name r cannot be found.");
  }

  @Test
  void policiesComeAndGo() {
    create("r");
    iam.putRolePolicy(b -> b.roleName("r").policyName("p").policyDocument(TRUST));
    iam.attachRolePolicy(b -> b.roleName("r").policyArn("arn:aws:iam::aws:policy/service-role/X"));
    iam.attachRolePolicy(b -> b.roleName("r").policyArn("arn:aws:iam::aws:policy/service-role/X"));
    assertThat(iam.listRolePolicies(b -> b.roleName("r")).policyNames()).containsExactly("p");
    assertThat(iam.listAttachedRolePolicies(b -> b.roleName("r")).attachedPolicies())
        .extracting(AttachedPolicy::policyName)
        .containsExactly("X");
    assertThat(iam.getRolePolicy(b -> b.roleName("r").policyName("p")).policyDocument())
        .startsWith("%7B%22Version");
    assertThatThrownBy(() -> iam.deleteRole(b -> b.roleName("r")))
        .isInstanceOf(DeleteConflictException.class);
    iam.detachRolePolicy(b -> b.roleName("r").policyArn("arn:aws:iam::aws:policy/service-role/X"));
    iam.deleteRolePolicy(b -> b.roleName("r").policyName("p"));
    assertThatThrownBy(() -> iam.deleteRolePolicy(b -> b.roleName("r").policyName("p")))
        .isInstanceOf(NoSuchEntityException.class);
    iam.deleteRole(b -> b.roleName("r"));
    assertThat(iam.listRoles().roles()).isEmpty();
  }

  @Test
  void badInputIsRefused() {
    for (String bad : new String[] {"", "{", "[]", "{}", "{\"Statement\":[]}"}) {
      assertThatThrownBy(() -> iam.createRole(b -> b.roleName("r").assumeRolePolicyDocument(bad)))
          .isInstanceOf(MalformedPolicyDocumentException.class);
    }
    assertThatThrownBy(() -> create("a/b"))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    assertThat(iam.listRoles().roles()).isEmpty();
  }

  @Test
  void listingsHavePages() {
    for (int i = 0; i < 5; i++) {
      create("r" + i);
    }
    assertThat(iam.listRolesPaginator(b -> b.maxItems(2)).roles().stream().map(Role::roleName))
        .containsExactly("r0", "r1", "r2", "r3", "r4");
  }

  private static final String READ =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}";

  @Test
  void aManagedPolicyLivesAsLongAsNobodyHasIt() {
    var made =
        iam.createPolicy(b -> b.policyName("p").path("/team/").policyDocument(READ)).policy();
    assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:policy/team/p");
    assertThat(made.policyId()).matches("ANPA[A-Z0-9]{17}");
    assertThatThrownBy(() -> iam.createPolicy(b -> b.policyName("p").policyDocument(READ)))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("A policy called p already exists. Duplicate names are not allowed.");
    create("r");
    iam.attachRolePolicy(b -> b.roleName("r").policyArn(made.arn()));
    platform.close();
    open();
    assertThat(iam.getPolicy(b -> b.policyArn(made.arn())).policy().attachmentCount()).isEqualTo(1);
    assertThat(iam.listEntitiesForPolicy(b -> b.policyArn(made.arn())).policyRoles())
        .singleElement()
        .satisfies(role -> assertThat(role.roleName()).isEqualTo("r"));
    assertThatThrownBy(() -> iam.deletePolicy(b -> b.policyArn(made.arn())))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("Cannot delete a policy attached to entities.");
    iam.detachRolePolicy(b -> b.roleName("r").policyArn(made.arn()));
    iam.deletePolicy(b -> b.policyArn(made.arn()));
    assertThatThrownBy(() -> iam.attachRolePolicy(b -> b.roleName("r").policyArn(made.arn())))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("does not exist or is not attachable");
  }

  @Test
  void aManagedPolicyHasFiveVersionsAtMost() {
    String arn = iam.createPolicy(b -> b.policyName("p").policyDocument(READ)).policy().arn();
    for (int i = 0; i < 4; i++) {
      iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(READ));
    }
    assertThatThrownBy(() -> iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(READ)))
        .isInstanceOf(LimitExceededException.class);
    assertThatThrownBy(() -> iam.deletePolicyVersion(b -> b.policyArn(arn).versionId("v1")))
        .hasMessageContaining("Cannot delete the default version of a policy.");
    iam.deletePolicyVersion(b -> b.policyArn(arn).versionId("v2"));
    var next = iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(READ)).policyVersion();
    assertThat(next.versionId()).isEqualTo("v6");
    String document =
        iam.getPolicyVersion(b -> b.policyArn(arn).versionId("v6")).policyVersion().document();
    assertThat(URLDecoder.decode(document, StandardCharsets.UTF_8)).isEqualTo(READ);
  }

  @Test
  void aConditionThatCannotBeDecidedIsRefusedByName() {
    create("r");
    String bySource =
        READ.replace(
            "\"Resource\":\"*\"",
            "\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\"aws:Ec2InstanceSourceVpc\":\"10.*\"}}");
    assertThatThrownBy(
            () -> iam.putRolePolicy(b -> b.roleName("r").policyName("p").policyDocument(bySource)))
        .isInstanceOf(MalformedPolicyDocumentException.class)
        .hasMessageContaining("The condition key aws:Ec2InstanceSourceVpc is not supported.");
    assertThatThrownBy(() ->
            iam.createPolicy(b ->
                b.policyName("p").policyDocument(bySource.replace("StringLike", "BinaryEquals"))))
        .hasMessageContaining("The condition operator BinaryEquals is not supported.");
    String elsewhere = bySource.replace("s3:Get*", "kms:Decrypt");
    iam.putRolePolicy(b -> b.roleName("r").policyName("p").policyDocument(elsewhere));
  }
}
