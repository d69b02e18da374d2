package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Scope;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Functions, their versions and aliases, as clients keep them.
final class LambdaServiceTest extends LambdaFixture {
  @Test
  void aFunctionIsMadeAskedForAndDeleted() {
    var made =
        create(
            "f", ECHO, b -> b.timeout(7).environment(e -> e.variables(Map.of("GREETING", "hi"))));
    assertThat(made.functionArn()).isEqualTo(ARN + "f");
    assertThat(made.state()).isEqualTo(State.ACTIVE);
    assertThat(made.codeSize()).isEqualTo(ECHO.length);
    assertThat(made.lastModified()).isEqualTo("2020-05-01T00:00:00.000+0000");
    assertThat(Base64.getDecoder().decode(made.codeSha256())).hasSize(32);
    restart();
    var got = lambda.getFunction(b -> b.functionName("f"));
    assertThat(got.configuration().timeout()).isEqualTo(7);
    assertThat(got.configuration().memorySize()).isEqualTo(128);
    assertThat(got.configuration().version()).isEqualTo("$LATEST");
    assertThat(got.configuration().revisionId()).isEqualTo(made.revisionId());
    assertThat(got.configuration().environment().variables()).containsEntry("GREETING", "hi");
    assertThat(lambda.listFunctions().functions()).hasSize(1);
    assertThat(invoke(ARN + "f", "{\"a\":1}").payload().asUtf8String())
        .isEqualTo("{\"a\":1,\"env\":\"hi\",\"version\":\"$LATEST\"}");
    lambda.deleteFunction(b -> b.functionName("f"));
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(directory.resolve("lambda/code")).isEmptyDirectory();
    refused(
        () -> lambda.getFunction(b -> b.functionName("f")),
        "ResourceNotFoundException",
        404,
        "Function not found: " + ARN + "f");
  }

  @Test
  void scopesDoNotSeeEachOther() {
    create("f", ECHO, _ -> {});
    var other =
        platform
            .platform()
            .clients()
            .get(LambdaClient.class, new Scope("123456789012", "eu-west-1"));
    assertThat(other.listFunctions().functions()).isEmpty();
    refused(
        () -> other.invoke(b -> b.functionName(ARN + "f")),
        "ResourceNotFoundException",
        404,
        "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')");
  }

  @Test
  void badRequestsAreRefusedAndChangeNothing() throws Exception {
    create("f", ECHO, _ -> {});
    refused(() -> create("f", ECHO, _ -> {}), "ResourceConflictException", 409, "already exist: f");
    refused(() -> create("a b", ECHO, _ -> {}), "ValidationException", 400, "'functionName'");
    refused(() -> create("g", ECHO, b -> b.timeout(901)), "ValidationException", 400, "'timeout'");
    refused(
        () -> create("g", ECHO, b -> b.memorySize(64)), "ValidationException", 400, "'memorySize'");
    refused(() -> create("g", ECHO, b -> b.role("me")), "ValidationException", 400, "'role'");
    refused(
        () -> create("g", ECHO, b -> b.runtime("ruby3.3")),
        "InvalidParameterValueException",
        400,
        "Value ruby3.3 at 'runtime' failed to satisfy constraint: Member must satisfy enum value"
            + " set: [java8.al2, java11, ");
    refused(
        () ->
            create(
                "g", ECHO, b -> b.layers("arn:aws:lambda:us-east-1:000000000000:layer:absent:1")),
        "InvalidParameterValueException",
        400,
        "layer:absent:1 does not exist.");
    refused(
        () -> create("g", ECHO, b -> b.environment(e -> e.variables(Map.of("AWS_REGION", "x")))),
        "InvalidParameterValueException",
        400,
        "Reserved keys used in this request: AWS_REGION");
    refused(
        () -> create("g", ECHO, b -> b.handler(null)),
        "InvalidParameterValueException",
        400,
        "Runtime and Handler are mandatory");
    assertThat(lambda.listFunctions().functions()).hasSize(1);
  }

