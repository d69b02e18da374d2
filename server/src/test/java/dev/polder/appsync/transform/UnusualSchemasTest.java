package dev.polder.appsync.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import graphql.schema.GraphQLArgument;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Schemas at the edges of what Amplify's generator of the second generation was made for. Each
/// expectation was compared with what it makes of the same schema.
class UnusualSchemasTest {
  private static Api api(Map<String, Object> flags, String schema) {
    return Transform.of(
            new TransformOptions(
                Generation.V2,
                flags,
                new AuthModes(AuthMode.API_KEY, Set.of(AuthMode.values())),
                Map.of("env", "dev")))
        .apply(schema);
  }

  private static Set<String> facts(Map<String, Object> flags, String schema) {
    return NormalisedSdl.facts(api(flags, schema).sdl());
  }

  private static Set<String> facts(String schema) {
    return facts(Map.of(), schema);
  }

  @Test
  void emptyNameOfAnIndexQueryCountsAsNone() {
    assertThat(facts("type A @model { id: ID! b: ID! @index(name: \"byB\", queryField: \"\") }"))
        .anyMatch(fact -> fact.startsWith("Query.aSByB[b: ID!"));
  }

  @Test
  void emptyOwnerFieldIsTheStandardOne() {
    assertThat(facts("type A @model @auth(rules: [{allow: owner, ownerField: \"\"}]) { id: ID! }"))
        .contains("A.owner[]: String");
  }

  @Test
  void indexQueryOfALowerCaseTypeFiltersByTheNameAsWritten() {
    assertThat(facts("type task @model { id: ID! b: ID! @index(name: \"byB\") }"))
        .contains("ModeltaskFilterInput.b: ModelIDInput", "ModelTaskFilterInput.b: ModelIDInput")
        .anyMatch(fact ->
            fact.startsWith("Query.tasksByB") && fact.contains("filter: ModeltaskFilterInput"));
  }

  @Test
  void listOfATypeOfOneLetterKeepsItsArguments() {
    assertThat(facts("type a @model { id: ID! @primaryKey(sortKeyFields: [\"b\"]) b: Int! }"))
        .contains(
            "Query.listAs[filter: ModelAFilterInput, limit: Int, nextToken: String]:"
                + " ModelAConnection",
            "Query.getA[id: ID!, b: Int!]: a");
  }

  @Test
  void identifierWithoutPrimaryKeyIsHeldAsId() {
    assertThat(
            facts(
                "type A @model { id: String! b: B @hasOne } type B @model { id: Int! a: A @belongsTo }"))
        .contains("A.aBId[]: ID", "B.bAId[]: ID", "CreateBInput.bAId: ID");
  }

  @Test
  void typeWhoseIdentifierIsAnObjectIsCreatedWithoutOne() {
    assertThat(facts("type A @model { id: A b: Int }")).doesNotContain("CreateAInput.id: ID");
  }

  @Test
  void indexOfARelationByReferencesIsNamedAfterTheTypeAsItIsNow() {
    Api api =
        api(
            Map.of(),
            """
            type Post @model @mapsTo(name: "Entry") {
              id: ID!
              notes: [Note] @hasMany(references: "postId")
              marks: [Mark] @hasMany
            }
            type Note @model { id: ID! postId: ID post: Post @belongsTo(references: "postId") }
            type Mark @model { id: ID! }
            """);

    assertThat(api.models().get("Note").indexes())
        .extracting(TableIndex::name)
        .containsExactly("gsi-Post.notes");
    assertThat(api.models().get("Mark").indexes())
        .extracting(TableIndex::name)
        .containsExactly("gsi-Entry.marks");
  }

  @Test
  void queriesOfARelationBetweenRenamedModelsHaveTheirFirstNames() {
    Set<String> facts =
        facts(
            """
            type Post @model @mapsTo(name: "Entry") {
              id: ID!
              tags: [Tag] @manyToMany(relationName: "PostTags")
            }
            type Tag @model { id: ID! posts: [Post] @manyToMany(relationName: "PostTags") }
            """);

    assertThat(facts)
        .contains("CreatePostTagsInput.postId: ID!")
        .anyMatch(fact -> fact.startsWith("Query.postTagsByEntryId[entryId: ID!, sortDirection"));
  }

  @Test
  void numberThatAFunctionAnswersIsANumberInTheKey() {
    Api api =
        api(
            Map.of(),
            "type A @model { id: ID! n: Int! @index(name: \"byN\") @function(name: \"f\") }");

    assertThat(GoldenTables.of(api)).containsEntry("ATable", "id [id:S, n:N] {byN=n} {}");
  }

  @Test
  void emptyGroupOfOperationsLeavesAllOutWhereDefaultsAreNotMerged() {
    assertThat(
            facts(
                Map.of("shouldDeepMergeDirectiveConfigDefaults", false),
                "type A @model(queries: {}, subscriptions: {level: public, onCreate: null}) { id: ID! }"))
        .noneMatch(fact -> fact.startsWith("Query."))
        .anyMatch(fact -> fact.startsWith("Subscription.onCreateA"))
        .anyMatch(fact -> fact.startsWith("Subscription.onDeleteA"));
  }

