package dev.polder.appsync.run;

import dev.polder.kernel.time.Time;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.ExecutionContext;
import graphql.execution.UnknownOperationException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.values.InputInterceptor;
import graphql.execution.values.legacycoercing.LegacyCoercingInputInterceptor;
import graphql.introspection.Introspection;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/// A GraphQL API that answers. Immutable; made anew when its schema or settings change.
public final class GraphqlApi {
  private static final String TRACE = TraceHeader.NAME.toLowerCase(Locale.ROOT);

  // The library's own limit is less than a thousand mutations in one request, which people send.
  private static final ParserOptions LONG =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(options -> options.maxTokens(100_000));

  // Values of other types become what is asked for, as in the service's engine, but for null, of
  // which the library would make the text "null" where it is in a list.
  private static final InputInterceptor LENIENT =
      (value, type, context, locale) ->
          value == null
              ? null
              : LegacyCoercingInputInterceptor.migratesValues()
                  .intercept(value, type, context, locale);

  private final ServedApi api;
  private final Services services;
  private final MutationListener listener;
  private final GraphQLSchema schema;
  private final GraphQL engine;

  /// @throws RuntimeException of the GraphQL library if the SDL is no schema
  public GraphqlApi(ServedApi api, Services services, Access access, MutationListener listener) {
    this.api = api;
    this.services = services;
    this.listener = listener;
    this.schema = new Wiring(api, access).schema();
    this.engine =
        GraphQL.newGraphQL(schema)
            .defaultDataFetcherExceptionHandler(FieldError.handler())
            .subscriptionExecutionStrategy(new AsyncExecutionStrategy(FieldError.handler()))
            .preparsedDocumentProvider(new Documents())
            .instrumentation(new Checks())
            .build();
  }

  /// The schema as it is executed and shown.
  public GraphQLSchema schema() {
    return schema;
  }

  /// The API that is served.
  public ServedApi served() {
    return api;
  }

  /// Runs a query or a mutation and waits for the answer, no longer than the limit.
  public Answer execute(Request request) {
    try (Time.Work _ = services.time().work();
        Span span = span(request)) {
      var running = new Running(request, services, span, api.limits().resolvers(), false);
      Answer answer = answer(request, running, run(request, running, null));
      span.set("http.response.status", Integer.toString(answer.status()));
      return answer;
    }
  }

  private Span span(Request request) {
    var from = TraceHeader.parse(request.headers().get(TRACE)).orElse(null);
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("origin", "AWS::AppSync::GraphQLAPI");
    attributes.put("aws.api_id", api.apiId());
    String host = request.headers().get("host");
    if (host != null) {
      String path = host.startsWith(api.apiId() + ".") ? "/graphql" : "/graphql/" + api.apiId();
      attributes.put("http.request.url", "http://" + host + path);
    }
    return services.tracer().begin(from, Span.Kind.SEGMENT, api.name(), attributes);
  }

  /// Checks a subscription and reads its arguments.
  ///
  /// @return the field, or the errors for which it cannot begin
  public Subscribed subscribe(Request request) {
    var running = new Running(request, services, Span.NONE, api.limits().resolvers(), true);
    ExecutionResult result = engine.execute(input(request, running, null));
    var begun = running.done();
    if (!result.getErrors().isEmpty() || begun.size() != 1) {
      return new Subscribed(null, Map.of(), shapes(request, result.getErrors()));
    }
    return new Subscribed(begun.getFirst().field(), begun.getFirst().arguments(), List.of());
  }

  /// What a subscription asks for.
  ///
  /// @param field such as `onCreatePost`; null if there are errors
  /// @param errors as an answer of HTTP would have them
  public record Subscribed(
      @Nullable String field,
      Map<String, @Nullable Object> arguments,
      List<Map<String, @Nullable Object>> errors) {}

  /// What a subscriber gets of a mutation.
  ///
  /// @param selected what the mutation's caller selected; fields that are not in it are null
  /// @return `{data, errors?}`
  public Map<String, @Nullable Object> deliver(
      Request subscription, Map<String, @Nullable Object> selected) {
    var running = new Running(subscription, services, Span.NONE, api.limits().resolvers(), true);
    return body(subscription, engine.execute(input(subscription, running, selected)));
  }

  private ExecutionResult run(
      Request request, Running running, @Nullable Map<String, @Nullable Object> root) {
    ExecutionInput input = input(request, running, root);
    var result = new CompletableFuture<ExecutionResult>();
    var due = services.time().instant().plus(Duration.ofSeconds(api.limits().seconds()));
    Time.Timer timer =
        services
            .time()
            .at(
                due,
                () -> {
                  input.cancel();
                  result.complete(timeout(input));
                });
    Thread.ofVirtual()
        .name("graphql")
        .start(() ->
            engine
                .executeAsync(input)
                .whenComplete(
                    (answer, thrown) -> result.complete(thrown == null ? answer : failed(thrown))));
    try {
      return result.join();
    } finally {
      timer.cancel();
    }
  }

  private static ExecutionResult failed(Throwable thrown) {
    FieldException failure = Failures.of(thrown);
    return ExecutionResult.newExecutionResult()
        .addError(GraphQLError.newError().message("%s", failure.message()).build())
        .build();
  }

