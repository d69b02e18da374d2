package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.Layer;

/// Projects as people have them: with more than an API and functions in them.
class ProjectFoldersTest extends ProjectFixture {
  private static final String FUNCTION =
      """
      {"Parameters": {"env": {"Type": "String"}, "deploymentBucketName": {"Type": "String"},
         "s3Key": {"Type": "String"}%s},
       "Resources": {
         "LambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
           "Code": {"S3Bucket": {"Ref": "deploymentBucketName"}, "S3Key": {"Ref": "s3Key"}},
           "Handler": "index.handler", "Runtime": "nodejs20.x",
           "FunctionName": {"Fn::Sub": "run-${env}"},
           "Role": {"Fn::GetAtt": ["LambdaExecutionRole", "Arn"]}%s}},
         "LambdaExecutionRole": {"Type": "AWS::IAM::Role", "Properties": {
           "AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow",
             "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}%s},
       "Outputs": {"Name": {"Value": {"Ref": "LambdaFunction"}}}}
      """;

  @BeforeEach
  void withKeysAlone() throws Exception {
    write("backend-config.json", "{}");
  }

  private void addFunction(String parameters, String properties, String resources)
      throws Exception {
    write(
        "function/run/run-cloudformation-template.json",
        FUNCTION.formatted(parameters, properties, resources));
    write("function/run/src/index.js", "exports.handler = async () => 1;");
  }

  private ApiHost.Served deploy() {
    return deploy(new KnownPools(false, List.of()));
  }

  private LambdaClient lambda() {
    return platform.client(LambdaClient.class);
  }

  private FunctionConfiguration function() {
    return lambda().getFunction(b -> b.functionName("run-dev")).configuration();
  }

