package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The blog as an Amplify project: served, used, killed, changed.
class BlogTest {
  private static final Path PROJECT = PolderProcess.root().resolve("examples/blog");
  private static final Path TEMPLATE =
      Path.of(
          "amplify/backend/function/editPostAndComments",
          "editPostAndComments-cloudformation-template.json");

  @TempDir Path directory;

  private static GraphqlApi api(PolderProcess server) {
    return new GraphqlApi(
        URI.create(server.printed("GraphQL endpoint")), server.printed("API key"));
  }

  private static String post(GraphqlApi api, int comments) {
    String blog = api.id("mutation { createBlog(input: {name: \"b\"}) { id } }");
    String post =
        api.id(
            "mutation { createPost(input: {blogID: \"%s\", title: \"t\"}) { id } }"
                .formatted(blog));
    for (int i = 0; i < comments; i++) {
      api.id(
          "mutation { createComment(input: {postID: \"%s\", content: \"c%03d\"}) { id } }"
              .formatted(post, i));
    }
    return post;
  }

  private static String delete(GraphqlApi api, String post) {
    return api.run("mutation { deletePostAndComments(postId: \"%s\") { id } }".formatted(post));
  }

  @Test
  void theDemoDeletesAPostWithItsCommentsAndShowsWhereTheTimeWent() {
    try (var server = PolderProcess.up(PROJECT, directory)) {
      Path demo = PROJECT.resolve("demo/target");
      String shown =
          Commands.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-cp",
                  demo.resolve("blog-demo.jar") + ":" + demo.resolve("lib") + "/*",
                  "dev.polder.examples.blog.demo.Demo",
                  "--graphql",
                  server.printed("GraphQL endpoint"),
                  "--api-key",
                  server.printed("API key"),
                  "--endpoint",
                  server.endpoint().toString(),
                  "--comments",
                  "60"));
      assertThat(shown)
          .contains("Mutation.deletePostAndComments", "editPostAndComments-dev")
          .contains("Query Comment/byPost", "DeleteItem Post")
          .contains("Deleted the post and its 60 comments in");
      assertThat(shown.split("BatchWriteItem", -1)).hasSize(1 + 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blog-node", "blog-python"})
  void theFunctionInAnotherLanguageDoesTheSame(String example) {
    if (example.equals("blog-python")) {
      AwsTools.assumeBoto3();
    } else {
      assumeTrue(Commands.present("node", "--version"), "no node on this machine");
    }
    try (var server = PolderProcess.up(PROJECT.resolveSibling(example), directory)) {
      GraphqlApi api = api(server);
      String post = post(api, 60);
      String other = post(api, 1);
      String answer = delete(api, post);
      assumeFalse(
          answer.contains("polder runtimes install"), "no AWS SDK for Node.js on this machine");
      assertThat(answer)
          .isEqualTo("{\"data\":{\"deletePostAndComments\":{\"id\":\"" + post + "\"}}}");
      assertThat(api.run("{ listPosts { items { id comments { items { content } } } } }"))
          .isEqualTo(
              "{\"data\":{\"listPosts\":{\"items\":[{\"id\":\"%s\",\"comments\":{\"items\":[{\"content\":\"c000\"}]}}]}}}"
                  .formatted(other));
      assertThat(delete(api, "nobody"))
          .contains("\"errorType\":\"Lambda:Unhandled\"", "There is no post nobody");
    }
  }

  @Test
  void whatWasAnsweredIsThereAfterAKill() {
    String post;
    GraphqlApi before;
    try (var server = PolderProcess.up(PROJECT, directory)) {
      before = api(server);
      post = post(before, 5);
      server.kill();
    }
    try (var server = PolderProcess.up(PROJECT, directory)) {
      GraphqlApi after = api(server);
      assertThat(after.apiKey()).isEqualTo(before.apiKey());
      assertThat(after.endpoint().getPath()).isEqualTo(before.endpoint().getPath());
      String read =
          "{ getPost(id: \"%s\") { blog { name } comments(sortDirection: DESC) { items { content } } } }"
              .formatted(post);
      assertThat(after.run(read))
          .isEqualTo(
              "{\"data\":{\"getPost\":{\"blog\":{\"name\":\"b\"},\"comments\":{\"items\":[{\"content\":\"c004\"},{\"content\":\"c003\"},{\"content\":\"c002\"},{\"content\":\"c001\"},{\"content\":\"c000\"}]}}}}");
      assertThat(delete(after, post))
          .isEqualTo("{\"data\":{\"deletePostAndComments\":{\"id\":\"" + post + "\"}}}");
      assertThat(after.run("{ listComments { items { id } } }"))
          .isEqualTo("{\"data\":{\"listComments\":{\"items\":[]}}}");
    }
  }

  @Test
  void aFunctionMayDoWhatItsPolicySaysAndNothingElse() throws IOException {
    Path project = directory.resolve("project");
    copy(PROJECT.resolve("amplify"), project.resolve("amplify"));
    Path template = project.resolve(TEMPLATE);
    String allowed = Files.readString(template);
    Files.writeString(template, allowed.replace("\"dynamodb:Query\",", ""));
    try (var server = PolderProcess.up(project, directory.resolve("data"))) {
      GraphqlApi api = api(server);
      String post = post(api, 1);
      assertThat(delete(api, post))
          .contains("\"errorType\":\"Lambda:Unhandled\"")
          .contains("is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:")
          .contains(
              "/index/byPost because no identity-based policy allows the dynamodb:Query action");
      assertThat(api.run("{ listComments { items { content } } }")).contains("c000");

      Files.writeString(template, allowed);
      String deleted = "{\"data\":{\"deletePostAndComments\":{\"id\":\"" + post + "\"}}}";
      assertThat(Await.until(() -> delete(api, post), deleted::equals)).isEqualTo(deleted);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void aSchemaIsServedAloneUntilItIsStopped() throws IOException {
    Files.writeString(
        directory.resolve("schema.graphql"), "type Todo @model { id: ID! name: String! }");
    Files.writeString(
        directory.resolve("config.json"), "{\"generation\": \"v2\", \"apiKey\": \"da2-mine\"}");
    try (var server = PolderProcess.serveSchema(directory)) {
      var api = new GraphqlApi(server.endpoint(), "da2-mine");
      assertThat(api.run("mutation { createTodo(input: {id: \"1\", name: \"n\"}) { id name } }"))
          .isEqualTo("{\"data\":{\"createTodo\":{\"id\":\"1\",\"name\":\"n\"}}}");
      assertThat(new GraphqlApi(server.endpoint(), "da2-other").run("{ listTodos { nextToken } }"))
          .contains("UnauthorizedException");
      assertThat(server.stop()).isEqualTo(128 + 15);
    }
  }

  @Test
  void aSchemaThatIsWrongEndsTheCommandWithTheLine() throws IOException {
    Files.writeString(
        directory.resolve("schema.graphql"), "type Todo @model {\n  id: ID!\n  x: Strin\n}");
    var outcome = PolderProcess.outcome("serve-schema", directory.toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.text())
        .contains("Unknown type \"Strin\"", "schema.graphql:3:6: ", "3 |   x: Strin");
  }
}
