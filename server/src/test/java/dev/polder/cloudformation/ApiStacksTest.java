package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.AppSyncService;
import dev.polder.iam.IamService;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.LambdaService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.AuthenticationType;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// GraphQL APIs and managed policies in stacks.
class ApiStacksTest {
  private static final String API =
      """
      Resources:
        Api:
          Type: AWS::AppSync::GraphQLApi
          Properties:
            Name: mine
            AuthenticationType: API_KEY
            AdditionalAuthenticationProviders:
              - AuthenticationType: OPENID_CONNECT
                OpenIDConnectConfig: {Issuer: 'https://issuer.example', AuthTTL: 1000}
            EnvironmentVariables: {STAGE: test}
            Tags: [{Key: Team, Value: Blue}]
        Schema:
          Type: AWS::AppSync::GraphQLSchema
          Properties:
            ApiId: !GetAtt Api.ApiId
            Definition: 'type Query { hello: String }'
        Key:
          Type: AWS::AppSync::ApiKey
          Properties: {ApiId: !GetAtt Api.ApiId, Description: first}
        Source:
          Type: AWS::AppSync::DataSource
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: fn
            Type: AWS_LAMBDA
            LambdaConfig: {LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f'}
        Hello:
          Type: AWS::AppSync::Resolver
          DependsOn: Schema
          Properties:
            ApiId: !GetAtt Api.ApiId
            TypeName: Query
            FieldName: hello
            DataSourceName: !GetAtt Source.Name
      Outputs:
        Id: {Value: !GetAtt Api.ApiId}
        Url: {Value: !GetAtt Api.GraphQLUrl}
        Key: {Value: !GetAtt Key.ApiKey}
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private StackFixture stacks;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(IamService::new);
    platform.add(LambdaService::new);
    platform.add(AppSyncService::new);
    platform.add(CloudFormationService::new);
    stacks = StackFixture.of(platform);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void anApiIsMadeChangedAndRemoved() throws Exception {
    Stack stack = stacks.create("api", API);
    Map<String, String> outputs = outputs(stack);
    var appsync = platform.client(AppSyncClient.class);
    String id = outputs.get("Id");
    var api = appsync.getGraphqlApi(b -> b.apiId(id)).graphqlApi();
    assertThat(api.authenticationType()).isEqualTo(AuthenticationType.API_KEY);
    assertThat(api.additionalAuthenticationProviders().getFirst().openIDConnectConfig().issuer())
        .isEqualTo("https://issuer.example");
    assertThat(api.tags()).isEqualTo(Map.of("Team", "Blue"));
    assertThat(api.uris()).containsEntry("GRAPHQL", outputs.get("Url"));
    assertThat(appsync.getGraphqlApiEnvironmentVariables(b -> b.apiId(id)).environmentVariables())
        .isEqualTo(Map.of("STAGE", "test"));
    assertThat(appsync.listApiKeys(b -> b.apiId(id)).apiKeys())
        .singleElement()
        .satisfies(key -> assertThat(key.id()).isEqualTo(outputs.get("Key")));
    assertThat(
            appsync
                .getResolver(b -> b.apiId(id).typeName("Query").fieldName("hello"))
                .resolver()
                .dataSourceName())
        .isEqualTo("fn");

    String wrong = API.replace("hello: String }", "hello: Nowhere }");
    Stack failed = stacks.update("api", wrong);
    assertThat(failed.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(stacks.failure(failed)).get().asString().contains("Nowhere");
    String more = API.replace("hello: String }", "hello: String bye: String }");
    outputs(stacks.update("api", more.replace("STAGE: test", "STAGE: live")));
    assertThat(appsync.getGraphqlApiEnvironmentVariables(b -> b.apiId(id)).environmentVariables())
        .isEqualTo(Map.of("STAGE", "live"));

    assertThat(stacks.delete(stack).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(appsync.listGraphqlApis(b -> {}).graphqlApis()).isEmpty();
  }

  @Test
  void whatAnApiCannotBeIsRefusedByName() {
    assertThatThrownBy(() ->
            stacks.create("api", API.replace("FieldName: hello", "RequestMappingTemplate: '{}'")))
        .hasMessageContaining("extraneous key [RequestMappingTemplate]");
    assertThatThrownBy(() -> stacks.create("api", API.replace("Name: mine", "LogConfig: {}")))
        .hasMessageContaining("extraneous key [LogConfig]");
  }

  private static final String POLICIES =
      """
      Resources:
        May:
          Type: AWS::IAM::ManagedPolicy
          Properties:
            PolicyDocument:
              Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
            ManagedPolicyArns: [!Ref May]
      Outputs:
        Policy: {Value: !Ref May}
      """;

  @Test
  void aManagedPolicyIsAttachedAndGetsAnotherVersion() throws Exception {
    Stack stack = stacks.create("iam", POLICIES);
    String arn = outputs(stack).get("Policy");
    var iam = platform.client(IamClient.class);
    assertThat(iam.getPolicy(b -> b.policyArn(arn)).policy().attachmentCount()).isEqualTo(1);
    outputs(stacks.update("iam", POLICIES.replace("s3:GetObject", "s3:PutObject")));
    assertThat(iam.listPolicyVersions(b -> b.policyArn(arn)).versions())
        .extracting(PolicyVersion::versionId)
        .containsExactly("v2");
    assertThat(stacks.delete(stack).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(iam.listPolicies(b -> {}).policies()).isEmpty();
  }
}
