package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.iam.IamService;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.TestBuckets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/// Templates that are whole in themselves: functions whose code is within, and what the CDK adds.
class InlineCodeTest {
  private static final String TEMPLATE =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: '2012-10-17'
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
        Plain:
          Type: AWS::Lambda::Function
          Properties:
            Runtime: nodejs20.x
            Handler: index.handler
            Role: !GetAtt Role.Arn
            Code:
              ZipFile: |
                exports.handler = async () => "first";
        Serverless:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.12
            Handler: index.handler
            InlineCode: !Sub |
              def handler(event, context):
                  return "${AWS::StackName}"
      Outputs:
        Plain: {Value: !Ref Plain}
        Serverless: {Value: !Ref Serverless}
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private StackFixture stacks;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    TestBuckets.in(platform);
    platform.add(IamService::new);
    platform.add(LambdaService::new);
    platform.add(CloudFormationService::new);
    stacks = StackFixture.of(platform);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private FunctionConfiguration function(String name) {
    return platform
        .client(LambdaClient.class)
        .getFunction(b -> b.functionName(name))
        .configuration();
  }

  @Test
  void aFileWithinTheTemplateIsTheFunctionsCode() throws Exception {
    var made = outputs(stacks.create("app", TEMPLATE));
    String first = function(made.get("Plain")).codeSha256();
    assertThat(function(made.get("Serverless")).codeSize()).isPositive();

    var _ = stacks.update("app", TEMPLATE.replace("\"first\"", "\"second\""));
    String second = function(made.get("Plain")).codeSha256();
    assertThat(second).isNotEqualTo(first);

    var _ = stacks.update("app", TEMPLATE);
    assertThat(function(made.get("Plain")).codeSha256()).isEqualTo(first);
  }

  private static final String SYNTHESISED =
      """
      {"Resources": {
        "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2:deflate64:x"},
          "Condition": "CDKMetadataAvailable"}},
       "Conditions": {"CDKMetadataAvailable":
          {"Fn::Or": [{"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]},
            {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-west-2"]}]}},
       "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>",
          "Default": "/cdk-bootstrap/hnb659fds/version"}},
       "Rules": {"CheckBootstrapVersion": {"Assertions": [
          {"Assert": {"Fn::Not": [{"Fn::Contains":
             [["1", "2", "3", "4", "5"], {"Ref": "BootstrapVersion"}]}]},
           "AssertDescription": "version 6 required"}]}},
       "Outputs": {"Version": {"Value": {"Ref": "BootstrapVersion"}}}}
      """;

  @Test
  void whatTheCdkAddsToEachTemplateIsTaken() throws Exception {
    assertThat(outputs(stacks.create("cdk", SYNTHESISED))).containsKey("Version");
    assertThatThrownBy(() -> stacks.create("low", SYNTHESISED.replace("\"5\"]", "\"30\"]")))
        .hasMessageContaining("Rule CheckBootstrapVersion failed: version 6 required");
    assertThatThrownBy(() -> stacks.create("other", SYNTHESISED.replace("/cdk-bootstrap", "/mine")))
        .hasMessageContaining(
            "Unable to fetch parameters [/mine/hnb659fds/version] from parameter store");
    assertThatThrownBy(
            () -> stacks.create("not", SYNTHESISED.replace("Fn::Contains", "Fn::RefAll")))
        .hasMessageContaining("Fn::RefAll is not supported in Rules");
  }

  @Test
  void otherRuntimesHaveNoFileOfTheirOwn() throws Exception {
    var stack = stacks.create("app", TEMPLATE.replace("nodejs20.x", "java21"));
    assertThat(stacks.failure(stack).orElseThrow())
        .contains("only functions in Node.js and Python can be within the template");
  }
}
