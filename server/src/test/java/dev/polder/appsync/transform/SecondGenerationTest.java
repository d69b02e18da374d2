package dev.polder.appsync.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.Extensions;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rules by which a schema of the second generation becomes an API.
class SecondGenerationTest {
  private static final TransformOptions OPTIONS =
      new TransformOptions(
          Generation.V2,
          Map.of(),
          new AuthModes(AuthMode.API_KEY, Set.of(AuthMode.values())),
          Map.of());

  private static Api api(String schema) {
    return Transform.of(OPTIONS).apply(schema);
  }

  private static Set<String> facts(Api api) {
    return NormalisedSdl.facts(api.sdl());
  }

  private static Resolver resolver(Api api, String type, String field) {
    return api.resolvers().get(new FieldName(type, field));
  }

  @Test
  void modelGetsItsOperationsInputsAndTable() {
    Api api =
        api(
            "type Post @model { title: String! tags: [String] status: Status } enum Status { NEW OLD }");

    assertThat(facts(api))
        .contains(
            "Post.id[]: ID!",
            "Post.createdAt[]: AWSDateTime!",
            "Query.getPost[id: ID!]: Post",
            "Query.listPosts[filter: ModelPostFilterInput, limit: Int, nextToken: String]:"
                + " ModelPostConnection",
            "Mutation.createPost[input: CreatePostInput!, condition: ModelPostConditionInput]: Post",
            "Subscription.onCreatePost[filter: ModelSubscriptionPostFilterInput]: Post"
                + " @aws_subscribe(mutations:[\"createPost\"])",
            "CreatePostInput.title: String!",
            "CreatePostInput.id: ID",
            "UpdatePostInput.title: String",
            "UpdatePostInput.id: ID!",
            "ModelPostFilterInput.tags: ModelStringInput",
            "ModelPostFilterInput.status: ModelStatusInput",
            "ModelSubscriptionPostFilterInput.status: ModelSubscriptionStringInput")
        .doesNotContain(
            "ModelPostConditionInput.id: ModelIDInput", "CreatePostInput.createdAt: String");
    Model post = api.models().get("Post");
    assertThat(post.key()).isEqualTo(new TableKey("id", List.of()));
    assertThat(post.fields().keySet())
        .containsExactly("title", "tags", "status", "id", "createdAt", "updatedAt");
    assertThat(resolver(api, "Mutation", "createPost")).isEqualTo(new Resolver.Create("Post"));
  }

  @Test
  void operationsCanBeRenamedAndLeftOut() {
    Api api =
        api(
            """
            type Post @model(queries: {get: "post", list: null}, mutations: {delete: null},
                subscriptions: {level: off}, timestamps: {createdAt: "made", updatedAt: null}) {
              title: String
            }\
            """);

    assertThat(facts(api))
        .contains("Query.post[id: ID!]: Post", "Post.made[]: AWSDateTime!")
        .noneMatch(fact -> fact.contains("listPosts") || fact.contains("deletePost"))
        .noneMatch(fact -> fact.startsWith("type Subscription"));
    assertThat(api.models().get("Post").createdAt()).isEqualTo("made");
    assertThat(api.models().get("Post").updatedAt()).isNull();
  }

  @Test
  void keysOfSeveralFieldsAreAskedForAsOne() {
    Api api =
        api(
            """
            type Order @model {
              customer: ID! @primaryKey(sortKeyFields: ["status", "date"])
              status: String!
              date: AWSDate!
              amount: Int @index(name: "byAmount", sortKeyFields: ["date"])
            }\
            """);

    assertThat(facts(api))
        .contains(
            "Query.getOrder[customer: ID!, status: String!, date: AWSDate!]: Order",
            "Query.listOrders[customer: ID, statusDate:"
                + " ModelOrderPrimaryCompositeKeyConditionInput, filter: ModelOrderFilterInput,"
                + " limit: Int, nextToken: String, sortDirection: ModelSortDirection]:"
                + " ModelOrderConnection",
            "ModelOrderPrimaryCompositeKeyInput.date: String",
            "Query.ordersByAmountAndDate[amount: Int!, date: ModelStringKeyConditionInput,"
                + " sortDirection: ModelSortDirection, filter: ModelOrderFilterInput, limit: Int,"
                + " nextToken: String]: ModelOrderConnection",
            "DeleteOrderInput.status: String!")
        .noneMatch(fact -> fact.startsWith("Order.id"));
    Model order = api.models().get("Order");
    assertThat(order.key().sortAttribute()).contains("status#date");
    assertThat(order.indexes())
        .containsExactly(
            new TableIndex("byAmount", new TableKey("amount", List.of("date")), false));
    assertThat(resolver(api, "Query", "ordersByAmountAndDate"))
        .isEqualTo(new Resolver.QueryIndex("Order", "byAmount"));
  }

