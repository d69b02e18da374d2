package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GraphQL and subscriptions through the clients that JavaScript programs use, as npm has them.
/// Skipped where there is no npm, or no registry to get them from.
class JavaScriptClientsTest {
  private static final boolean NPM = Commands.present("npm", "--version");
  private static final String KEY = "da2-conformanceconformanceco";

  private static final String SCHEMA =
      """
      type Blog @model @auth(rules: [{allow: public}]) {
        id: ID!
        name: String!
        posts: [Post] @hasMany
      }
      type Post @model @auth(rules: [{allow: public}]) {
        id: ID!
        title: String!
        stars: Int
        blog: Blog @belongsTo
      }
      type Diary @model @auth(rules: [{allow: owner}]) {
        id: ID!
        text: String
      }
      """;

  private static final String CONFIG =
      """
      {"generation": "v2", "apiKey": "%s", "authConfig": {
        "defaultAuthentication": {"authenticationType": "API_KEY"},
        "additionalAuthenticationProviders": [
          {"authenticationType": "AMAZON_COGNITO_USER_POOLS",
           "userPoolConfig": {"userPoolId": "us-east-1_conformance"}}]}}
      """;

  @TempDir Path directory;

  private void install(String... packages) {
    Assumptions.assumeTrue(NPM, "no npm on this machine");
    List<String> command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
    command.addAll(List.of("--legacy-peer-deps", "--prefix", directory.toString()));
    command.addAll(List.of(packages));
    Commands.Outcome outcome = Commands.outcome(command, Map.of(), directory);
    Assumptions.assumeTrue(outcome.status() == 0, "npm cannot install: " + outcome.text());
  }

  private PolderProcess serve(String... flags) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("schema"));
    Files.writeString(folder.resolve("schema.graphql"), SCHEMA);
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(KEY));
    return PolderProcess.serveSchema(folder, flags);
  }

  private String node(String script, Map<String, String> environment, URI endpoint)
      throws IOException {
    Path file = directory.resolve(script);
    try (InputStream in = getClass().getResourceAsStream("/javascript/" + script)) {
      Files.write(file, Objects.requireNonNull(in).readAllBytes());
    }
    var command = List.of("node", file.toString(), endpoint.toString(), KEY);
    Commands.Outcome outcome = Commands.outcome(command, environment, directory);
    assertThat(outcome.status()).as(outcome.text()).isZero();
    return outcome.text();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void amplifySubscribesOverTls() throws IOException {
    install("aws-amplify@6", "ws@8");
    int port = freePort();
    try (PolderProcess server = serve("--tls-port", Integer.toString(port))) {
      URI secure = URI.create("https://localhost:" + port + server.endpoint().getPath());
      // The certificate is of the server's own making, in a directory that goes with it.
      String printed = node("amplify.mjs", Map.of("NODE_TLS_REJECT_UNAUTHORIZED", "0"), secure);
      assertThat(printed)
          .contains("{\"heard\":[{\"title\":\"t2\",\"stars\":2,\"blogPostsId\":null}]}")
          .contains("{\"listed\":[[\"b\",[\"t1\",\"t2\"]]]}")
          .contains(
              "{\"denied\":{\"message\":\"Not Authorized to access createDiary on type Mutation\","
                  + "\"errorType\":\"Unauthorized\",\"data\":null}}");
    }
  }

  @Test
  void theClientBeforeAmplifySubscribes() throws IOException {
    install("aws-appsync@4", "graphql@15", "graphql-tag@2", "isomorphic-fetch@3", "ws@8");
    try (PolderProcess server = serve()) {
      assertThat(node("appsync.cjs", Map.of(), server.endpoint()))
          .contains("{\"heard\":\"four\"}")
          .contains("{\"listed\":true}");
    }
  }

  @Test
  void auditsOfGraphqlOverHttpShowNoError() throws IOException {
    install("graphql-http@1", "graphql@16");
    try (PolderProcess server = serve()) {
      assertThat(node("audits.mjs", Map.of(), server.endpoint()))
          .contains("{\"audits\":true}")
          .contains("{\"errors\":[]}");
    }
  }
}
