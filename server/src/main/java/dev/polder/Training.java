package dev.polder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.amplify.SchemaFolder;
import dev.polder.config.Config;
import dev.polder.config.LogLines;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A short life of the server, from whose classes the JDK makes an ahead-of-time cache: start,
/// answer what a user asks first, stop. All of a cache is in memory from the start, so that there
/// is one for servers that begin with a GraphQL API and one for the others.
final class Training {
  private static final String JSON = "POST / HTTP/1.1\r\nContent-Type: application/x-amz-json-";
  private static final List<String> FIRST_REQUESTS =
      List.of(
          "GET /_polder/health HTTP/1.1\r\n",
          json("AWSGlue.GetDatabases", "1.1"),
          json("AWSStepFunctions.ListStateMachines", "1.0"),
          json("AmazonAthena.ListWorkGroups", "1.1"),
          "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=000000000000/20200501/"
              + "us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n");

  private static final String KEY = "da2-trainingtrainingtrainingtr";
  private static final String SCHEMA =
      """
      type Post @model {
        id: ID!
        title: String!
        comments: [Comment] @hasMany(indexName: "byPost", fields: ["id"], onDelete: CASCADE)
      }
      type Comment @model {
        id: ID!
        content: String
        postID: ID @index(name: "byPost", sortKeyFields: ["content"])
        post: Post @belongsTo(fields: ["postID"])
      }
      """;
  private static final List<String> OPERATIONS =
      List.of(
          "mutation { createPost(input: {id: \"p\", title: \"t\"}) { id title } }",
          "mutation { createComment(input: {postID: \"p\", content: \"c\"}) { id content } }",
          "mutation { updatePost(input: {id: \"p\", title: \"u\"}) { id title updatedAt } }",
          "{ getPost(id: \"p\") { title comments { items { content post { title } } } } }",
          "{ listPosts(filter: {title: {eq: \"u\"}}) { items { id } nextToken } }",
          "mutation { deletePost(input: {id: \"p\"}) { id title } }");
  // Enough for the cache to know which methods are worth compiling well as soon as they are called.
  private static final int ROUNDS = 300;

  private Training() {}

  /// For a server that answers the services' APIs.
  static void services(Config config) {
    run(
        config,
        app -> {
          for (String request : FIRST_REQUESTS) {
            ask(app.endpoint(), request, request.startsWith("POST") ? "{}" : "");
          }
        });
  }

  /// For a server that serves a GraphQL API.
  static void graphql(Config config) {
    run(
        config,
        app -> {
          URI api = app.serve(folder(config.data().resolve("training")), Scope.DEFAULT).endpoint();
          String head =
              "POST %s HTTP/1.1\r\nContent-Type: application/json\r\nx-api-key: %s\r\n"
                  .formatted(api.getPath(), KEY);
          for (int round = 0; round < ROUNDS; round++) {
            for (String operation : OPERATIONS) {
              ask(api, head, Json.write(Map.of("query", operation)));
            }
          }
        });
  }

  /// What is done with the server while it lives.
  private interface Life {
    void live(App app) throws IOException;
  }

  private static void run(Config config, Life life) {
    LogLines.install(config);
    try (App app = App.start(config.withAnyPort())) {
      life.live(app);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SchemaFolder folder(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("schema.graphql"), SCHEMA);
    Files.writeString(
        directory.resolve("config.json"), Json.write(Map.of("generation", "v2", "apiKey", KEY)));
    return SchemaFolder.read(directory);
  }

  private static String json(String target, String version) {
    return JSON + version + "\r\nX-Amz-Target: " + target + "\r\n";
  }

  private static void ask(URI endpoint, String head, String body) throws IOException {
    try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      String rest =
          "Host: localhost\r\nConnection: close\r\nContent-Length: "
              + body.getBytes(UTF_8).length
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write((head + rest).getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    }
  }
}