  @Test
  void relationsMakeUpTheirForeignKeys() {
    Api api =
        api(
            """
            type Blog @model { posts: [Post] @hasMany(limit: 10) owner: User @hasOne }
            type Post @model { blog: Blog @belongsTo }
            type User @model { name: String }
            """);

    assertThat(facts(api))
        .contains(
            "Post.blogPostsId[]: ID",
            "CreatePostInput.blogPostsId: ID",
            "ModelPostFilterInput.blogPostsId: ModelIDInput",
            "Blog.blogOwnerId[]: ID",
            "Blog.posts[filter: ModelPostFilterInput, sortDirection: ModelSortDirection, limit: Int,"
                + " nextToken: String]: ModelPostConnection");
    assertThat(resolver(api, "Blog", "posts"))
        .isEqualTo(new Resolver.Children("Post", "gsi-Blog.posts", List.of("id"), true, 10));
    assertThat(resolver(api, "Post", "blog"))
        .isEqualTo(new Resolver.One("Blog", null, List.of("blogPostsId")));
    assertThat(resolver(api, "Blog", "owner"))
        .isEqualTo(new Resolver.One("User", null, List.of("blogOwnerId")));
    assertThat(api.models().get("Post").index("gsi-Blog.posts").key().partition())
        .isEqualTo("blogPostsId");
  }

  @Test
  void referencesNameTheFieldsOfTheOtherSide() {
    Api api =
        api(
            """
            type Team @model { members: [Member] @hasMany(references: ["teamId"]) }
            type Member @model { teamId: ID team: Team @belongsTo(references: ["teamId"]) }
            """);

    assertThat(resolver(api, "Team", "members"))
        .isEqualTo(new Resolver.Children("Member", "gsi-Team.members", List.of("id"), true));
    assertThat(resolver(api, "Member", "team"))
        .isEqualTo(new Resolver.One("Team", null, List.of("teamId")));
    assertThat(facts(api)).noneMatch(fact -> fact.contains("teamMembersId"));
  }

  @Test
  void manyToManyMakesAModelBetween() {
    Api api =
        api(
            """
            type Post @model { tags: [Tag] @manyToMany(relationName: "postTags") }
            type Tag @model { posts: [Post] @manyToMany(relationName: "postTags") }
            """);

    Model join = api.models().get("PostTags");
    assertThat(join.indexes()).extracting(TableIndex::name).containsExactly("byPost", "byTag");
    assertThat(facts(api))
        .contains(
            "PostTags.post[]: Post!",
            "PostTags.postId[]: ID!",
            "Post.tags[filter: ModelPostTagsFilterInput, sortDirection: ModelSortDirection, limit:"
                + " Int, nextToken: String]: ModelPostTagsConnection");
    assertThat(resolver(api, "Post", "tags"))
        .isEqualTo(new Resolver.Children("PostTags", "byPost", List.of("id"), true));
    assertThat(resolver(api, "PostTags", "tag"))
        .isEqualTo(new Resolver.One("Tag", null, List.of("tagId")));
  }

  @Test
  void rulesOpenOperationsToTheirModes() {
    Api api =
        api(
            """
            type Note @model
                @auth(rules: [{allow: owner}, {allow: public, operations: [read]}]) {
              text: String
            }\
            """);

    assertThat(facts(api))
        .contains(
            "Note.owner[]: String",
            "type Note implements  @aws_api_key @aws_cognito_user_pools",
            "Mutation.createNote[input: CreateNoteInput!, condition: ModelNoteConditionInput]: Note"
                + " @aws_cognito_user_pools",
            "Query.getNote[id: ID!]: Note @aws_api_key @aws_cognito_user_pools",
            "Subscription.onCreateNote[filter: ModelSubscriptionNoteFilterInput, owner: String]:"
                + " Note @aws_api_key @aws_cognito_user_pools"
                + " @aws_subscribe(mutations:[\"createNote\"])",
            "ModelNoteFilterInput.owner: ModelStringInput");
    AuthRule owner = api.typeRules().get("Note").getFirst();
    assertThat(owner.identityClaim()).isEqualTo("sub::username");
    assertThat(owner.ownerField()).isEqualTo("owner");
    assertThat(owner.operations()).hasSize(8);
    assertThat(api.typeRules().get("Note").getLast().operations())
        .contains(AuthRule.Operation.LISTEN)
        .doesNotContain(AuthRule.Operation.CREATE);
  }

  @Test
  void functionsAreCalledInTheirOrder() {
    Api api =
        api(
            """
            type Query {
              greet(name: String): String
                @function(name: "first-${env}") @function(name: "second", region: "eu-west-1")
            }\
            """);

    assertThat(resolver(api, "Query", "greet"))
        .isEqualTo(
            new Resolver.Functions(
                List.of(
                    new Resolver.FunctionCall("first-${env}", null, null, false),
                    new Resolver.FunctionCall("second", "eu-west-1", null, false))));
    assertThat(facts(api)).contains("Query.greet[name: String]: String");
  }

