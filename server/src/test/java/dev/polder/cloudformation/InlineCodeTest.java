package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;

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

/// Functions whose code is within their template.
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

  @Test
  void otherRuntimesHaveNoFileOfTheirOwn() throws Exception {
    var stack = stacks.create("app", TEMPLATE.replace("nodejs20.x", "java21"));
    assertThat(stacks.failure(stack).orElseThrow())
        .contains("only functions in Node.js and Python can be within the template");
  }
}
