package dev.polder.scheduler;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Json;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/// Makes the call that a target asks for.
final class TargetCaller {
  // The members by which operations recognise a repeated call. Where the schedule's input leaves
  // them out, the invocation's id is given.
  private static final Map<String, String> TOKENS =
      Map.of(
          "athena:startQueryExecution", "ClientRequestToken",
          "sfn:startExecution", "Name");

  private final Clients clients;
  private final ServiceCalls calls;

  TargetCaller(Clients clients, ServiceCalls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  /// How a call went.
  sealed interface Outcome {}

  record Done() implements Outcome {}

  /// Refused or failed.
  ///
  /// @param again whether the same call may succeed later
  record Failed(String code, String message, boolean again) implements Outcome {}

  Outcome call(Invocation invocation) {
    try {
      Target.Kind kind =
          invocation
              .target()
              .kind()
              .orElseThrow(() -> new IllegalStateException(invocation.target().arn()));
      switch (kind) {
        case Target.StateMachine machine -> start(machine.arn(), invocation);
        case Target.Function function -> invoke(function.arn(), invocation);
        case Target.Universal universal -> universal(universal, invocation);
      }
      return new Done();
    } catch (ExecutionAlreadyExistsException e) {
      return new Done();
    } catch (AwsServiceException e) {
      var details = e.awsErrorDetails();
      String code = details == null ? e.getClass().getSimpleName() : details.errorCode();
      String message = details == null ? e.getMessage() : details.errorMessage();
      return new Failed(code, String.valueOf(message), passes(e.statusCode(), code));
    } catch (ServiceCallException e) {
      return alreadyDone(e)
          ? new Done()
          : new Failed(
              e.errorCode(), String.valueOf(e.getMessage()), passes(e.statusCode(), e.errorCode()));
    }
  }

  /// Gives what could not be delivered to the schedule's dead-letter queue.
  Outcome deadLetter(Invocation invocation, String queueArn, Failed failed) {
    Arn queue = Arn.parse(queueArn).orElseThrow();
    try {
      calls.call(
          queue.scope(invocation.scope()),
          "sqs",
          "sendMessage",
          Map.of(
              "QueueUrl",
              queue.resource(),
              "MessageBody",
              Placeholders.input(invocation),
              "MessageAttributes",
              Map.of(
                  "ERROR_CODE",
                  attribute(failed.code()),
                  "ERROR_MESSAGE",
                  attribute(failed.message()))));
      return new Done();
    } catch (ServiceCallException e) {
      return new Failed(e.errorCode(), String.valueOf(e.getMessage()), false);
    }
  }

  private static Map<String, Object> attribute(String value) {
    return Map.of("DataType", "String", "StringValue", value);
  }

  private void start(Arn machine, Invocation invocation) {
    clients
        .get(SfnClient.class, machine.scope(invocation.scope()))
        .startExecution(r ->
            r.stateMachineArn(machine.toString())
                .name(invocation.id())
                .input(Placeholders.input(invocation)));
  }

  private void invoke(Arn function, Invocation invocation) {
    clients
        .get(LambdaClient.class, function.scope(invocation.scope()))
        .invoke(r ->
            r.functionName(function.toString())
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(Placeholders.input(invocation))));
  }

  private void universal(Target.Universal universal, Invocation invocation) {
    String given = invocation.target().input();
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    if (given != null) {
      input.putAll(Json.parseObject(Placeholders.fill(given, invocation)));
    }
    String token = TOKENS.getOrDefault(universal.service() + ":" + universal.action(), "");
    if (!token.isEmpty()) {
      input.putIfAbsent(token, invocation.id());
    }
    calls.call(invocation.scope(), universal.service(), universal.action(), input);
  }

  private static boolean alreadyDone(ServiceCallException e) {
    return e.errorCode().equals("ExecutionAlreadyExists");
  }

  /// Whether a failure is one that passes: the service is throttled or broken.
  private static boolean passes(int status, String code) {
    return status == 429
        || status >= 500
        || code.contains("Throttl")
        || code.contains("TooManyRequests")
        || code.contains("LimitExceeded");
  }
}
