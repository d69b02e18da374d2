package dev.polder.appsync.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.Resolver.FunctionCall;
import dev.polder.kernel.Json;
import graphql.language.AstPrinter;
import graphql.language.SelectionSet;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.SelectedField;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// The resolver `@function`: calls functions with the event that Amplify's templates make.
final class FunctionCalls {
  // The service's limit on what a resolver's template evaluates to.
  private static final int LARGEST_ANSWER = 5 << 20;
  private static final int LONGEST_QUOTE = 1000;

  private final ServedApi api;

  FunctionCalls(ServedApi api) {
    this.api = api;
  }

  /// Calls the functions in a row.
  ///
  /// @param source what the field is a member of; null for a field of a root type
  /// @return what the last of them answered
  /// @throws FieldException with what a function threw
  @Nullable Object call(
      Request request,
      Calls calls,
      FieldName field,
      Resolver.Functions functions,
      Map<String, @Nullable Object> arguments,
      @Nullable Object source) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("typeName", field.type());
    event.put("fieldName", field.field());
    event.put("arguments", arguments);
    event.put("identity", request.identity().json());
    event.put("source", source);
    event.put("request", Map.of("headers", request.headers()));
    Object result = Map.of();
    for (FunctionCall function : functions.calls()) {
      Map<String, @Nullable Object> previous = new LinkedHashMap<>();
      previous.put("result", result);
      event.put("prev", previous);
      result = invoke(calls, function, event);
    }
    return result;
  }

  /// Calls a function with the whole context of a field.
  ///
  /// https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference.html
  @Nullable Object call(
      Request request, Calls calls, DataFetchingEnvironment environment, Resolver.Direct direct) {
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put(
        "selectionSetList",
        environment.getSelectionSet().getFields().stream()
            .map(SelectedField::getQualifiedName)
            .distinct()
            .toList());
    SelectionSet selections = environment.getField().getSelectionSet();
    info.put("selectionSetGraphQL", selections == null ? "" : AstPrinter.printAst(selections));
    info.put("parentTypeName", GraphQLTypeUtil.simplePrint(environment.getParentType()));
    info.put("fieldName", environment.getField().getName());
    info.put("variables", request.variables());
    Map<String, @Nullable Object> sent = new LinkedHashMap<>();
    sent.put("headers", request.headers());
    sent.put("domainName", null);
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("arguments", environment.getArguments());
    event.put("identity", request.identity().json());
    event.put("source", environment.getSource());
    event.put("request", sent);
    event.put("prev", null);
    event.put("info", info);
    event.put("stash", Map.of());
    return invoke(calls, new FunctionCall(direct.function(), null, null, false), event);
  }

  private @Nullable Object invoke(
      Calls calls, FunctionCall function, Map<String, @Nullable Object> event) {
    String name = api.named(function.name());
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(name)
            .invocationType(
                function.event() ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE)
            .payload(SdkBytes.fromString(Json.write(event), UTF_8))
            .build();
    InvokeResponse answer =
        calls.invoke(
            name,
            calls.services().lambda(function.account(), function.region()),
            lambda -> lambda.invoke(request));
    if (function.event()) {
      return Map.of("success", true);
    }
    if (answer.functionError() != null) {
      throw failure(answer);
    }
    byte[] payload = answer.payload() == null ? new byte[0] : answer.payload().asByteArrayUnsafe();
    if (payload.length > LARGEST_ANSWER) {
      throw new FieldException(
          "MappingTemplate", "Transformed template too large: more than 5 MB.");
    }
    return payload.length == 0 ? null : value(payload);
  }

  /// What a function answered; functions that write their answers themselves may write anything.
  private static @Nullable Object value(byte[] payload) {
    try {
      return Json.parse(payload);
    } catch (Json.Malformed _) {
      String text = new String(payload, UTF_8);
      String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) : text;
      throw new FieldException(
          "Lambda:IllegalArgument",
          "Error while de-serializing lambda response payload. Got: " + shown);
    }
  }

  // Whatever a function threw is of the type Lambda:Unhandled; see aws-appsync-community#209.
  private static FieldException failure(InvokeResponse answer) {
    String text = answer.payload() == null ? "" : answer.payload().asUtf8String();
    try {
      if (Json.parse(text) instanceof Map<?, ?> error
          && error.get("errorMessage") instanceof String message) {
        return new FieldException("Lambda:Unhandled", message);
      }
    } catch (Json.Malformed e) {
      return new FieldException("Lambda:Unhandled", text);
    }
    return new FieldException("Lambda:Unhandled", text);
  }
}
