package dev.polder.appsync.transform.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.Transform;
import dev.polder.appsync.transform.TransformOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The first generation's directives. What is expected was compared with what Amplify's last tool
/// for them makes of the same schemas.
final class FirstGenerationTest {
  private static final AuthModes MODES = new AuthModes(AuthMode.API_KEY, Set.of(AuthMode.values()));

  private static Api transform(String schema) {
    return transform(schema, Map.of());
  }

  private static Api transform(String schema, Map<String, Object> flags) {
    return Transform.of(new TransformOptions(Generation.V1, flags, MODES, Map.of())).apply(schema);
  }

  private static String sdl(Api api) {
    return api.sdl().replaceAll("\\s+", " ");
  }

  private static Resolver resolver(Api api, String type, String field) {
    return Objects.requireNonNull(api.resolvers().get(new FieldName(type, field)), field);
  }

  @Test
  void keysOfSeveralFields() {
    Api api =
        transform(
            """
            type Order
              @model
              @key(fields: ["customer", "status", "at"])
              @key(name: "byStatus", fields: ["status", "at"], queryField: "ordersByStatus") {
              customer: ID!
              status: Status!
              at: AWSDateTime!
            }
            enum Status { OPEN CLOSED }
            """);

    var model = Objects.requireNonNull(api.models().get("Order"));
    assertThat(model.key().fields()).containsExactly("customer", "status", "at");
    assertThat(model.key().sortAttribute()).contains("status#at");
    assertThat(model.indexes())
        .extracting(TableIndex::name, index -> index.key().fields(), TableIndex::local)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("byStatus", List.of("status", "at"), false));
    assertThat(sdl(api))
        .contains(
            "getOrder(customer: ID!, status: Status!, at: AWSDateTime!): Order",
            "listOrders(customer: ID, statusAt: ModelOrderPrimaryCompositeKeyConditionInput,"
                + " filter: ModelOrderFilterInput, limit: Int, nextToken: String,"
                + " sortDirection: ModelSortDirection): ModelOrderConnection",
            "ordersByStatus(status: Status, at: ModelStringKeyConditionInput,"
                + " sortDirection: ModelSortDirection, filter: ModelOrderFilterInput, limit: Int,"
                + " nextToken: String): ModelOrderConnection",
            "input DeleteOrderInput { customer: ID! status: Status! at: AWSDateTime! }",
            "input ModelOrderPrimaryCompositeKeyInput { status: Status at: String }");
  }

  @Test
  void connectionsThatMakeTheirOwnKeys() {
    Api api =
        transform(
            """
            type Post @model {
              id: ID!
              comments: [Comment]
                @connection(name: "PostComments", keyField: "postId", sortField: "at", limit: 5)
            }
            type Comment @model {
              id: ID!
              at: String!
              post: Post! @connection(name: "PostComments", keyField: "postId", sortField: "at")
            }
            """);

    assertThat(resolver(api, "Post", "comments"))
        .isEqualTo(new Resolver.Children("Comment", "gsi-PostComments", List.of("id"), true, 5));
    assertThat(resolver(api, "Comment", "post"))
        .isEqualTo(new Resolver.One("Post", null, List.of("postId")));
    assertThat(Objects.requireNonNull(api.models().get("Comment")).index("gsi-PostComments").key())
        .isEqualTo(new TableKey("postId", List.of("at")));
    assertThat(sdl(api))
        .contains(
            "comments(at: ModelStringKeyConditionInput, filter: ModelCommentFilterInput,"
                + " sortDirection: ModelSortDirection, limit: Int, nextToken: String):"
                + " ModelCommentConnection",
            "input CreateCommentInput { id: ID at: String! postId: ID! }");
  }

  @Test
  void rulesShowAsTheServicesDirectives() {
    Api api =
        transform(
            """
            type Note @model
              @auth(rules: [{allow: owner}, {allow: private, provider: iam, operations: [read]}]) {
              id: ID!
              text: String
            }
            """);

    assertThat(sdl(api))
        .contains(
            "type Note @aws_iam @aws_cognito_user_pools {",
            "owner: String",
            "getNote(id: ID!): Note @aws_iam @aws_cognito_user_pools",
            "createNote(input: CreateNoteInput!, condition: ModelNoteConditionInput): Note"
                + " @aws_cognito_user_pools",
            "onCreateNote(owner: String): Note @aws_subscribe(mutations: [\"createNote\"])"
                + " @aws_iam @aws_cognito_user_pools");
    assertThat(Objects.requireNonNull(api.typeRules().get("Note"))).hasSize(2);
  }

  @Test
  void identifierThatNoDirectiveMakesTheKeyIsStoredAsText() {
    Api api =
        transform(
            "type A @model @key(name: \"byId\", fields: [\"id\", \"n\"]) { id: Int! n: Int! @function(name: \"f\") }");

    assertThat(api.models().get("A").key()).isEqualTo(new TableKey("id", List.of(), true));
    assertThat(api.models().get("A").indexes())
        .containsExactly(new TableIndex("byId", new TableKey("id", List.of("n"), true), true));
    assertThat(api.models().get("A").fields()).containsKey("n");
  }

  @Test
  void argumentsOfHttpFieldsBecomeThoseOfTheRequest() {
    Api api =
        transform(
            """
            type Query {
              one(id: ID!, long: Boolean): String @http(url: "https://example.com/posts/:id")
            }
            """);

    assertThat(sdl(api))
        .contains(
            "one(params: QueryOneParamsInput!, query: QueryOneQueryInput): String",
            "input QueryOneParamsInput { id: String! }",
            "input QueryOneQueryInput { long: Boolean }");
    assertThat(resolver(api, "Query", "one"))
        .isEqualTo(
            new Resolver.Http("GET", "https://example.com", "/posts/:id", List.of(), List.of()));
  }

  @Test
  void ownersFieldIsAddedUnlessTheProjectSaysNo() {
    String schema = "type A @model(subscriptions: null) @auth(rules: [{allow: owner}]) { id: ID! }";

    assertThat(sdl(transform(schema))).contains(" owner: String ");
    assertThat(sdl(transform(schema, Map.of("addMissingOwnerFields", false))))
        .doesNotContain(" owner: String ");
    assertThat(
            sdl(
                transform(
                    schema.replace("(subscriptions: null)", ""),
                    Map.of("addMissingOwnerFields", false))))
        .describedAs("who subscribes by owner sees the owner")
        .contains(" updatedAt: AWSDateTime! owner: String }");
  }

  @Test
  void everyRuleForOwnersHasItsArgument() {
    String rules = "{allow: owner, identityClaim: \"sub\"}, {allow: owner}";
    assertThat(sdl(transform("type A @model @auth(rules: [%s]) { id: ID! }".formatted(rules))))
        .contains("onCreateA(owner: String, owner: String)");
  }

  @Test
  void namedSubscriptionsStandWithoutTheirMutation() {
    Api api =
        transform(
            """
            type A @model(mutations: {create: "addA"}, subscriptions: {onCreate: ["added"], onDelete: ["gone"]})
              @auth(rules: [{allow: owner}]) {
              id: ID!
            }
            """);

    assertThat(sdl(api))
        .contains(
            "added(owner: String!): A @aws_subscribe(mutations: [\"addA\"])",
            "gone: A @aws_subscribe(mutations: [])");
  }

  @Test
  void directivesDoNotSeeWhatExtensionsAdd() {
    Api api =
        transform(
            """
            extend type A { more: String related: [A] }
            type A @model { id: ID! kind: Kind at: Place }
            enum Kind { OPEN }
            extend enum Kind { CLOSED }
            type Place { x: Float }
            extend type Place { y: Float }
            """);

    assertThat(sdl(api))
        .contains(
            "type A { id: ID! kind: Kind at: Place more: String related: [A]",
            "input CreateAInput { id: ID kind: Kind at: PlaceInput }",
            "enum Kind { OPEN CLOSED }",
            "input PlaceInput { x: Float y: Float }");
  }

  @Test
  void rulesOfFieldsKnowNoQueriesAndMutations() {
    String schema =
        "type A @model(subscriptions: null) { id: ID! a: Int @auth(rules: [{allow: private, queries: null}]) }";

    assertThat(sdl(transform(schema))).contains("getA(id: ID!): A @aws_cognito_user_pools");
  }

  @Test
  void versionsAreExpectedOnUpdates() {
    Api api = transform("type Page @model @versioned { id: ID! text: String }");

    assertThat(Objects.requireNonNull(api.models().get("Page")).versioning())
        .isEqualTo(Model.Versioning.USUAL);
    assertThat(sdl(api))
        .contains("version: Int!", "input DeletePageInput { id: ID expectedVersion: Int! }");
  }

  @Test
  void pluralsAreEnglishOnlyWhereTheProjectSaysSo() {
    String schema = "type Category @model { id: ID! }";

    assertThat(sdl(transform(schema))).contains("listCategorys(");
    assertThat(sdl(transform(schema, Map.of("improvePluralization", true))))
        .contains("listCategories(");
  }

  @Test
  void validationDrawsWhatItSpeaksOf() {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> transform("type A @model { id: ID! b: IDx @key }"))
        .satisfies(refused ->
            assertThat(refused.problems().getFirst().message())
                .isEqualTo(
                    """
                    Schema validation failed.

                    Unknown type "IDx". Did you mean "ID" or "Int"?

                    GraphQL request:1:28
                    1 | type A @model { id: ID! b: IDx @key }
                      |                            ^

                    Directive "@key" may not be used on FIELD_DEFINITION.

                    GraphQL request:1:32
                    1 | type A @model { id: ID! b: IDx @key }
                      |                                ^

                    Directive "@key" argument "fields" of type "[String!]!" is required, but it was not provided.

                    GraphQL request:1:32
                    1 | type A @model { id: ID! b: IDx @key }
                      |                                ^\s\
                    """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type A @model { id ID }                        | GraphQLError | Syntax Error: Expected \":\", found Name \"ID\".",
        "type A @model { id: ID! b: ID @index }         | SchemaValidationError | Your GraphQL Schema is using \"@index\" directive from the newer version of the GraphQL Transformer. Visit https://docs.amplify.aws/cli/migration/transformer-migration/ to learn how to migrate your GraphQL schema.",
        "type A @model { id: ID! } query { getA }       | Error | Found a OperationDefinition. Transformers accept only documents consisting of TypeSystemDefinitions.",
        "type Mutation @model { id: ID! a: Mutation @connection } | InvalidDirectiveError | 'Mutation' is a reserved type name and currently in use within the default schema element.",
        "type A @model @key(fields: [\"b\"]) { id: ID! }  | InvalidDirectiveError | You cannot specify a nonexistent field 'b' in @key '<unnamed>' on type 'A'.",
        "type A @auth(rules: [{allow: owner}]) { id: ID! } | InvalidDirectiveError | Types annotated with @auth must also be annotated with @model.",
        "type A @model { id: ID! b: B @connection(fields: [\"c\"]) } type B @model { id: ID! } | InvalidDirectiveError | c is not a field in A",
        "type A @searchable @model { id: ID! }          | InvalidDirectiveError | @searchable is not supported.",
        "interface I { id: ID! @connection }            | InvalidDirectiveError | @connection must be on an @model object type field.",
        "type A @model @auth(rules: [{allow: public, groups: [\"g\"], groupsField: \"f\"}]) { id: ID! } | InvalidDirectiveError | This rule has groupsField and groups, please use one or the other",
        "type A @model { id: ID! b: Int @deprecated(reason: 1) } | GraphQLError | Argument \"reason\" has invalid value 1.",
      })
  void wrongSchemasAreRefusedAsTheToolDid(String schema, String kind, String message) {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> transform(schema))
        .satisfies(refused ->
            assertThat(refused.problems().getFirst())
                .extracting(Problem::kind, Problem::message)
                .containsExactly(kind, message));
  }
}
