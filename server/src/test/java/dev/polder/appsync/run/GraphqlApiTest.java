package dev.polder.appsync.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Resolver;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Answers of an API whose fields are functions: shapes of errors, scalars, limits.
class GraphqlApiTest {
  private static final String SDL =
      """
      schema { query: Query mutation: Mutation }
      type Query {
        note(id: ID, status: Status, input: NoteInput): Note
        notes: [Note]
        required: Required
        scalars(date: AWSDate, time: AWSTime, at: AWSDateTime, seconds: AWSTimestamp,
          email: AWSEmail, json: AWSJSON, url: AWSURL, phone: AWSPhone, ip: AWSIPAddress): Scalars
        echo(input: NoteInput!): AWSJSON
      }
      type Mutation { fire: EventInvocationResponse change(id: ID!): Note }
      type EventInvocationResponse { success: Boolean! }
      type Note { id: ID! title: String author: Author }
      type Author { name: String }
      type Required { requiredField: String! }
      type Scalars { date: AWSDate time: AWSTime at: AWSDateTime seconds: AWSTimestamp
        email: AWSEmail json: AWSJSON url: AWSURL phone: AWSPhone ip: AWSIPAddress }
      input NoteInput { id: ID! title: String at: AWSDateTime limit: Int }
      enum Status { OPEN CLOSED }
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private final Lambda lambda = new Lambda();
  private final List<MutationListener.Mutation> told = new ArrayList<>();

  private static final class Lambda implements LambdaClient {
    final Map<String, Function<Map<String, Object>, InvokeResponse>> functions =
        new LinkedHashMap<>();
    final List<InvokeRequest> invoked = new ArrayList<>();

    void answers(String name, Function<Map<String, Object>, @Nullable Object> function) {
      functions.put(
          name,
          event ->
              InvokeResponse.builder()
                  .payload(SdkBytes.fromString(Json.write(function.apply(event)), UTF_8))
                  .build());
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      synchronized (invoked) {
        invoked.add(request);
      }
      return functions
          .get(request.functionName())
          .apply(Json.parseObject(request.payload().asUtf8String()));
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(LambdaClient.class, lambda);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private GraphqlApi api(Limits limits) {
    Map<FieldName, Resolver> resolvers = new LinkedHashMap<>();
    for (String field : List.of("note", "notes", "required", "scalars", "echo")) {
      resolvers.put(new FieldName("Query", field), function(field + "-${env}", false));
    }
    resolvers.put(new FieldName("Mutation", "fire"), function("fire-${env}", true));
    resolvers.put(new FieldName("Mutation", "change"), function("change-${env}", false));
    resolvers.put(
        new FieldName("Note", "author"),
        new Resolver.Functions(
            List.of(
                new Resolver.FunctionCall("first", null, null, false),
                new Resolver.FunctionCall("second", null, null, false))));
    var api = new Api(Generation.V2, SDL, Map.of(), resolvers, Map.of(), Map.of());
    return new GraphqlApi(
        new ServedApi(Scope.DEFAULT, "api1", "notes", "dev", api, limits),
        new Services(platform.platform(), Scope.DEFAULT, Set.of()),
        Access.ALL,
        (_, mutation) -> told.add(mutation));
  }

  private static Resolver function(String name, boolean event) {
    return new Resolver.Functions(List.of(new Resolver.FunctionCall(name, null, null, event)));
  }

  private Answer ask(String query, Map<String, Object> variables) {
    return api(Limits.STANDARD).execute(request(query, variables));
  }

  private static Request request(String query, Map<String, Object> variables) {
    return new Request(
        query, null, variables, Map.of("x-api-key", "da2-k"), Identity.apiKey(), false);
  }

  private String body(String query) {
    return body(query, Map.of());
  }

  private String body(String query, Map<String, Object> variables) {
    return Json.write(ask(query, variables).body());
  }

  @Test
  void functionGetsTheEventOfTheRealService() {
    lambda.answers("note-dev", _ -> Map.of("id", "1", "author", Map.of("name", "x")));
    lambda.answers("first", _ -> Map.of("step", 1));
    lambda.answers("second", _ -> Map.of("name", "Ann"));

    String body = body("{ note(id: \"1\") { id author { name } } }");

    assertThat(body)
        .isEqualTo("{\"data\":{\"note\":{\"id\":\"1\",\"author\":{\"name\":\"Ann\"}}}}");
    assertThat(Json.parse(lambda.invoked.get(0).payload().asUtf8String()))
        .isEqualTo(
            Json.parse(
                """
                {"typeName":"Query","fieldName":"note","arguments":{"id":"1"},"identity":null,
                 "source":null,"request":{"headers":{"x-api-key":"da2-k"}},
                 "prev":{"result":{}}}\
                """));
    assertThat(Json.parse(lambda.invoked.get(2).payload().asUtf8String()))
        .isEqualTo(
            Json.parse(
                """
                {"typeName":"Note","fieldName":"author","arguments":{},"identity":null,
                 "source":{"id":"1","author":{"name":"x"}},
                 "request":{"headers":{"x-api-key":"da2-k"}},
                 "prev":{"result":{"step":1}}}\
                """));
  }

  @Test
  void thrownErrorIsUnhandled() {
    lambda.functions.put(
        "note-dev",
        _ ->
            InvokeResponse.builder()
                .functionError("Unhandled")
                .payload(
                    SdkBytes.fromUtf8String(
                        "{\"errorType\":\"TypeError\",\"errorMessage\":\"no id\",\"trace\":[]}"))
                .build());
    assertThat(body("{ note { id } }"))
        .isEqualTo(
            "{\"data\":{\"note\":null},\"errors\":[{\"path\":[\"note\"],\"data\":null,"
                + "\"errorType\":\"Lambda:Unhandled\",\"errorInfo\":null,"
                + "\"locations\":[{\"line\":1,\"column\":3,\"sourceName\":null}],"
                + "\"message\":\"no id\"}]}");
  }

  @Test
  void eventIsNotAwaited() {
    lambda.answers("fire-dev", _ -> null);
    assertThat(body("mutation { fire { success } }"))
        .isEqualTo("{\"data\":{\"fire\":{\"success\":true}}}");
    assertThat(lambda.invoked.getFirst().invocationType()).isEqualTo(InvocationType.EVENT);
  }

  @Test
  void nullInNonNullIsNamedWithItsPath() {
    lambda.answers("required-dev", _ -> Map.of());
    assertThat(body("{ required { requiredField } }"))
        .isEqualTo(
            "{\"data\":{\"required\":null},\"errors\":[{\"path\":[\"required\",\"requiredField\"],"
                + "\"locations\":null,\"message\":\"Cannot return null for non-nullable type:"
                + " 'String' within parent 'Required' (/required/requiredField)\"}]}");
  }

  @Test
  void validationErrorsHaveTheOldWords() {
    assertThat(body("{ note { x } }"))
        .isEqualTo(
            "{\"data\":null,\"errors\":[{\"path\":null,"
                + "\"locations\":[{\"line\":1,\"column\":10,\"sourceName\":null}],"
                + "\"message\":\"Validation error of type FieldUndefined: Field 'x' in type 'Note'"
                + " is undefined @ 'note/x'\"}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ note } | SubSelectionRequired: Sub selection required for type Note of field note @ 'note'",
        "{ note(foo: 1) { id } } | UnknownArgument: Unknown field argument foo @ 'note'",
        "{ note(input: {title: 1}) { id } } | WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=IntValue{value=1}}]}' is missing required fields '[id]' @ 'note'",
        "{ note(status: NOPE) { id } } | WrongType: argument 'status' with value 'EnumValue{name='NOPE'}' is not a valid 'Status' @ 'note'",
        "{ scalars(at: \"2020\") { at } } | WrongType: argument 'at' with value 'StringValue{value='2020'}' is not a valid 'AWSDateTime' @ 'scalars'",
        "query($a: String!) { note(id: $a) { id } } | VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID' @ 'note'",
        "mutation { change { id } } | MissingFieldArgument: Missing field argument id @ 'change'",
        "{ note { ...f } } | UndefinedFragment: Undefined fragment f @ 'note'",
      })
  void wrongQueriesAreRefusedInTheWordsOfTheService(String query, String message) {
    assertThat(body(query)).contains("Validation error of type " + message + "\"");
  }

  @Test
  void variablesAreRefusedInTheWordsOfTheService() {
    String echo = "query($input: NoteInput!) { echo(input: $input) }";
    assertThat(body(echo, Map.of("input", Map.of("title", "x"))))
        .isEqualTo(
            "{\"data\":null,\"errors\":[{\"path\":null,"
                + "\"locations\":[{\"line\":1,\"column\":7,\"sourceName\":null}],"
                + "\"message\":\"Variable 'input' has coerced Null value for NonNull type 'ID!'\"}]}");
    assertThat(body(echo, Map.of("input", Map.of("id", "1", "foo", 1))))
        .contains(
            "The variables input contains a field that is not defined for input object type"
                + " 'NoteInput' \"");
    assertThat(
            body(
                "query($json: AWSJSON) { scalars(json: $json) { json } }",
                Map.of("json", Map.of("key1", "hi"))))
        .contains("Variable 'json' has an invalid value. Unable to parse {key1=hi} as valid JSON.");
  }

  @Test
  void scalarsGoThereAndBack() {
    lambda.answers("scalars-dev", event -> event.get("arguments"));
    String query =
        """
        { scalars(date: "2020-02-29Z", time: "12:00:00.123+01:00", at: "-0044-03-15T12:00Z",
          seconds: -5, email: "local-part@domain-part", json: "{\\"b\\":1,\\"a\\":[2]}",
          url: "https://example.org/x", phone: "+44 20-7946-0958", ip: "2001:db8::1/64")
          { date time at seconds email json url phone ip } }\
        """;
    assertThat(body(query))
        .isEqualTo(
            "{\"data\":{\"scalars\":{\"date\":\"2020-02-29Z\",\"time\":\"12:00:00.123+01:00\","
                + "\"at\":\"-0044-03-15T12:00Z\",\"seconds\":-5,"
                + "\"email\":\"local-part@domain-part\",\"json\":\"{\\\"b\\\":1,\\\"a\\\":[2]}\","
                + "\"url\":\"https://example.org/x\",\"phone\":\"+44 20-7946-0958\","
                + "\"ip\":\"2001:db8::1/64\"}}}");
  }

  @Test
  void storedValueThatIsNoneOfItsScalarIsAnErrorOfItsField() {
    lambda.answers("scalars-dev", _ -> Map.of("at", "yesterday", "date", "2020-01-01"));
    assertThat(body("{ scalars { at date } }"))
        .contains("\"data\":{\"scalars\":{\"at\":null,\"date\":\"2020-01-01\"}}")
        .contains(
            "Can't serialize value (/scalars/at) : Unable to serialize `yesterday` as a valid"
                + " DateTime Object.");
  }

  @Test
  void requestThatLastsTooLongIsAnsweredAtItsLimit() {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    lambda.functions.put(
        "note-dev",
        _ -> {
          begun.countDown();
          await(end);
          return InvokeResponse.builder().build();
        });
    GraphqlApi api = api(Limits.STANDARD);
    var answered = new CompletableFuture<Answer>();
    Thread.ofVirtual()
        .start(() -> answered.complete(api.execute(request("{ note { id } }", Map.of()))));
    await(begun);
    platform.time().advance(Duration.ofSeconds(31));

    assertThat(Json.write(answered.join().body()))
        .isEqualTo(
            "{\"data\":{\"note\":null},\"errors\":[{\"path\":[\"note\"],\"data\":null,"
                + "\"errorType\":\"ExecutionTimeout\",\"errorInfo\":null,"
                + "\"locations\":[{\"line\":1,\"column\":3,\"sourceName\":null}],"
                + "\"message\":\"Execution timed out.\"}]}");
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void limitsAreKept() {
    lambda.answers("note-dev", _ -> Map.of("id", "1", "author", Map.of()));
    var shallow = new Limits(1, 10_000, true, 30);
    assertThat(Json.write(api(shallow).execute(request("{ note { id } }", Map.of())).body()))
        .contains("Query depth limit");
    var few = new Limits(0, 1, true, 30);
    assertThat(
            Json.write(
                api(few).execute(request("{ a: note { id } b: note { id } }", Map.of())).body()))
        .contains("\"id\":\"1\"")
        .contains("Resolver invocation limit");
    var closed = new Limits(0, 1, false, 30);
    assertThat(
            Json.write(
                api(closed)
                    .execute(request("{ __schema { queryType { name } } }", Map.of()))
                    .body()))
        .doesNotContain("\"Query\"");
  }

  @Test
  void listenersSeeWhatWasSelectedByName() {
    lambda.answers("change-dev", _ -> Map.of("id", "1", "title", "t"));
    body("mutation { a: change(id: 1) { key: id __typename } }");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().field()).isEqualTo("change");
    assertThat(told.getFirst().arguments()).isEqualTo(Map.of("id", "1"));
    assertThat(told.getFirst().selected()).isEqualTo(Map.of("id", "1", "__typename", "Note"));
  }

  @Test
  void textThatIsNoGraphqlIsMalformed() {
    Answer answer = ask("{ note {", Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.write(answer.body()))
        .contains("MalformedHttpRequestException", "Unable to parse GraphQL query.");
  }
}
