package dev.polder.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Generation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/// Models of the first generation over tables.
class FirstGenerationApiTest {
  private static final String SCHEMA =
      """
      type Blog @model { id: ID! name: String! posts: [Post] @connection(keyName: "byBlog", fields: ["id"]) }
      type Post @model @key(name: "byBlog", fields: ["blogID"]) {
        id: ID! title: String! blogID: ID!
        blog: Blog @connection(fields: ["blogID"])
        comments: [Comment] @connection(keyName: "byPost", fields: ["id"])
      }
      type Comment @model @key(name: "byPost", fields: ["postID", "content"], queryField: "commentsByPost") {
        id: ID! postID: ID! content: String!
        post: Post @connection(fields: ["postID"])
      }
      type Counter @model @versioned { id: ID! value: Int }
      type Tally @model @versioned(versionField: "round", versionInput: "after") {
        id: ID! value: Int createdAt: String updatedAt: String }
      """;

  @TempDir Path directory;
  private ServedSchema api;

  @BeforeEach
  void deploy() {
    api = new ServedSchema(directory, Generation.V1, SCHEMA);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tablesAreTheOnesOfAmplify() {
    String name = "Comment-" + api.api().apiId() + "-dev";
    assertThat(api.api().tables()).containsEntry("Comment", name);
    var table = api.tables().describeTable(get -> get.tableName(name)).table();
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(table.streamSpecification().streamViewType())
        .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(table.globalSecondaryIndexes())
        .hasSize(1)
        .first()
        .satisfies(index -> {
          assertThat(index.indexName()).isEqualTo("byPost");
          assertThat(index.keySchema())
              .extracting("attributeName")
              .containsExactly("postID", "content");
        });
  }

  @Test
  void blogIsReadThroughItsConnections() {
    api.data("mutation { createBlog(input: {id: \"b\", name: \"Blog\"}) { id } }");
    api.data("mutation { createPost(input: {id: \"p\", title: \"T\", blogID: \"b\"}) { id } }");
    for (String content : new String[] {"second", "first"}) {
      api.data(
          "mutation { createComment(input: {postID: \"p\", content: \""
              + content
              + "\"}) { id } }");
    }
    assertThat(
            api.ask(
                """
                { getBlog(id: "b") { name posts { items { title
                    comments(limit: 1) { items { content post { id } } nextToken } } } } }\
                """))
        .startsWith(
            "{\"data\":{\"getBlog\":{\"name\":\"Blog\",\"posts\":{\"items\":[{\"title\":\"T\","
                + "\"comments\":{\"items\":[{\"content\":\"first\",\"post\":{\"id\":\"p\"}}],"
                + "\"nextToken\":\"");
    assertThat(
            api.each(
                "{ commentsByPost(postID: \"p\", content: {gt: \"g\"}) { items { content } } }",
                "commentsByPost",
                "content"))
        .containsExactly("second");
    assertThat(api.ask("{ listComments(filter: {postID: {eq: \"p\"}}) { items { content } } }"))
        .contains("first", "second");
  }

  @Test
  void nullForNonNullFieldIsRefusedBeforeTheWrite() {
    api.data("mutation { createBlog(input: {id: \"b\", name: \"Blog\"}) { id } }");
    assertThat(api.ask("mutation { updateBlog(input: {id: \"b\", name: null}) { id } }"))
        .contains(
            "\"errorType\":null",
            "An argument you marked as Non-Null is set to Null in the query or the body of your"
                + " request.");
    assertThat(api.data("{ getBlog(id: \"b\") { name } }").object("getBlog").text("name"))
        .isEqualTo("Blog");
  }

  @Test
  void typeNameIsStored() {
    api.data("mutation { createBlog(input: {id: \"b\", name: \"Blog\"}) { id } }");
    var item =
        api.tables()
            .getItem(get ->
                get.tableName(api.api().tables().get("Blog"))
                    .key(Map.of("id", AttributeValue.fromS("b"))))
            .item();
    assertThat(item.get("__typename").s()).isEqualTo("Blog");
  }

  @Test
  void versionsGuardChanges() {
    api.data("mutation { createCounter(input: {id: \"c\", value: 1}) { version } }");
    assertThat(
            api.data(
                    "mutation { updateCounter(input: {id: \"c\", value: 2, expectedVersion: 1})"
                        + " { version } }")
                .object("updateCounter")
                .whole("version"))
        .isEqualTo(2);
    assertThat(
            api.ask(
                "mutation { updateCounter(input: {id: \"c\", value: 3, expectedVersion: 1})"
                    + " { version } }"))
        .contains("DynamoDB:ConditionalCheckFailedException");
    assertThat(
            api.ask("mutation { deleteCounter(input: {id: \"c\", expectedVersion: 2}) { value } }"))
        .isEqualTo("{\"data\":{\"deleteCounter\":{\"value\":2}}}");
  }

  @Test
  void versionsMayHaveOtherNames() {
    assertThat(
            api.data("mutation { createTally(input: {id: \"t\", value: 1}) { round } }")
                .object("createTally")
                .whole("round"))
        .isEqualTo(1);
    String change = "mutation { updateTally(input: {id: \"t\", value: 2, after: 1}) { round } }";
    assertThat(api.data(change).object("updateTally").whole("round")).isEqualTo(2);
    assertThat(api.ask(change)).contains("DynamoDB:ConditionalCheckFailedException");
  }

  @Test
  void timesAreFilledIntoTextFieldsAndInPlaceOfNull() {
    var created =
        api.data(
                "mutation { createTally(input: {id: null, value: 1, createdAt: null})"
                    + " { id createdAt updatedAt } }")
            .object("createTally");
    assertThat(created.text("id")).hasSize(36);
    assertThat(created.text("createdAt")).endsWith("Z").isEqualTo(created.text("updatedAt"));
  }

  @Test
  void aFailedWriteNamesItsRequestAsDynamoDbDoes() {
    String create = "mutation { createBlog(input: {id: \"b\", name: \"%s\"}) { id } }";
    api.data(create.formatted("Blog"));
    assertThat(api.ask(create.formatted("Another")))
        .containsPattern(
            "The conditional request failed \\(Service: DynamoDb, Status Code: 400, Request ID:"
                + " [A-Z0-9]+, Extended Request ID: null\\)");
  }
}
