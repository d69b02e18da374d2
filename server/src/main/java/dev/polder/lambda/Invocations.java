package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.*;

/// Invoke, and the settings that bear on it.
final class Invocations {
  /// Bytes of a payload that is waited for, and of an event.
  private static final int SYNCHRONOUS = 6_291_456;

  private static final int EVENT = 1_048_576;

  /// What an account has, less what AWS keeps unreserved.
  private static final int RESERVABLE = 1000 - 100;

  private final Parts parts;
  private final Scope scope;

  Invocations(Parts parts, Scope scope) {
    this.parts = parts;
    this.scope = scope;
  }

  InvokeResponse invoke(InvokeRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    String type = request.invocationTypeAsString();
    String kind = type == null ? "RequestResponse" : type;
    refuse(request);
    FunctionConfig config =
        parts
            .catalogue()
            .config(name)
            .orElseThrow(() -> LambdaErrors.functionNotFound(name.qualifiedArn()));
    byte[] payload = payload(request);
    String context = context(request.clientContext());
    return switch (kind) {
      case "DryRun" -> InvokeResponse.builder().statusCode(204).build();
      case "Event" -> {
        limit(payload, EVENT);
        String id = parts.platform().ids().uuid();
        parts.async().accept(name, id, payload, context);
        yield InvokeResponse.builder().statusCode(202).payload(SdkBytes.fromUtf8String("")).build();
      }
      case "RequestResponse" -> {
        limit(payload, SYNCHRONOUS);
        boolean tail = request.logType() == LogType.TAIL;
        yield call(name, config, payload, context, tail);
      }
      default ->
          throw LambdaErrors.constraint(
              kind,
              "invocationType",
              "Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
    };
  }

  private static void refuse(InvokeRequest request) {
    if (request.durableExecutionName() != null) {
      throw LambdaErrors.unsupported("DurableExecutionName");
    }
    if (request.tenantId() != null) {
      throw LambdaErrors.unsupported("TenantId");
    }
  }

  private static void limit(byte[] payload, int limit) {
    if (payload.length > limit) {
      throw LambdaErrors.tooLarge(limit, "InvokeFunction");
    }
  }

  /// The payload, which must be JSON; `{}` where there is none, as functions at AWS see it.
  private static byte[] payload(InvokeRequest request) {
    SdkBytes given = request.payload();
    if (given == null || given.asByteArrayUnsafe().length == 0) {
      return "{}".getBytes(UTF_8);
    }
    byte[] payload = given.asByteArray();
    limit(payload, SYNCHRONOUS);
    try {
      Json.parse(payload);
    } catch (Json.Malformed e) {
      throw LambdaErrors.content(String.valueOf(e.getMessage()));
    }
    return payload;
  }

  private static String context(@Nullable String base64) {
    if (base64 == null) {
      return "";
    }
    try {
      String text = new String(Base64.getDecoder().decode(base64), UTF_8);
      Json.parse(text);
      return text;
    } catch (IllegalArgumentException | Json.Malformed e) {
      throw LambdaErrors.content("Client context must be a valid Base64-encoded JSON object.");
    }
  }

  private InvokeResponse call(
      FunctionName name, FunctionConfig config, byte[] payload, String context, boolean tail) {
    String id = parts.platform().ids().uuid();
    Integer reserved = parts.catalogue().get(name).reserved();
    var call = new Invoker.Call(name, config, id, payload);
    Invoker.Completed completed = parts.invoker().run(call, context, reserved);
    if (completed.stopped()) {
      throw LambdaErrors.stopped();
    }
    var answer =
        InvokeResponse.builder()
            .statusCode(200)
            .executedVersion(config.version())
            .payload(SdkBytes.fromByteArrayUnsafe(completed.payload()));
    if (completed.failed()) {
      answer.functionError("Unhandled");
    }
    if (tail) {
      answer.logResult(Base64.getEncoder().encodeToString(completed.tail()));
    }
    return answer.build();
  }

  PutFunctionConcurrencyResponse reserve(PutFunctionConcurrencyRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    Integer wanted = request.reservedConcurrentExecutions();
    if (wanted == null || wanted < 0) {
      throw LambdaErrors.constraint(
          wanted,
          "reservedConcurrentExecutions",
          "Member must have value greater than or equal to 0");
    }
    if (wanted > RESERVABLE) {
      throw LambdaErrors.invalid(
          "Specified ReservedConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of [100].");
    }
    parts.catalogue().update(name, function -> function.withReserved(wanted));
    return PutFunctionConcurrencyResponse.builder().reservedConcurrentExecutions(wanted).build();
  }

  GetFunctionConcurrencyResponse reserved(GetFunctionConcurrencyRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    return GetFunctionConcurrencyResponse.builder()
        .reservedConcurrentExecutions(parts.catalogue().get(name).reserved())
        .build();
  }

  DeleteFunctionConcurrencyResponse release(DeleteFunctionConcurrencyRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    parts.catalogue().update(name, function -> function.withReserved(null));
    return DeleteFunctionConcurrencyResponse.builder().build();
  }

  PutFunctionEventInvokeConfigResponse putEventConfig(PutFunctionEventInvokeConfigRequest request) {
    FunctionName name = unqualified(request.functionName(), request.qualifier());
    var destinations = request.destinationConfig();
    if (destinations != null
        && (destinations.onFailure() != null || destinations.onSuccess() != null)) {
      throw LambdaErrors.unsupported("DestinationConfig");
    }
    int retries = within(request.maximumRetryAttempts(), 2, "maximumRetryAttempts", 0, 2);
    int age =
        within(request.maximumEventAgeInSeconds(), 21600, "maximumEventAgeInSeconds", 60, 21600);
    var settings = new LambdaFunction.AsyncSettings(retries, age, true);
    parts.catalogue().update(name, function -> function.with(settings));
    return PutFunctionEventInvokeConfigResponse.builder()
        .functionArn(name.arn() + ":" + FunctionName.LATEST)
        .maximumRetryAttempts(retries)
        .maximumEventAgeInSeconds(age)
        .lastModified(parts.platform().time().instant())
        .build();
  }

  /// One setting per function; AWS has one per version and alias.
  private FunctionName unqualified(@Nullable String text, @Nullable String qualifier) {
    FunctionName name = FunctionName.parse(scope, text, qualifier);
    if (!name.isLatest()) {
      throw LambdaErrors.unsupported("Qualifier " + name.qualifier() + " of an event config");
    }
    return name;
  }

  private static int within(
      @Nullable Integer given, int otherwise, String member, int from, int to) {
    int value = given == null ? otherwise : given;
    if (value < from || value > to) {
      throw LambdaErrors.constraint(
          value, member, "Member must have value between " + from + " and " + to);
    }
    return value;
  }

  GetFunctionEventInvokeConfigResponse eventConfig(GetFunctionEventInvokeConfigRequest request) {
    FunctionName name = unqualified(request.functionName(), request.qualifier());
    LambdaFunction function = parts.catalogue().get(name);
    if (!function.async().set()) {
      throw noEventConfig(name);
    }
    return GetFunctionEventInvokeConfigResponse.builder()
        .functionArn(name.arn() + ":" + FunctionName.LATEST)
        .maximumRetryAttempts(function.async().retries())
        .maximumEventAgeInSeconds(function.async().maxAge())
        .lastModified(function.latest().lastModified())
        .build();
  }

  private static RuntimeException noEventConfig(FunctionName name) {
    return LambdaErrors.notFound(
        "The function " + name.arn() + ":$LATEST doesn't have an EventInvokeConfig");
  }

  DeleteFunctionEventInvokeConfigResponse deleteEventConfig(
      DeleteFunctionEventInvokeConfigRequest request) {
    FunctionName name = unqualified(request.functionName(), request.qualifier());
    if (!parts.catalogue().get(name).async().set()) {
      throw noEventConfig(name);
    }
    parts.catalogue().update(name, function -> function.with(LambdaFunction.AsyncSettings.DEFAULT));
    return DeleteFunctionEventInvokeConfigResponse.builder().build();
  }
}