  private List<String> said(String start) {
    return printed.toString(UTF_8).lines().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void whatTheApiDoesNotNeedIsLeftOut() throws Exception {
    write("storage/photos/cli-inputs.json", "{}");
    write("hosting/amplifyhosting/amplifyhosting-template.json", "{}");
    write("api/rest/rest-cloudformation-template.json", "{}");
    write("api/notes/resolvers/README.md", "Any resolvers that you add in this directory ...");
    write("api/notes/override.ts", "export function override(resources: any) {}");
    write("types/amplify-dependent-resources-ref.d.ts", "");
    assertThat(deploy().tables()).containsOnlyKeys("Note");
    assertThat(said("Left out: "))
        .contains(
            "Left out: api rest, hosting amplifyhosting, storage photos, the overrides of api"
                + " notes");
  }

  @Test
  void aFunctionThatNeedsWhatIsNotServedIsLeftOut() throws Exception {
    write("storage/photos/cli-inputs.json", "{}");
    write(
        "backend-config.json",
        """
        {"function": {"upload": {"dependsOn": [
           {"category": "storage", "resourceName": "photos", "attributes": ["BucketName"]}]}}}
        """);
    write(
        "function/upload/upload-cloudformation-template.json",
        FUNCTION.formatted(", \"storagephotosBucketName\": {\"Type\": \"String\"}", "", ""));
    write("function/upload/src/index.js", "");
    addFunction("", "", "");
    deploy();
    assertThat(said("Left out: function "))
        .containsExactly("Left out: function upload, which needs storagephotos.Outputs.BucketName");
    assertThat(said("Deployed ")).containsExactly("Deployed function run");
  }

  @Test
  void parametersOfTheEnvironmentComeBeforeTheFunctionsOwn() throws Exception {
    addFunction(
        ", \"key\": {\"Type\": \"String\"}, \"name\": {\"Type\": \"String\"}",
        ", \"Environment\": {\"Variables\": {\"KEY\": {\"Ref\": \"key\"}, \"NAME\": {\"Ref\":"
            + " \"name\"}}}",
        "");
    write("function/run/parameters.json", "{\"key\": \"none\", \"name\": \"all\"}");
    write(
        "../team-provider-info.json",
        """
        {"dev": {"categories": {"function": {"run": {"key": "k1", "s3Key": "builds/run.zip"}}}},
         "prod": {"categories": {"function": {"run": {"key": "k2"}}}}}
        """);
    deploy();
    assertThat(function().environment().variables())
        .containsEntry("KEY", "k1")
        .containsEntry("NAME", "all");
  }

  @Test
  void aFunctionFollowsTheStreamOfAModelsTable() throws Exception {
    write(
        "backend-config.json",
        """
        {"function": {"run": {"dependsOn": [
           {"category": "api", "resourceName": "notes", "attributes": ["GraphQLAPIIdOutput"]}]}}}
        """);
    String stream =
        "{\"Fn::ImportValue\": {\"Fn::Sub\": \"${apinotesGraphQLAPIIdOutput}:GetAtt:NoteTable:StreamArn\"}}";
    addFunction(
        ", \"apinotesGraphQLAPIIdOutput\": {\"Type\": \"String\"}",
        "",
        """
        , "LambdaTriggerPolicyNote": {"Type": "AWS::IAM::Policy", "Properties": {
            "PolicyName": "lambda-trigger-policy-Note", "Roles": [{"Ref": "LambdaExecutionRole"}],
            "PolicyDocument": {"Statement": [{"Effect": "Allow", "Resource": %1$s, "Action": [
              "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
              "dynamodb:ListStreams"]}]}}},
          "LambdaEventSourceMappingNote": {"Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": ["LambdaTriggerPolicyNote"], "Properties": {
              "BatchSize": 100, "Enabled": true, "EventSourceArn": %1$s,
              "FunctionName": {"Fn::GetAtt": ["LambdaFunction", "Arn"]},
              "StartingPosition": "LATEST"}}
        """
            .formatted(stream));
    String table = deploy().tables().get("Note");
    assertThat(lambda().listEventSourceMappings(b -> {}).eventSourceMappings())
        .extracting(EventSourceMappingConfiguration::eventSourceArn)
        .containsExactly(
            platform
                .client(DynamoDbClient.class)
                .describeTable(b -> b.tableName(table))
                .table()
                .latestStreamArn());
  }

  @Test
  void aLayerOfTheProjectIsAFunctionsLayer() throws Exception {
    write(
        "function/shared/shared-awscloudformation-template.json",
        """
        {"Parameters": {"env": {"Type": "String"}, "deploymentBucketName": {"Type": "String"},
           "s3Key": {"Type": "String"}, "runtimes": {"Type": "List<String>"}},
         "Resources": {
           "Version": {"Type": "AWS::Lambda::LayerVersion", "DeletionPolicy": "Delete",
             "UpdateReplacePolicy": "Retain", "Properties": {
             "CompatibleRuntimes": {"Ref": "runtimes"},
             "Content": {"S3Bucket": {"Ref": "deploymentBucketName"}, "S3Key": {"Ref": "s3Key"}},
             "LayerName": {"Fn::Sub": "shared-${env}"}}},
           "Permission": {"Type": "AWS::Lambda::LayerVersionPermission", "Properties": {
             "Action": "lambda:GetLayerVersion", "LayerVersionArn": {"Ref": "Version"},
             "Principal": {"Ref": "AWS::AccountId"}}}},
         "Outputs": {"Arn": {"Value": {"Ref": "Version"}}}}
        """);
    write("function/shared/parameters.json", "{\"runtimes\": [\"nodejs18.x\", \"nodejs20.x\"]}");
    write("function/shared/lib/nodejs/node_modules/shared/index.js", "module.exports = 1;");
    write("function/shared/opt/settings.json", "{}");
    write(
        "backend-config.json",
        """
        {"function": {"run": {"dependsOn": [
           {"category": "function", "resourceName": "shared", "attributes": ["Arn"]}]}}}
        """);
    addFunction(
        ", \"functionsharedArn\": {\"Type\": \"String\"}",
        ", \"Layers\": [{\"Ref\": \"functionsharedArn\"}]",
        "");
    deploy();
    assertThat(function().layers())
        .extracting(Layer::arn)
        .containsExactly("arn:aws:lambda:us-east-1:000000000000:layer:shared-dev:1");
    assertThat(lambda().listLayers(b -> {}).layers().getFirst().latestMatchingVersion())
        .satisfies(version ->
            assertThat(version.compatibleRuntimesAsStrings())
                .containsExactly("nodejs18.x", "nodejs20.x"));
    write("function/shared/opt/settings.json", "{\"changed\": true}");
    deploy();
    assertThat(function().layers().getFirst().arn()).endsWith(":layer:shared-dev:2");
  }

  @Test
  void theAuthoriserIsTheFunctionOfTheEnvironment() throws Exception {
    write(
        "backend-config.json",
        """
        {"api": {"notes": {"output": {"authConfig": {
           "defaultAuthentication": {"authenticationType": "AWS_LAMBDA",
             "lambdaAuthorizerConfig": {"lambdaFunction": "run", "ttlSeconds": "300"}}}}}}}
        """);
    addFunction("", "", "");
    String id = deploy().apiId();
    assertThat(
            platform
                .client(AppSyncClient.class)
                .getGraphqlApi(b -> b.apiId(id))
                .graphqlApi()
                .lambdaAuthorizerConfig()
                .authorizerUri())
        .endsWith(":function:run-dev");
  }

  @Test
  void linkedPackagesGoWithTheCode() throws Exception {
    addFunction("", "", "");
    write("function/run/src/index.js", "exports.handler = async () => require('linked');");
    write("../../packages/linked/index.js", "module.exports = 42;");
    Path packages = backend.resolve("../../packages").normalize();
    Path modules = Files.createDirectories(backend.resolve("function/run/src/node_modules"));
    Files.createSymbolicLink(modules.resolve("linked"), packages.resolve("linked"));
    Files.createSymbolicLink(packages.resolve("linked/around"), packages);
    deploy();
    assertThat(lambda().invoke(b -> b.functionName("run-dev")).payload().asUtf8String())
        .isEqualTo("42");
  }

  @Test
  void packagesThatAreNotInstalledAreNamed() throws Exception {
    addFunction("", "", "");
    write(
        "function/run/src/package.json",
        "{\"dependencies\": {\"axios\": \"1\", \"there\": \"1\", \"@aws-sdk/client-s3\": \"3\"}}");
    write("function/run/src/node_modules/there/index.js", "");
    deploy();
    assertThat(said("The function "))
        .singleElement()
        .asString()
        .startsWith("The function run needs axios: run npm install in ")
        .endsWith("function/run/src");
  }

  @Test
  void functionsThatTheSchemaNamesAndNobodyHasAreNamed() throws Exception {
    write(
        "api/notes/schema.graphql",
        """
        type Query {
          one: String @function(name: "run-${env}")
          two: String @function(name: "rum-${env}", region: "us-east-1") # rum
          # three: String @function(name: "later-${env}")
        }
        """);
    addFunction("", "", "");
    deploy();
    assertThat(said("The schema "))
        .containsExactly("The schema names functions that are not here: rum-dev");
  }

  @Test
  void packagesOfAFunctionInPythonAreNamed() throws Exception {
    addFunction("", "", "");
    write(
        "function/run/Pipfile",
        """
        [dev-packages]
        pytest = "*"
        [packages]
        src = {editable = true, path = "./src"}
        boto3 = "*"
        requests = "*"
        "Typing_Extensions" = ">=4"
        [requires]
        python_version = "3.12"
        """);
    write("function/run/src/typing_extensions-4.1.dist-info/METADATA", "");
    deploy();
    assertThat(said("The function "))
        .singleElement()
        .asString()
        .startsWith("The function run needs requests: run python3 -m pip install --target ")
        .endsWith("function/run/src requests");
  }

  @Test
  void aFunctionThatNeedsWhatAUserPoolDoesNotHaveIsLeftOut() throws Exception {
    write(
        "backend-config.json",
        """
        {"function": {"run": {"dependsOn": [
           {"category": "auth", "resourceName": "pool", "attributes": ["IdentityPoolId"]}]}}}
        """);
    addFunction(", \"authpoolIdentityPoolId\": {\"Type\": \"String\"}", "", "");
    deploy(new KnownPools(true, List.of()));
    assertThat(said("Left out: function "))
        .containsExactly("Left out: function run, which needs authpool.Outputs.IdentityPoolId");
  }

  @Test
  void aProjectThatIsAProgramIsRefusedWithAHint() throws Exception {
    write("../backend.ts", "defineBackend({ data });");
    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("amplify/backend.ts: a project of Amplify Gen 2 is a program")
        .hasMessageContaining("polder serve-schema DIR");
  }

  @Test
  void conflictResolutionIsRefused() throws Exception {
    write(
        "api/notes/transform.conf.json",
        "{\"Version\": 5, \"ResolverConfig\": {\"project\": {\"ConflictHandler\": \"AUTOMERGE\"}}}");
    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining(
            "transform.conf.json: conflict resolution (DataStore) is not supported");
  }

  @Test
  void aTemplateThatIsRefusedIsNamedByItsFile() throws Exception {
    addFunction("", ", \"Nonsense\": 1", "");
    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("function/run/run-cloudformation-template.json: ")
        .hasMessageContaining("Nonsense");
  }
}