  private ExecutionInput input(
      Request request, Running running, @Nullable Map<String, @Nullable Object> root) {
    Map<Object, Object> context = new HashMap<>();
    context.put(Running.class, running);
    context.put(InputInterceptor.class, LENIENT);
    context.put(ParserOptions.class, LONG);
    context.put(Introspection.INTROSPECTION_DISABLED, !api.limits().introspection());
    var builder =
        ExecutionInput.newExecutionInput(request.query())
            .graphQLContext(context)
            .variables(request.variables())
            .locale(Locale.ROOT)
            .dataLoaderRegistry(new DataLoaderRegistry());
    if (request.operationName() != null) {
      builder.operationName(request.operationName());
    }
    if (root != null) {
      builder.root(root);
    }
    return builder.build();
  }

  private Answer answer(Request request, Running running, ExecutionResult result) {
    boolean isBegun = result.isDataPresent();
    if (!isBegun && isUnparsable(result)) {
      return new Answer(400, request.strict() ? body(request, result) : unparsable());
    }
    if (!isBegun && !request.strict() && isUnnamed(request, result)) {
      return new Answer(400, refusal("BadRequestException", "Missing operation name."));
    }
    Map<String, @Nullable Object> body = body(request, result);
    if (isBegun) {
      tell(request, running, result);
    }
    return new Answer(isBegun || !request.strict() ? 200 : 400, body);
  }

  private static boolean isUnparsable(ExecutionResult result) {
    return result.getErrors().stream()
        .anyMatch(error -> error.getErrorType() == graphql.ErrorType.InvalidSyntax);
  }

  private static boolean isUnnamed(Request request, ExecutionResult result) {
    return request.operationName() == null
        && result.getErrors().stream().anyMatch(UnknownOperationException.class::isInstance);
  }

  /// What AppSync says of everything that is no request.
  public static Map<String, @Nullable Object> unparsable() {
    return refusal("MalformedHttpRequestException", "Unable to parse GraphQL query.");
  }

  /// The body of an answer that never came to execution.
  public static Map<String, @Nullable Object> refusal(String type, String message) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("errorType", type);
    error.put("message", message);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("errors", List.of(error));
    return body;
  }

  private static Map<String, @Nullable Object> body(Request request, ExecutionResult result) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (result.isDataPresent() || !request.strict()) {
      body.put("data", result.getData());
    }
    if (!result.getErrors().isEmpty()) {
      body.put("errors", shapes(request, result.getErrors()));
    }
    return body;
  }

  private static List<Map<String, @Nullable Object>> shapes(
      Request request, List<GraphQLError> errors) {
    return errors.stream().map(request.strict() ? ErrorShapes::strict : ErrorShapes::of).toList();
  }

  private void tell(Request request, Running running, ExecutionResult result) {
    if (running.done().isEmpty() || !(result.getData() instanceof Map<?, ?> data)) {
      return;
    }
    var selections = new Selected(running.fragments());
    for (Running.Done done : running.done()) {
      Object value = data.get(done.responseKey());
      Object selected = selections.of(done.selection().getFields(), value);
      if (selected instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        var fields = (Map<String, @Nullable Object>) map;
        listener.mutated(
            api.apiId(),
            new MutationListener.Mutation(request, done.field(), done.arguments(), fields));
      }
    }
  }

  private static ExecutionResult timeout(ExecutionInput input) {
    Running running = Objects.requireNonNull(input.getGraphQLContext().get(Running.class));
    OperationDefinition operation = running.operation();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    List<GraphQLError> errors = new ArrayList<>();
    var failure = new FieldException("ExecutionTimeout", "Execution timed out.");
    if (operation != null) {
      for (Selection<?> selection : operation.getSelectionSet().getSelections()) {
        if (selection instanceof Field field) {
          data.put(field.getResultKey(), null);
          var path = graphql.execution.ResultPath.rootPath().segment(field.getResultKey());
          errors.add(
              new FieldError(failure, path, Objects.requireNonNull(field.getSourceLocation())));
        }
      }
    }
    return ExecutionResult.newExecutionResult().data(data).errors(errors).build();
  }

  /// Refuses operations that are beyond the limits, before they begin.
  private final class Checks extends SimplePerformantInstrumentation {
    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
        InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
      ExecutionContext context = parameters.getExecutionContext();
      Running running =
          Objects.requireNonNull(context.getGraphQLContext().<Running>get(Running.class));
      OperationDefinition operation = context.getOperationDefinition();
      Measured measured = Measured.of(context.getDocument(), operation);
      running.begins(context, measured.fields());
      int most = api.limits().depth();
      if (most > 0 && measured.depth() > most) {
        throw new graphql.execution.AbortExecutionException(
            "Query depth limit reached: " + measured.depth() + " levels of " + most + " allowed.");
      }
      boolean isSubscription =
          operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION;
      if (isSubscription != running.delivers()) {
        throw new graphql.execution.AbortExecutionException(
            isSubscription
                ? "Subscriptions are served over WebSocket."
                : "Expected a subscription.");
      }
      return SimpleInstrumentationContext.noOp();
    }
  }
}
