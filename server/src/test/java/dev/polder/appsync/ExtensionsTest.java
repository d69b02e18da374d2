package dev.polder.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.Generation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a schema may ask for beyond the original.
class ExtensionsTest {
  private static final String SCHEMA =
      """
      extend schema @polder(filterBeforeLimit: true, atomicMutations: true)
      type Post @model(queries: {get: "getPost", list: "listPosts", count: "countPosts"}) {
        id: ID!
        title: String!
        comments: [Comment] @hasMany(indexName: "byPost", fields: ["id"], onDelete: CASCADE, count: true)
      }
      type Comment @model {
        id: ID!
        content: String
        postID: ID @index(name: "byPost")
        replies: [Reply] @hasMany(indexName: "byComment", fields: ["id"], onDelete: CASCADE)
      }
      type Reply @model { id: ID! commentID: ID @index(name: "byComment") }
      type User @model { id: ID! email: String @unique name: String }
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

  private void create(String type, String fields) {
    api.data("mutation { create" + type + "(input: {" + fields + "}) { id } }");
  }

  @Test
  void childrenAreDeletedWithTheirParent() {
    create("Post", "id: \"p\", title: \"T\"");
    create("Post", "id: \"q\", title: \"other\"");
    for (int i = 0; i < 150; i++) {
      create("Comment", "id: \"c" + i + "\", postID: \"p\"");
    }
    create("Comment", "id: \"d\", postID: \"q\"");
    create("Reply", "id: \"r\", commentID: \"c7\"");

    assertThat(api.ask("mutation { deletePost(input: {id: \"p\"}) { title } }"))
        .isEqualTo("{\"data\":{\"deletePost\":{\"title\":\"T\"}}}");

    assertThat(api.each("{ listComments { items { id } } }", "listComments", "id"))
        .containsExactly("d");
    assertThat(api.each("{ listReplies { items { id } } }", "listReplies", "id")).isEmpty();
    assertThat(api.ask("mutation { deletePost(input: {id: \"p\"}) { title } }"))
        .isEqualTo("{\"data\":{\"deletePost\":null}}");
  }

  @Test
  void uniqueValuesAreTakenOnce() {
    create("User", "id: \"a\", email: \"x@y\"");
    create("User", "id: \"n\", name: \"no mail\"");
    create("User", "id: \"m\", name: \"no mail\"");
    assertThat(api.ask("mutation { createUser(input: {id: \"b\", email: \"x@y\"}) { id } }"))
        .contains("\"createUser\":null", "\"errorType\":\"UniqueConstraintViolation\"", "email");
    assertThat(api.ask("mutation { updateUser(input: {id: \"n\", email: \"x@y\"}) { id } }"))
        .contains("UniqueConstraintViolation");

    api.data("mutation { updateUser(input: {id: \"a\", email: \"z@y\"}) { id } }");
    api.data("mutation { updateUser(input: {id: \"n\", email: \"x@y\"}) { id } }");
    api.data("mutation { deleteUser(input: {id: \"a\"}) { id } }");
    create("User", "id: \"c\", email: \"z@y\"");
    api.data("mutation { updateUser(input: {id: \"c\", email: null}) { email } }");
    create("User", "id: \"d\", email: \"z@y\"");
  }

  @Test
  void fieldBecomesUniqueOnlyIfItIs() {
    String plain = SCHEMA.replace(" @unique", "");
    api.deploy(Generation.V2, plain);
    create("User", "id: \"a\", email: \"x@y\"");
    create("User", "id: \"b\", email: \"x@y\"");
    assertThatThrownBy(() -> api.deploy(Generation.V2, SCHEMA))
        .isInstanceOf(DeploymentException.class)
        .hasMessageContaining("User.email cannot be unique");
    api.data("mutation { deleteUser(input: {id: \"b\"}) { id } }");
    api.deploy(Generation.V2, SCHEMA);
    assertThat(api.ask("mutation { createUser(input: {id: \"c\", email: \"x@y\"}) { id } }"))
        .contains("UniqueConstraintViolation");
  }

  @Test
  void mutationsOfOneRequestSucceedOrFailTogether() {
    assertThat(
            api.ask(
                """
                mutation { a: createPost(input: {id: "1", title: "A"}) { title }
                  b: createUser(input: {id: "u", email: "x@y"}) { email } }\
                """))
        .isEqualTo("{\"data\":{\"a\":{\"title\":\"A\"},\"b\":{\"email\":\"x@y\"}}}");
    assertThat(
            api.ask(
                """
                mutation { a: updatePost(input: {id: "1", title: "B"}) { title }
                  b: createUser(input: {id: "v", email: "x@y"}) { email } }\
                """))
        .contains("{\"a\":null,\"b\":null}", "UniqueConstraintViolation", "TransactionCanceled");
    assertThat(api.data("{ getPost(id: \"1\") { title } }").object("getPost").text("title"))
        .isEqualTo("A");
    assertThat(
            api.ask(
                """
                mutation { a: updatePost(input: {id: "1", title: "B"}) { title }
                  b: deleteUser(input: {id: "u"}) { email } }\
                """))
        .isEqualTo("{\"data\":{\"a\":{\"title\":\"B\"},\"b\":{\"email\":\"x@y\"}}}");
  }

  @Test
  void objectsAndChildrenAreCounted() {
    create("Post", "id: \"p\", title: \"T\"");
    create("Post", "id: \"q\", title: \"U\"");
    for (int i = 0; i < 3; i++) {
      create("Comment", "postID: \"p\", content: \"" + i + "\"");
    }
    assertThat(
            api.ask(
                """
                { countPosts(filter: {title: {ne: "U"}})
                  p: getPost(id: "p") { commentsCount(filter: {content: {gt: "0"}}) }
                  q: getPost(id: "q") { commentsCount } }\
                """))
        .isEqualTo(
            "{\"data\":{\"countPosts\":1,\"p\":{\"commentsCount\":2},"
                + "\"q\":{\"commentsCount\":0}}}");
  }

  @Test
  void filterIsAppliedBeforeTheLimit() {
    for (int i = 0; i < 9; i++) {
      create("Post", "title: \"" + (i % 3 == 0 ? "yes" : "no") + "\"");
    }
    var page =
        api.data(
                "{ listPosts(limit: 2, filter: {title: {eq: \"yes\"}}) { items { id } nextToken } }")
            .object("listPosts");
    assertThat(page.objects("items")).hasSize(2);
    var next =
        api.data(
                "{ listPosts(limit: 2, filter: {title: {eq: \"yes\"}}, nextToken: \""
                    + page.text("nextToken")
                    + "\") { items { id } nextToken } }")
            .object("listPosts");
    assertThat(next.objects("items")).hasSize(1);
    assertThat(next.has("nextToken")).isFalse();
  }
}
