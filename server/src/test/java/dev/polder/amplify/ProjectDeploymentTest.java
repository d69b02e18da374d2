package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Projects with a user pool, and functions that need parts of it.
class ProjectDeploymentTest extends ProjectFixture {
  private static final String REAL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab";

  private String pool(ApiHost.Served served) {
    return platform
        .client(AppSyncClient.class)
        .getGraphqlApi(b -> b.apiId(served.apiId()))
        .graphqlApi()
        .userPoolConfig()
        .userPoolId();
  }

  @Test
  void theDevelopmentIssuerStandsForAProjectsUserPool() throws Exception {
    addFunction();
    assertThat(pool(deploy(new KnownPools(true, List.of())))).isEqualTo("us-east-1_polder");
    assertThat(
            platform
                .client(LambdaClient.class)
                .invoke(b -> b.functionName("who-dev"))
                .payload()
                .asUtf8String())
        .isEqualTo("\"us-east-1_polder\"");
    assertThat(printed.toString(UTF_8).lines())
        .filteredOn(line -> line.startsWith("Authentication: "))
        .containsExactly(
            "Authentication: the user pool is us-east-1_polder; left out: sign-up and sign-in, the"
                + " identity pool, roles of the groups Admin");
  }

  @Test
  void aPoolWhoseKeysAreConfiguredStandsForAProjectsUserPool() {
    assertThat(pool(deploy(new KnownPools(false, List.of("https://a.example", REAL)))))
        .isEqualTo("eu-west-1_Ab");
  }

  @Test
  void withoutKeysTheSettingsThatHelpAreNamed() {
    assertThatThrownBy(() -> deploy(new KnownPools(false, List.of())))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("The API notes needs the user pool")
        .hasMessageContaining("--dev-issuer on")
        .hasMessageContaining("--issuers https://cognito-idp");
    assertThat(appSync.client(Scope.DEFAULT).listGraphqlApis(b -> {}).graphqlApis()).isEmpty();
  }

  @Test
  void anImportedPoolKeepsItsId() throws Exception {
    Files.writeString(
        directory.resolve("project/amplify/team-provider-info.json"),
        "{\"dev\": {\"categories\": {\"auth\": {\"pool\": {\"userPoolId\": \"eu-west-1_Ab\"}}}}}");
    assertThat(pool(deploy(new KnownPools(true, List.of())))).isEqualTo("eu-west-1_Ab");
    assertThatThrownBy(() -> deploy(new KnownPools(false, List.of(REAL.replace("_Ab", "_Other")))))
        .hasMessageContaining("eu-west-1_Ab=<file or URL of its keys>");
  }

  @Test
  void aPoolThatNobodyUsesNeedsNoSettings() throws Exception {
    write("backend-config.json", "{}");
    assertThat(deploy(new KnownPools(false, List.of())).apiKey()).isPresent();
    assertThat(printed.toString(UTF_8)).contains("nothing here uses a user pool");
  }

  @Test
  void customPoliciesOfAFunctionBelongToItsRole() throws Exception {
    addFunction();
    write(
        "function/who/custom-policies.json",
        "[{\"Action\": [\"s3:GetObject\"], \"Resource\": [\"arn:aws:s3:::files-${env}/*\"]},"
            + " {\"Action\": [], \"Resource\": []}]");
    deploy(new KnownPools(true, List.of()));
    String document =
        platform
            .client(IamClient.class)
            .getRolePolicy(b -> b.roleName("who-role").policyName("custom-lambda-execution-policy"))
            .policyDocument();
    assertThat(URLDecoder.decode(document, UTF_8))
        .contains("s3:GetObject", "arn:aws:s3:::files-dev/*");
  }
}
