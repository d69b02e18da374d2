package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Functions that do what the cases describe in words.
final class FakeFunctions implements LambdaClient {
  private final Map<String, String> behaviours = new HashMap<>();
  private final Ids ids;
  private final Runnable minute;

  /// @param minute lets a minute pass
  FakeFunctions(Ids ids, Runnable minute) {
    this.ids = ids;
    this.minute = minute;
  }

  void add(String name, String behaviour) {
    behaviours.put(name, behaviour);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    String name = request.functionName();
    String shortName = name.startsWith("arn:") ? name.split(":")[6] : name;
    String behaviour = behaviours.get(shortName);
    if (behaviour == null) {
      throw missing(shortName);
    }
    String input = request.payload().asUtf8String();
    if (behaviour.startsWith("sleeps 60 s")) {
      minute.run();
      return answered(request, input);
    }
    if (behaviour.startsWith("returns 257 KiB")) {
      return answered(request, "\"" + "a".repeat(257 * 1024) + "\"");
    }
    if (behaviour.startsWith("raises CustomException")) {
      return failed("", "CustomException", 9, "raise CustomException()");
    }
    if (behaviour.startsWith("raises Exception")) {
      return failed(
          "Some exception was raised.",
          "Exception",
          2,
          "raise Exception(\\\"Some exception was raised.\\\")");
    }
    if (behaviour.contains("HelloWorld!")) {
      return answered(request, "\"HelloWorld!\"");
    }
    if (behaviour.startsWith("returns {")) {
      return answered(request, behaviour.substring("returns ".length()));
    }
    return answered(request, RecordedCase.python(Json.parse(input)));
  }

  private static RuntimeException missing(String name) {
    String message =
        "Function not found: arn:aws:lambda:us-east-1:111111111111:function:" + name + ":$LATEST";
    return ResourceNotFoundException.builder()
        .message(message)
        .statusCode(404)
        .requestId("8d5ee4f6-0000-4000-8000-000000000000")
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("ResourceNotFoundException")
                .errorMessage(message)
                .build())
        .build();
  }

  private static InvokeResponse answered(InvokeRequest request, String payload) {
    InvokeResponse.Builder response =
        InvokeResponse.builder()
            .statusCode(200)
            .executedVersion("$LATEST")
            .payload(SdkBytes.fromUtf8String(payload));
    return "Tail".equals(request.logTypeAsString())
        ? response.logResult("U1RBUlQ=").build()
        : response.build();
  }

  private InvokeResponse failed(String message, String type, int line, String code) {
    String payload =
        "{\"errorMessage\":\""
            + message
            + "\",\"errorType\":\""
            + type
            + "\",\"requestId\":\""
            + ids.uuid()
            + "\",\"stackTrace\":[\"  File \\\"/var/task/handler.py\\\", line "
            + line
            + ", in handler\\n    "
            + code
            + "\\n\"]}";
    return InvokeResponse.builder()
        .statusCode(200)
        .functionError("Unhandled")
        .executedVersion("$LATEST")
        .payload(SdkBytes.fromUtf8String(payload))
        .build();
  }
}
