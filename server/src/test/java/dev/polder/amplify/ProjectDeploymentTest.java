package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.AppSyncService;
import dev.polder.cloudformation.CloudFormationService;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.iam.IamService;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.TestBuckets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Projects with a user pool, and functions that need parts of it.
class ProjectDeploymentTest {
  private static final String REAL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab";
  private static final String TEMPLATE =
      """
      {"Parameters": {"env": {"Type": "String"}, "authpoolUserPoolId": {"Type": "String"}},
       "Resources": {
         "LambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
           "Code": {"S3Bucket": "b", "S3Key": "k"}, "Handler": "fn.F::f", "Runtime": "java21",
           "FunctionName": {"Fn::Sub": "who-${env}"},
           "Role": {"Fn::GetAtt": ["LambdaExecutionRole", "Arn"]},
           "Environment": {"Variables": {"POOL": {"Ref": "authpoolUserPoolId"}}}}},
         "LambdaExecutionRole": {"Type": "AWS::IAM::Role", "Properties": {
           "RoleName": "who-role",
           "AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow",
             "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}},
       "Outputs": {"Name": {"Value": {"Ref": "LambdaFunction"}}}}
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private AppSyncService appSync;
  private Path backend;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void open() throws Exception {
    platform = TestPlatform.in(directory.resolve("data"));
    TestBuckets.in(platform);
    platform.add(IamService::new);
    platform.add(DynamoDbService::new);
    platform.add(LambdaService::new);
    platform.add(CloudFormationService::new);
    appSync = platform.add(AppSyncService::new);
    backend = directory.resolve("project/amplify/backend");
    write("api/notes/schema.graphql", "type Note @model { id: ID! text: String }");
    write(
        "auth/pool/cli-inputs.json",
        "{\"cognitoConfig\": {\"authSelections\": \"identityPoolAndUserPool\"}}");
    write(
        "auth/userPoolGroups/user-pool-group-precedence.json",
        "[{\"groupName\": \"Admin\", \"precedence\": 1}]");
    write(
        "backend-config.json",
        """
        {"api": {"notes": {"output": {"authConfig": {
           "defaultAuthentication": {"authenticationType": "AMAZON_COGNITO_USER_POOLS",
             "userPoolConfig": {"userPoolId": "authpool"}}}}}},
         "function": {"who": {"dependsOn": [
           {"category": "auth", "resourceName": "pool", "attributes": ["UserPoolId"]}]}}}
        """);
  }

  private void write(String name, String text) throws Exception {
    Path file = backend.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private void addFunction() throws Exception {
    write("function/who/who-cloudformation-template.json", TEMPLATE);
    Path jar = backend.resolve("function/who/target/who.jar");
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    Files.write(
        jar,
        Compiled.jar(
            "fn.F",
            "package fn; public class F { public String f() { return System.getenv(\"POOL\"); } }"));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private ApiHost.Served deploy(KnownPools pools) {
    AmplifyProject project = AmplifyProject.read(directory.resolve("project"));
    return new ProjectDeployment(
            new AppSyncHost(appSync, Scope.DEFAULT, Map.of(), null),
            pools,
            platform.client(CloudFormationClient.class),
            platform.client(S3Client.class),
            "artefacts",
            new PrintStream(printed, true, UTF_8))
        .deploy(project, "dev");
  }

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