  @Test
  void administratorsOfAllModelsAreLetInBesideTheRules() {
    assertThat(
            facts(
                Map.of("enableIamAccess", true),
                "type A @model @auth(rules: [{allow: private, operations: [update]}]) { id: ID! }"))
        .contains(
            "type A implements  @aws_api_key @aws_cognito_user_pools @aws_iam",
            "Query.getA[id: ID!]: A @aws_api_key @aws_iam")
        .anyMatch(fact ->
            fact.startsWith("Mutation.updateA[")
                && fact.endsWith("@aws_cognito_user_pools @aws_iam"));
  }

  @Test
  void identityPoolsCallersAreIams() {
    assertThat(
            facts(
                """
                type A @model @auth(rules: [{allow: public, provider: identityPool}]) {
                  id: ID!
                  b: ID @auth(rules: [{allow: public, provider: iam}])
                }
                """))
        .anyMatch(fact -> fact.startsWith("Mutation.deleteA[") && fact.endsWith("@aws_iam"));
  }

  @Test
  void openModelOpensItsOwnOperationsOnly() {
    assertThat(
            facts(
                Map.of("sandboxModeEnabled", true, "enableIamAccess", true),
                """
                type A @model(subscriptions: {onCreate: ["news"]}) { id: ID! }
                type Mutation { news: Mood }
                enum Mood { UP DOWN }
                """))
        .contains("Mutation.news[]: Mood @aws_iam", "enum Mood");
  }

  @Test
  void argumentsOfHttpFieldsBecomeThoseOfTheRequest() {
    Api api =
        api(
            Map.of(),
            """
            type Query {
              one(id: ID!, long: Boolean!): String
                @http(url: "https://api.example.com:8443/posts/:id", headers: [{key: "X-Key", value: "${env}"}])
              all(a: Int, kind: Kind!): String @http(method: POST, url: "http://www.example.com")
              none: String @http(method: DELETE, url: "https://example.com/${env}")
            }
            enum Kind { X }
            """);

    assertThat(NormalisedSdl.facts(api.sdl()))
        .contains(
            "Query.one[params: QueryOneParamsInput!, query: QueryOneQueryInput!]: String",
            "QueryOneParamsInput.id: String!",
            "QueryOneQueryInput.long: Boolean!",
            "Query.all[query: QueryAllQueryInput, body: QueryAllBodyInput]: String",
            "QueryAllBodyInput.kind: Kind",
            "Query.none[]: String");
    assertThat(api.resolvers())
        .containsEntry(
            new FieldName("Query", "one"),
            new Resolver.Http(
                "GET",
                "https://api.example.com:8443",
                "/posts/:id",
                List.of(new Resolver.Header("X-Key", "${env}")),
                List.of()))
        .containsEntry(
            new FieldName("Query", "all"),
            new Resolver.Http("POST", "http://www.example.com", "/", List.of(), List.of("kind")));
  }

  @Test
  void ownersKnownByTwoClaimsMakeTwoArgumentsThatAreServedAsOne() {
    Api api =
        api(
            Map.of(),
            """
            type A @model(timestamps: null)
              @auth(rules: [{allow: owner, identityClaim: "sub"}, {allow: owner, provider: oidc}]) {
              id: ID!
            }
            """);
    assertThat(NormalisedSdl.facts(api.sdl()))
        .anyMatch(fact ->
            fact.startsWith(
                "Subscription.onCreateA[filter: ModelSubscriptionAFilterInput,"
                    + " owner: String, owner: String]"));
    var served =
        ServiceSchema.assemble(
            Generation.V2, api.sdl(), RuntimeWiring.newRuntimeWiring().strictMode(false).build());
    assertThat(served.getSubscriptionType().getFieldDefinition("onCreateA").getArguments())
        .extracting(GraphQLArgument::getName)
        .containsExactly("filter", "owner");
  }

  @Test
  void filterOfAModelWithoutAListLeavesOutWhatExtensionsAdd() {
    assertThat(
            facts(
                """
                type A @model(queries: null) { id: ID! b: Int @index(name: "byB", queryField: "bs") }
                extend type A { c: String }
                """))
        .contains("ModelAFilterInput.b: ModelIntInput", "A.c[]: String")
        .doesNotContain("ModelAFilterInput.c: ModelStringInput");
  }

  @Test
  void indexByThePartitionOfTheTableIsLocalWhereTheFlagSaysSo() {
    Api api =
        api(
            Map.of("secondaryKeyAsGSI", false),
            "type A @model { id: ID! @index(name: \"byB\", sortKeyFields: [\"b\"]) b: Int! }");
    assertThat(api.models().values())
        .singleElement()
        .extracting(model -> model.index("byB").local())
        .isEqualTo(true);
  }
}
