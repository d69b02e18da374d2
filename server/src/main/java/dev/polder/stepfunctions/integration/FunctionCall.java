package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Tasks of functions: by the function's own ARN, and by `lambda:invoke`.
record FunctionCall(Clients clients, ResponseMetadata metadata) {

  /// Invokes the function of an ARN with a payload; its answer is the result.
  TaskOutcome direct(Scope scope, String arn, Payload input) {
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(arn)
            .payload(SdkBytes.fromUtf8String(input.text()))
            .build();
    return invoke(scope(scope, arn), request, response -> Payload.ofText(text(response)));
  }

  /// `lambda:invoke`, whose result has the answer as its member `Payload`.
  TaskOutcome optimized(Scope scope, Arguments arguments) {
    String function = arguments.text("FunctionName");
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(function)
            .payload(SdkBytes.fromUtf8String(payload(arguments)))
            .invocationType(arguments.text("InvocationType"))
            .logType(arguments.text("LogType"))
            .qualifier(arguments.text("Qualifier"))
            .clientContext(arguments.text("ClientContext"))
            .build();
    return invoke(
        scope(scope, function == null ? "" : function),
        request,
        response -> Payload.of(described(response)));
  }

  // Recorded: a string is handed on as it is, and nothing becomes an empty object.
  private static String payload(Arguments arguments) {
    String text = arguments.text("Payload");
    return text == null ? "{}" : text;
  }

  private static Scope scope(Scope own, String function) {
    return Arn.parse(function).map(arn -> arn.scope(own)).orElse(own);
  }

  private TaskOutcome invoke(
      Scope scope, InvokeRequest request, Function<InvokeResponse, Payload> result) {
    try {
      InvokeResponse response = clients.get(LambdaClient.class, scope).invoke(request);
      return response.functionError() == null
          ? new TaskOutcome.Succeeded(result.apply(response))
          : failed(text(response));
    } catch (AwsServiceException e) {
      return refused(e);
    } catch (SdkException e) {
      return new TaskOutcome.Failed("Lambda.SdkClientException", e.getMessage());
    }
  }

  private static String text(InvokeResponse response) {
    SdkBytes payload = response.payload();
    String text = payload == null ? "" : payload.asString(StandardCharsets.UTF_8);
    return text.isEmpty() ? "null" : text;
  }

  /// An error that the function itself has told of.
  private static TaskOutcome failed(String payload) {
    Object told = parsed(payload);
    String message = told instanceof Map<?, ?> m ? String.valueOf(m.get("errorMessage")) : "";
    String type = told instanceof Map<?, ?> m && m.get("errorType") instanceof String t ? t : null;
    String error =
        type != null ? type : message.contains("timed out") ? "Sandbox.Timedout" : "Lambda.Unknown";
    return new TaskOutcome.Failed(error, payload);
  }

  private static @Nullable Object parsed(String payload) {
    try {
      return Json.parse(payload);
    } catch (Json.Malformed e) {
      return null;
    }
  }

  private static TaskOutcome refused(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "Unknown" : details.errorCode();
    String message = details == null ? e.getMessage() : details.errorMessage();
    return new TaskOutcome.Failed(
        "Lambda." + code,
        message
            + " (Service: AWSLambda; Status Code: "
            + e.statusCode()
            + "; Error Code: "
            + code
            + "; Request ID: "
            + e.requestId()
            + "; Proxy: null)");
  }

  private Map<String, @Nullable Object> described(InvokeResponse response) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    if (response.logResult() != null) {
      headers.put("X-Amz-Log-Result", response.logResult());
      result.put("LogResult", response.logResult());
    }
    String version = response.executedVersion();
    if (version != null) {
      headers.put("X-Amz-Executed-Version", version);
      result.put("ExecutedVersion", version);
    }
    headers.put("x-amzn-Remapped-Content-Length", "0");
    headers.put("Connection", "keep-alive");
    headers.put("X-Amzn-Trace-Id", "root=1-00000000-000000000000000000000000;sampled=0");
    SdkBytes payload = response.payload();
    int length = payload == null ? 0 : payload.asByteArrayUnsafe().length;
    if (length > 0) {
      result.put("Payload", parsed(text(response)));
    }
    int status = response.statusCode() == null ? 200 : response.statusCode();
    result.putAll(metadata.of(headers, "application/json", length, status));
    result.put("StatusCode", status);
    return result;
  }
}