  @Test
  void renamedTypeKeepsItsTableAndAttributes() {
    Api api =
        api(
            """
            type Article @model @mapsTo(name: "Post") { comments: [Comment] @hasMany }
            type Comment @model { text: String @default(value: "none") }
            """);

    assertThat(api.models().get("Article").table()).isEqualTo("Post");
    var key = api.models().get("Comment").fields().get("articleCommentsId");
    assertThat(key.attribute()).isEqualTo("postCommentsId");
    assertThat(api.models().get("Comment").fields().get("text").initial()).isEqualTo("none");
  }

  @Test
  void conflictResolutionCountsVersions() {
    var conflicts =
        new ConflictResolution(Optional.of(ConflictResolution.Strategy.AUTOMERGE), Map.of());
    var options =
        new TransformOptions(Generation.V2, Map.of(), AuthModes.API_KEY, Map.of(), conflicts);

    Api api = Transform.of(options).apply("type Post @model { title: String }");

    assertThat(facts(api))
        .contains(
            "Post._version[]: Int!",
            "Post._lastChangedAt[]: AWSTimestamp!",
            "Query.syncPosts[filter: ModelPostFilterInput, limit: Int, nextToken: String, lastSync:"
                + " AWSTimestamp]: ModelPostConnection",
            "ModelPostConnection.startedAt[]: AWSTimestamp",
            "DeletePostInput._version: Int",
            "ModelPostConditionInput._deleted: ModelBooleanInput");
    assertThat(api.models().get("Post").synced()).isTrue();
    assertThat(resolver(api, "Query", "syncPosts")).isEqualTo(new Resolver.Sync("Post"));
  }

  @Test
  void extensionsAreThereOnlyWhereAskedFor() {
    Api api =
        api(
            """
            extend schema @polder(filterBeforeLimit: true)
            type Blog @model(queries: {count: "countBlogs"}) {
              name: String! @unique
              posts: [Post] @hasMany(onDelete: CASCADE, count: true)
            }
            type Post @model { title: String @validate(type: minLength, value: "3") }
            """);

    var children = new Resolver.Children("Post", "gsi-Blog.posts", List.of("id"), true);
    Model blog = api.models().get("Blog");
    assertThat(blog.unique()).containsExactly("name");
    assertThat(blog.cascades()).containsExactly(new Model.Cascade(children));
    assertThat(resolver(api, "Blog", "postsCount")).isEqualTo(new Resolver.Count(children));
    assertThat(resolver(api, "Query", "countBlogs"))
        .isEqualTo(new Resolver.Count(new Resolver.ListAll("Blog")));
    assertThat(facts(api))
        .contains(
            "Blog.postsCount[filter: ModelPostFilterInput]: Int",
            "Query.countBlogs[filter: ModelBlogFilterInput]: Int");
    assertThat(api.extensions()).isEqualTo(new Extensions(true, false));
    var minimum = api.models().get("Post").fields().get("title").validations().getFirst();
    assertThat(minimum.passes("ab")).isFalse();
    assertThat(minimum.passes("abc")).isTrue();
  }

  @Test
  void syntaxErrorsNameTheirPlace() {
    assertThatThrownBy(() -> api("type Post @model {\n  title String\n}"))
        .isInstanceOfSatisfying(
            SchemaException.class,
            refusal ->
                assertThat(refusal.problems())
                    .containsExactly(
                        new Problem(
                            "GraphQLError",
                            "Syntax Error: Expected \":\", found Name \"String\".",
                            2,
                            9)));
  }

  @Test
  void extensionsOfTypesAreMerged() {
    Api api =
        api(
            """
            type Query { ping: String }
            extend type Query { hello: String @function(name: "hello") }
            type Post @model { kind: Kind place: Place }
            extend type Post { more: Int }
            type Place { city: String }
            enum Kind { A }
            extend enum Kind { B }
            """);

    assertThat(facts(api))
        .contains(
            "Query.hello[]: String",
            "Kind.B",
            "CreatePostInput.more: Int",
            "CreatePostInput.place: PlaceInput",
            "PlaceInput.city: String");
    assertThat(resolver(api, "Query", "hello")).isInstanceOf(Resolver.Functions.class);
  }

  @Test
  void whatIsNotServedIsRefusedByName() {
    assertThatThrownBy(() -> api("type Post @model @searchable { title: String }"))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("@searchable is not supported by Polder")
        .hasMessageContaining("line 1");
  }

  @Test
  void namesAreMadePluralInEnglish() {
    assertThat(
            List.of(
                    "Post", "Entity", "Boss", "Person", "Child", "Status", "Hero", "News", "V",
                    "Leaf")
                .stream()
                .map(Plural::of))
        .containsExactly(
            "Posts",
            "Entities",
            "Bosses",
            "People",
            "Children",
            "Statuses",
            "Heroes",
            "News",
            "VS",
            "Leaves");
  }
}
