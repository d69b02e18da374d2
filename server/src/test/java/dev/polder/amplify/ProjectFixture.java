package dev.polder.amplify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.AppSyncService;
import dev.polder.cloudformation.CloudFormationService;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.dynamodb.DynamoDbStreamsService;
import dev.polder.iam.IamService;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.TestBuckets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

/// A project folder with an API `notes`, a user pool and, where it is added, a function `who`.
abstract class ProjectFixture {
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
  TestPlatform platform;
  AppSyncService appSync;
  Path backend;
  final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void open() throws Exception {
    platform = TestPlatform.in(directory.resolve("data"));
    TestBuckets.in(platform);
    platform.add(IamService::new);
    DynamoDbService tables = platform.add(DynamoDbService::new);
    platform.<DynamoDbStreamsClient, DynamoDbStreamsService>add(_ -> tables.streams());
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

  void write(String name, String text) throws Exception {
    Path file = backend.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  void addFunction() throws Exception {
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

  ApiHost.Served deploy(KnownPools pools) {
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
}