  @Test
  void badPackagesAreRefusedAndLeaveNothing() throws Exception {
    String text = "Could not unzip uploaded file";
    byte[] cut = java.util.Arrays.copyOf(ECHO, ECHO.length / 2);
    byte[] damaged = ECHO.clone();
    for (int i = 60; i < 120; i++) {
      damaged[i] ^= 0x55;
    }
    for (byte[] bad : List.of("no zip".getBytes(UTF_8), cut, damaged)) {
      refused(() -> create("g", bad, _ -> {}), "InvalidParameterValueException", 400, text);
    }
    for (String name : List.of("../x", "/x", "a/../../x", "a\\x", "C:/x")) {
      byte[] bad = Compiled.zip(Map.of(name, new byte[1]));
      refused(() -> create("g", bad, _ -> {}), "InvalidParameterValueException", 400, text);
    }
    Map<String, byte[]> bomb = new LinkedHashMap<>();
    bomb.put("zeros", new byte[262_144_001]);
    byte[] big = Compiled.zip(bomb);
    refused(
        () -> create("g", big, _ -> {}),
        "InvalidParameterValueException",
        400,
        "Unzipped size must be smaller than 262144000 bytes");
    refused(
        () -> create("g", new byte[0], _ -> {}),
        "InvalidParameterValueException",
        400,
        "must be a non-empty zip");
    refused(
        () -> create("g", new byte[52_428_801], _ -> {}),
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than");
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(directory.resolve("lambda/code")).isEmptyDirectory();
  }

  @Test
  void codeComesFromABucket() {
    platform.add(
        S3Client.class,
        new S3Client() {
          @Override
          public String serviceName() {
            return "s3";
          }

          @Override
          public void close() {}

          @Override
          public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest request) {
            if (!request.key().equals("code.jar")) {
              throw NoSuchKeyException.builder()
                  .awsErrorDetails(
                      software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                          .errorCode("NoSuchKey")
                          .errorMessage("The specified key does not exist.")
                          .build())
                  .build();
            }
            return ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), ECHO);
          }
        });
    create("f", ECHO, b -> b.code(c -> c.s3Bucket("b").s3Key("code.jar")));
    assertThat(invoke("f", "{}").functionError()).isNull();
    refused(
        () -> create("g", ECHO, b -> b.code(c -> c.s3Bucket("b").s3Key("other"))),
        "InvalidParameterValueException",
        400,
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified"
            + " key does not exist.");
  }

  @Test
  void updatesTakeEffectOnTheNextCall() {
    create("f", ECHO, _ -> {});
    assertThat(invoke("f", "{}").payload().asUtf8String()).isEqualTo("{\"version\":\"$LATEST\"}");
    var changed =
        lambda.updateFunctionConfiguration(
            b -> b.functionName("f").environment(e -> e.variables(Map.of("GREETING", "new"))));
    assertThat(invoke("f", "{}").payload().asUtf8String()).contains("\"env\":\"new\"");
    refused(
        () ->
            lambda.updateFunctionConfiguration(
                b -> b.functionName("f").revisionId("old").timeout(9)),
        "PreconditionFailedException",
        412,
        "Revision Id");
    byte[] other =
        Compiled.jar(
            "fn.Echo", "package fn; public class Echo { public String go() { return \"two\"; } }");
    var updated =
        lambda.updateFunctionCode(b -> b.functionName("f").zipFile(SdkBytes.fromByteArray(other)));
    assertThat(updated.revisionId()).isNotEqualTo(changed.revisionId());
    lambda.updateFunctionConfiguration(b -> b.functionName("f").handler("fn.Echo::go"));
    assertThat(invoke("f", "{}").payload().asUtf8String()).isEqualTo("\"two\"");
    assertThat(lambda.getFunctionConfiguration(b -> b.functionName("f")).environment().variables())
        .containsEntry("GREETING", "new");
  }

  @Test
  void versionsStayAndAliasesMove() {
    create("f", ECHO, b -> b.environment(e -> e.variables(Map.of("GREETING", "one"))));
    assertThat(lambda.publishVersion(b -> b.functionName("f")).version()).isEqualTo("1");
    assertThat(lambda.publishVersion(b -> b.functionName("f")).version()).isEqualTo("1");
    lambda.updateFunctionConfiguration(
        b -> b.functionName("f").environment(e -> e.variables(Map.of("GREETING", "two"))));
    assertThat(lambda.publishVersion(b -> b.functionName("f").description("d")).version())
        .isEqualTo("2");
    var alias = lambda.createAlias(b -> b.functionName("f").name("live").functionVersion("1"));
    assertThat(alias.aliasArn()).isEqualTo(ARN + "f:live");
    var first = invoke(ARN + "f:live", "{}");
    assertThat(first.payload().asUtf8String()).isEqualTo("{\"env\":\"one\",\"version\":\"1\"}");
    assertThat(first.executedVersion()).isEqualTo("1");
    restart();
    lambda.updateAlias(b -> b.functionName("f").name("live").functionVersion("2"));
    assertThat(invoke("f:live", "{}").payload().asUtf8String()).contains("\"env\":\"two\"");
    assertThat(lambda.listVersionsByFunction(b -> b.functionName("f")).versions())
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1", "2");
    assertThat(lambda.listAliases(b -> b.functionName("f")).aliases()).hasSize(1);
    refused(
        () -> lambda.deleteFunction(b -> b.functionName("f").qualifier("2")),
        "ResourceConflictException",
        409,
        "alias live names it");
    lambda.deleteAlias(b -> b.functionName("f").name("live"));
    lambda.deleteFunction(b -> b.functionName("f").qualifier("2"));
    refused(
        () -> invoke("f:live", "{}"),
        "ResourceNotFoundException",
        404,
        "not found: " + ARN + "f:live");
    refused(
        () -> lambda.getAlias(b -> b.functionName("f").name("live")),
        "ResourceNotFoundException",
        404,
        "Cannot find alias arn: " + ARN + "f:live");
    refused(
        () -> lambda.createAlias(b -> b.functionName("f").name("x").functionVersion("9")),
        "ResourceNotFoundException",
        404,
        ARN + "f:9");
  }

  @Test
  void tagsAndPoliciesAreKept() {
    create("f", ECHO, b -> b.tags(Map.of("a", "1")));
    lambda.tagResource(b -> b.resource(ARN + "f").tags(Map.of("b", "2")));
    lambda.untagResource(b -> b.resource(ARN + "f").tagKeys("a"));
    assertThat(lambda.listTags(b -> b.resource(ARN + "f")).tags()).isEqualTo(Map.of("b", "2"));
    refused(
        () -> lambda.getPolicy(b -> b.functionName("f")),
        "ResourceNotFoundException",
        404,
        "The resource you requested does not exist.");
    Consumer<AddPermissionRequest.Builder> permission =
        b ->
            b.functionName("f")
                .statementId("s1")
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com")
                .sourceArn("arn:aws:events:us-east-1:000000000000:rule/r");
    lambda.addPermission(permission);
    refused(() -> lambda.addPermission(permission), "ResourceConflictException", 409, "(s1)");
    assertThat(lambda.getPolicy(b -> b.functionName("f")).policy())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"s1\","
                + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + ARN
                + "f\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":"
                + "\"arn:aws:events:us-east-1:000000000000:rule/r\"}}}]}");
    lambda.removePermission(b -> b.functionName("f").statementId("s1"));
    refused(
        () -> lambda.removePermission(b -> b.functionName("f").statementId("s1")),
        "ResourceNotFoundException",
        404,
        "Statement s1 is not found in resource policy.");
  }

  @Test
  void listingsHavePages() {
    for (int i = 0; i < 5; i++) {
      create("f" + i, ECHO, _ -> {});
    }
    var page = lambda.listFunctions(b -> b.maxItems(3));
    assertThat(page.functions()).hasSize(3);
    var rest = lambda.listFunctions(b -> b.maxItems(3).marker(page.nextMarker()));
    assertThat(rest.functions())
        .extracting(FunctionConfiguration::functionName)
        .containsExactly("f3", "f4");
    assertThat(rest.nextMarker()).isNull();
    assertThat(lambda.listFunctionsPaginator(b -> b.maxItems(2)).functions().stream()).hasSize(5);
  }
}
