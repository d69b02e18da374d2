package dev.polder.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Generation;
import dev.polder.kernel.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models of the second generation over tables.
class SecondGenerationApiTest {
  private static final String SCHEMA =
      """
      type Blog @model { id: ID! name: String! posts: [Post] @hasMany(indexName: "byBlog", fields: ["id"]) }
      type Post @model {
        id: ID!
        title: String!
        rating: Int
        tags: [String]
        extra: AWSJSON
        blogID: ID @index(name: "byBlog", sortKeyFields: ["title"])
        blog: Blog @belongsTo(fields: ["blogID"])
        status: String @default(value: "draft")
      }
      type Label @model { id: String text: String }
      type Order @model {
        customer: ID! @primaryKey(sortKeyFields: ["region", "number"])
        region: String!
        number: Int!
        state: String @index(name: "byState", queryField: "ordersByState", sortKeyFields: ["region", "number"])
      }
      """;

  @TempDir Path directory;
  private ServedSchema api;

  @BeforeEach
  void deploy() {
    api = new ServedSchema(directory, Generation.V2, SCHEMA);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String createPost(String fields) {
    return api.data("mutation { createPost(input: {" + fields + "}) { id } }")
        .object("createPost")
        .text("id");
  }

  @Test
  void aThousandMutationsComeInOneRequest() {
    var query = new StringBuilder("mutation {");
    for (int i = 0; i < 1000; i++) {
      query.append(
          " b%1$d: createBlog(input: {id: \"%1$d\", name: \"blog\"}) { id name }".formatted(i));
    }
    assertThat(api.ask(query + "}")).contains("\"b999\":{\"id\":\"999\",\"name\":\"blog\"}");
  }

  @Test
  void nullInAListOfAVariableStaysNull() {
    assertThat(
            api.ask(
                "mutation C($i: CreatePostInput!) { createPost(input: $i) { tags } }",
                Map.of("i", Map.of("title", "t", "tags", Arrays.asList("x", null)))))
        .contains("[\"x\",null]");
  }

  @Test
  void createdObjectHasIdTimesAndDefaults() {
    JsonObject post =
        api.data(
                """
                mutation { createPost(input: {title: "T", rating: 3, tags: ["a", "b"],
                  extra: "{\\"b\\":[1],\\"a\\":null}"})
                  { id title rating tags extra status createdAt updatedAt __typename } }\
                """)
            .object("createPost");
    assertThat(post.text("id")).hasSize(36);
    assertThat(post.text("createdAt")).isEqualTo("2020-05-01T00:00:00.000Z");
    assertThat(post.text("updatedAt")).isEqualTo(post.text("createdAt"));
    assertThat(post.text("status")).isEqualTo("draft");
    assertThat(post.list("tags")).containsExactly("a", "b");
    assertThat(post.text("extra")).contains("\"b\":[1]", "\"a\":null");
    assertThat(
            api.data("{ getPost(id: \"" + post.text("id") + "\") { title rating } }")
                .object("getPost")
                .members())
        .isEqualTo(Map.of("title", "T", "rating", 3));
    assertThat(api.ask("{ getPost(id: \"nobody\") { title } }"))
        .isEqualTo("{\"data\":{\"getPost\":null}}");
  }

  @Test
  void anIdThatIsAStringIsMadeToo() {
    assertThat(
            api.data("mutation { createLabel(input: {text: \"t\"}) { id } }")
                .object("createLabel")
                .text("id"))
        .hasSize(36);
  }

  @Test
  void secondCreateOfAnIdIsRefused() {
    api.data("mutation { createPost(input: {id: \"1\", title: \"T\"}) { id } }");
    assertThat(api.ask("mutation { createPost(input: {id: \"1\", title: \"U\"}) { id } }"))
        .matches(
            "\\{\"data\":\\{\"createPost\":null},\"errors\":\\[\\{\"path\":\\[\"createPost\"],"
                + "\"data\":null,\"errorType\":\"DynamoDB:ConditionalCheckFailedException\","
                + "\"errorInfo\":null,\"locations\":\\[\\{\"line\":1,\"column\":12,"
                + "\"sourceName\":null}],\"message\":\"The conditional request failed \\(Service:"
                + " DynamoDb, Status Code: 400, Request ID: .*, Extended Request ID: null\\)\"}]}");
    assertThat(api.data("{ getPost(id: \"1\") { title } }").object("getPost").text("title"))
        .isEqualTo("T");
  }

  @Test
  void updateChangesWhatIsGivenAndRemovesNulls() {
    String id = createPost("title: \"T\", rating: 3");
    api.platform().time().advance(Duration.ofSeconds(5));
    JsonObject post =
        api.data(
                "mutation { updatePost(input: {id: \""
                    + id
                    + "\", rating: null, title: \"U\"}) { title rating createdAt updatedAt } }")
            .object("updatePost");
    assertThat(post.text("title")).isEqualTo("U");
    assertThat(post.has("rating")).isFalse();
    assertThat(post.text("updatedAt")).isEqualTo("2020-05-01T00:00:05.000Z");
    assertThat(api.ask("mutation { updatePost(input: {id: \"none\", rating: 1}) { id } }"))
        .contains("DynamoDB:ConditionalCheckFailedException");
    assertThat(
            api.ask(
                "mutation { updatePost(input: {id: \""
                    + id
                    + "\", rating: 9}, condition: {title: {eq: \"T\"}}) { id } }"))
        .contains("DynamoDB:ConditionalCheckFailedException");
  }

  @Test
  void deleteAnswersTheOldObjectOrNull() {
    String id = createPost("title: \"T\"");
    assertThat(
            api.ask(
                "mutation { deletePost(input: {id: \""
                    + id
                    + "\"}, condition: {title: {eq: \"X\"}}) { id } }"))
        .contains("DynamoDB:ConditionalCheckFailedException");
    assertThat(api.ask("mutation { deletePost(input: {id: \"" + id + "\"}) { title } }"))
        .isEqualTo("{\"data\":{\"deletePost\":{\"title\":\"T\"}}}");
    assertThat(api.ask("mutation { deletePost(input: {id: \"" + id + "\"}) { title } }"))
        .isEqualTo("{\"data\":{\"deletePost\":null}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{title: {eq: \"b\"}} | b",
        "{title: {ne: \"b\"}} | a,c",
        "{rating: {between: [2, 3]}} | b,c",
        "{rating: {gt: 1, lt: 3}} | b",
        "{or: [{title: {beginsWith: \"a\"}}, {not: {rating: {le: 2}}}]} | a,c",
        "{tags: {contains: \"x\"}} | a",
        "{and: [{tags: {notContains: \"x\"}}, {rating: {ge: 1}}]} | b,c",
        "{extra: {attributeExists: true}} | c",
        "{title: {size: {gt: 1}}} | ''",
        "{rating: {attributeType: number}} | a,b,c",
        "{title: {}} | a,b,c",
        "{title: {size: {}}, rating: {lt: 2}} | a",
      })
  void filtersSelectByTheirOperators(String filter, String titles) {
    createPost("title: \"a\", rating: 1, tags: [\"x\"]");
    createPost("title: \"b\", rating: 2, tags: []");
    createPost("title: \"c\", rating: 3, tags: [\"y\"], extra: \"1\"");
    List<String> found =
        new ArrayList<>(
            api.each(
                "{ listPosts(filter: " + filter + ") { items { title } } }", "listPosts", "title"));
    found.sort(null);
    assertThat(String.join(",", found)).isEqualTo(titles);
  }

  @Test
  void filterThatCannotBeExpressedIsRefused() {
    assertThat(api.ask("{ listPosts(filter: {title: {between: \"test\"}}) { items { id } } }"))
        .contains("\"listPosts\":null")
        .contains("\"errorType\":\"Unrecognized Filter\"");
  }

  @Test
  void listsComeInPages() {
    for (int i = 0; i < 5; i++) {
      createPost("title: \"p" + i + "\"");
    }
    List<String> titles = new ArrayList<>();
    String token = null;
    do {
      String after = token == null ? "" : ", nextToken: \"" + token + "\"";
      JsonObject page =
          api.data("{ listPosts(limit: 2" + after + ") { items { title } nextToken } }")
              .object("listPosts");
      page.objects("items").forEach(item -> titles.add(item.text("title")));
      token = page.optionalText("nextToken");
    } while (token != null);
    assertThat(titles).containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
    assertThat(api.ask("{ listPosts(nextToken: \"!\") { items { id } } }"))
        .contains("Invalid pagination token given.");
  }

  @Test
  void connectionsAreReadBothWays() {
    api.data("mutation { createBlog(input: {id: \"b\", name: \"Blog\"}) { id } }");
    createPost("title: \"two\", blogID: \"b\"");
    createPost("title: \"one\", blogID: \"b\"");
    createPost("title: \"alone\"");
    assertThat(
            api.ask(
                "{ getBlog(id: \"b\") { posts(sortDirection: DESC) { items { title blog { name } }"
                    + " } } }"))
        .isEqualTo(
            "{\"data\":{\"getBlog\":{\"posts\":{\"items\":["
                + "{\"title\":\"two\",\"blog\":{\"name\":\"Blog\"}},"
                + "{\"title\":\"one\",\"blog\":{\"name\":\"Blog\"}}]}}}}");
    assertThat(
            api.ask(
                "{ getBlog(id: \"b\") { posts(title: {beginsWith: \"o\"}) { items { title } } } }"))
        .contains("[{\"title\":\"one\"}]");
    assertThat(
            api.ask(
                "{ listPosts(filter: {title: {eq: \"alone\"}}) { items { title blog { name } } }"
                    + " }"))
        .contains("{\"title\":\"alone\",\"blog\":null}");
  }

  @Test
  void compositeKeysAreJoined() {
    for (int number = 1; number <= 3; number++) {
      api.data(
          "mutation { createOrder(input: {customer: \"c\", region: \"eu\", number: "
              + number
              + ", state: \"open\"}) { customer } }");
    }
    assertThat(
            api.data("{ getOrder(customer: \"c\", region: \"eu\", number: 2) { state } }")
                .object("getOrder")
                .text("state"))
        .isEqualTo("open");
    assertThat(
            api.ask(
                "{ listOrders(customer: \"c\", regionNumber: {between: [{region: \"eu\", number:"
                    + " 2}, {region: \"eu\", number: 3}]}, sortDirection: DESC) { items { number }"
                    + " } }"))
        .contains("[{\"number\":3},{\"number\":2}]");
    assertThat(
            api.ask(
                "{ ordersByState(state: \"open\", regionNumber: {beginsWith: {region: \"eu\"}})"
                    + " { items { number } } }"))
        .contains("[{\"number\":1},{\"number\":2},{\"number\":3}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ listOrders(sortDirection: DESC) { nextToken } } | When providing argument 'sortDirection' you must also provide argument 'customer'.",
        "{ listOrders(regionNumber: {eq: {region: \"x\"}}) { nextToken } } | When providing argument 'regionNumber' you must also provide 'customer'.",
        "{ listOrders(customer: \"c\", regionNumber: {eq: {region: \"x\"}, lt: {region: \"y\"}}) { nextToken } } | Argument regionNumber must specify at most one key condition operation.",
        "{ listOrders(customer: \"c\", regionNumber: {between: [{region: \"x\"}]}) { nextToken } } | Argument 'regionNumber.between' expects exactly two elements.",
        "{ listOrders(customer: \"c\", regionNumber: {eq: {number: 1}}) { nextToken } } | When providing argument 'regionNumber.eq.number' you must also provide 'regionNumber.eq.region'.",
      })
  void wrongKeyArgumentsAreRefusedByName(String query, String message) {
    assertThat(api.ask(query))
        .contains("\"errorType\":\"InvalidArgumentsError\"")
        .contains("\"message\":\"" + message + "\"");
  }

  @Test
  void partOfACompositeIndexKeyCannotBeChangedAlone() {
    api.data(
        "mutation { createOrder(input: {customer: \"c\", region: \"eu\", number: 1}) { number } }");
    assertThat(
            api.data(
                    "mutation { updateOrder(input: {customer: \"c\", region: \"eu\", number: 1,"
                        + " state: \"sent\"}) { state } }")
                .object("updateOrder")
                .text("state"))
        .isEqualTo("sent");
  }

  @Test
  void redeployedSchemaKeepsObjectsAndFillsNewIndexes() {
    String id = createPost("title: \"T\", rating: 7");
    String before = api.api().apiId();
    DeployedApi after =
        api.deploy(
            Generation.V2,
            """
            type Post @model { id: ID! title: String!
              rating: Int @index(name: "byRating", queryField: "postsByRating") }
            """);
    assertThat(after.apiId()).isEqualTo(before);
    assertThat(api.each("{ postsByRating(rating: 7) { items { id } } }", "postsByRating", "id"))
        .containsExactly(id);
  }

  @Test
  void restartedProcessServesWhatWasDeployed() {
    String id = createPost("title: \"T\"");
    String apiId = api.api().apiId();
    api.close();
    api = new ServedSchema(directory, Generation.V2, SCHEMA);
    assertThat(api.api().apiId()).isEqualTo(apiId);
    assertThat(
            api.data("{ getPost(id: \"" + id + "\") { title } }").object("getPost").text("title"))
        .isEqualTo("T");
  }

  @Test
  void manyParentsAreReadInFewCalls() {
    api.data("mutation { createBlog(input: {id: \"b\", name: \"Blog\"}) { id } }");
    for (int i = 0; i < 30; i++) {
      createPost("title: \"t" + i + "\", blogID: \"b\"");
    }
    api.calls();
    JsonObject data =
        api.data("{ listPosts { items { title blog { name posts { items { title } } } } } }");
    assertThat(data.object("listPosts").objects("items"))
        .hasSize(30)
        .allSatisfy(
            post -> assertThat(post.object("blog").object("posts").objects("items")).hasSize(30));
    assertThat(api.calls())
        .containsExactly("DynamoDB.Scan", "DynamoDB.BatchGetItem", "DynamoDB.Query");
  }
}
