package dev.polder.cloudformation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.glue.GlueService;
import dev.polder.iam.IamService;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.TestBuckets;
import dev.polder.stepfunctions.StepFunctionsService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;

class DeploymentTest {
  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: 2010-09-09
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Who: {Type: String, Default: world}
      Globals:
        Function: {Runtime: java21, Handler: 'fn.Hello::go'}
      Resources:
        Jar:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: target/hello.jar
            Environment: {Variables: {WHO: !Ref Who}}
        Folder:
          Type: AWS::Serverless::Function
          Properties: {CodeUri: classes/}
        Machine:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: machine.asl.yaml
            DefinitionSubstitutions: {Hello: !GetAtt Jar.Arn}
      Outputs:
        Hello: {Value: !Ref Jar}
        Other: {Value: !Ref Folder}
        Machine: {Value: !Ref Machine}
      """;

  @TempDir Path directory;
  private Path project;
  private TestPlatform platform;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void open() throws Exception {
    platform = TestPlatform.in(directory.resolve("data"));
    TestBuckets.in(platform);
    platform.add(GlueService::new);
    platform.add(IamService::new);
    platform.add(LambdaService::new);
    platform.add(StepFunctionsService::new);
    platform.add(CloudFormationService::new);
    project = Files.createDirectories(directory.resolve("project"));
    Files.createDirectories(project.resolve("target"));
    compile("hello");
    Files.writeString(project.resolve("template.yaml"), TEMPLATE);
    Files.writeString(
        project.resolve("machine.asl.yaml"),
        "StartAt: A\nStates: {A: {Type: Task, Resource: '${Hello}', End: true}}\n");
  }

  private void compile(String greeting) throws Exception {
    Map<String, byte[]> classes =
        Compiled.classes(
            Map.of(
                "fn.Hello",
                "package fn; public class Hello { public String go() { return \""
                    + greeting
                    + " \" + System.getenv(\"WHO\"); } }"));
    Files.write(project.resolve("target/hello.jar"), Compiled.zip(classes));
    for (var each : classes.entrySet()) {
      Path file = project.resolve("classes").resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private Deployment.Deployed deploy(Map<String, String> parameters) {
    var out = new PrintStream(printed, true, UTF_8);
    return new Deployment(
            platform.client(CloudFormationClient.class),
            platform.client(S3Client.class),
            "artefacts",
            out)
        .deploy(project, "app", parameters);
  }

  private String invoke(String function) {
    return platform
        .client(LambdaClient.class)
        .invoke(b -> b.functionName(function))
        .payload()
        .asUtf8String();
  }

  private static String output(Map<String, String> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  @Test
  void aProjectIsDeployedAndUpdatedWhereItChanged() throws Exception {
    var first = deploy(Map.of("Who", "you"));
    assertThat(first.changed()).isTrue();
    String function = output(first.outputs(), "Hello");
    assertThat(invoke(function)).isEqualTo("\"hello you\"");
    assertThat(invoke(output(first.outputs(), "Other"))).isEqualTo("\"hello null\"");
    assertThat(
            platform
                .client(SfnClient.class)
                .describeStateMachine(b -> b.stateMachineArn(first.outputs().get("Machine")))
                .definition())
        .contains("function:" + function);
    assertThat(printed.toString(UTF_8))
        .startsWith("Creating the stack app\n  CREATE_IN_PROGRESS ")
        .contains("  CREATE_COMPLETE                     AWS::Lambda::Function             Jar\n")
        .contains("Hello    " + function + "\n");

    printed.reset();
    assertThat(deploy(Map.of()).changed()).isFalse();
    assertThat(printed.toString(UTF_8)).startsWith("The stack app is up to date\n");

    compile("good day");
    printed.reset();
    assertThat(deploy(Map.of()).changed()).isTrue();
    assertThat(invoke(function)).isEqualTo("\"good day you\"");
    assertThat(printed.toString(UTF_8))
        .startsWith("Updating the stack app\n")
        .contains("UPDATE_COMPLETE                     AWS::Lambda::Function             Folder")
        .doesNotContain("StateMachine", "JarRole");
    assertThat(platform.client(S3Client.class).listObjectsV2(b -> b.bucket("artefacts")).contents())
        .extracting(S3Object::key)
        .hasSize(5)
        .allMatch(key -> key.matches("[0-9a-f]{64}\\.(jar|zip|asl\\.yaml)"));
  }

  @Test
  void whatIsWrongIsSaidWithItsPlaceAndNothingIsMade() throws Exception {
    refused(
        "target/hello.jar",
        "target/none.jar",
        "/target/none.jar (/Resources/Jar/Properties/CodeUri, line 11)");
    refused(
        "CodeUri: classes/",
        "CodeUri: classes/, Layers: [x]",
        "Resource with id [Folder] is invalid. property Layers");
    refused(
        "AWS::Serverless::StateMachine",
        "AWS::EC2::Instance",
        "Unrecognized resource types: [AWS::EC2::Instance]");
    refused("!Ref Who", "!Ref Whom", "Unresolved resource dependencies [Whom]");
    refused("Transform:", "Transform", "not well-formed. (line");
    Files.writeString(project.resolve("template.yaml"), TEMPLATE);
    assertThatThrownBy(() -> deploy(Map.of("Nope", "1")))
        .isInstanceOf(DeploymentException.class)
        .hasMessage("Cannot deploy app: Parameters: [Nope] do not exist in the template");
    Files.delete(project.resolve("template.yaml"));
    assertThatThrownBy(() -> deploy(Map.of())).hasMessageContaining("There is no template in");
    assertThat(platform.client(CloudFormationClient.class).listStacks(b -> {}).stackSummaries())
        .isEmpty();
  }

  private void refused(String from, String to, String message) throws Exception {
    Files.writeString(project.resolve("template.yaml"), TEMPLATE.replace(from, to));
    assertThatThrownBy(() -> deploy(Map.of()))
        .isInstanceOf(DeploymentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDeploymentThatFailedSaysWhyAndCanBeRepeated() throws Exception {
    String more =
        TEMPLATE.replace(
            "Outputs:",
            "  Db: {Type: AWS::Glue::Database, Properties: {CatalogId: !Ref AWS::AccountId, DatabaseInput: {Name: taken}}}\nOutputs:");
    Files.writeString(project.resolve("template.yaml"), more);
    var glue = platform.client(GlueClient.class);
    glue.createDatabase(b -> b.databaseInput(i -> i.name("taken")));
    assertThatThrownBy(() -> deploy(Map.of()))
        .isInstanceOf(DeploymentException.class)
        .hasMessageStartingWith(
            "The stack app is in ROLLBACK_COMPLETE: Db: Resource handler returned")
        .hasMessageContaining("AlreadyExistsException");
    glue.deleteDatabase(b -> b.name("taken"));
    assertThat(deploy(Map.of()).changed()).isTrue();
  }
}
