import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Deletes posts with their comments, three ways: by the blog's mutation over HTTP, whose function
/// runs in the server; by the same calls of DynamoDB's API (one query, batches of 25, one delete)
/// from this process; and by those against another server of that API, where one is given.
///
/// Arguments: the GraphQL endpoint and API key that `./polder up examples/blog` prints, rounds (50),
/// comments (500), the endpoint of the other server (none). The rounds are done twice: while the
/// server and the function in it are being compiled, and after.
public final class DeletePost {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int BATCH = 25;

  private DeletePost() {}

  public static void main(String[] args) throws Exception {
    URI graphql = URI.create(args[0]);
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 50;
    int comments = args.length > 3 ? Integer.parseInt(args[3]) : 500;
    report("the mutation over HTTP", rounds, round -> mutation(graphql, args[1], comments));
    URI polder = graphql.resolve("/");
    try (DynamoDbClient tables = client(polder)) {
      prepare(tables);
      report("its calls, Polder", rounds, round -> calls(tables, "p" + round, comments));
    }
    if (args.length > 4) {
      try (DynamoDbClient tables = client(URI.create(args[4]))) {
        prepare(tables);
        report("its calls, the other", rounds, round -> calls(tables, "p" + round, comments));
      }
    }
  }

  /// Nanoseconds of one deletion; what prepares it does not count.
  private interface Round {
    long run(int round) throws Exception;
  }

  private static void report(String name, int rounds, Round measured) throws Exception {
    report(name + ", first", rounds, 0, measured);
    report(name + ", then", rounds, rounds, measured);
  }

  private static void report(String name, int rounds, int from, Round measured) throws Exception {
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      nanos[i] = measured.run(from + i);
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-32s p50 %7.1f ms   p90 %7.1f ms   least %7.1f ms%n",
        name, nanos[rounds / 2] / 1e6, nanos[rounds * 9 / 10] / 1e6, nanos[0] / 1e6);
  }

  private static long mutation(URI endpoint, String key, int comments) throws Exception {
    String post =
        id(
            send(
                endpoint,
                key,
                "mutation { createPost(input: {blogID: \\\"b\\\", title: \\\"t\\\"}) { id } }"));
    for (int at = 0; at < comments; at += BATCH) {
      var text = new StringBuilder("mutation {");
      for (int i = at; i < Math.min(at + BATCH, comments); i++) {
        text.append(
            " c%d: createComment(input: {postID: \\\"%s\\\", content: \\\"comment %d\\\"}) { id }"
                .formatted(i, post, i));
      }
      send(endpoint, key, text.append(" }").toString());
    }
    long begin = System.nanoTime();
    String answer =
        send(
            endpoint,
            key,
            "mutation { deletePostAndComments(postId: \\\"" + post + "\\\") { id } }");
    long took = System.nanoTime() - begin;
    if (!answer.contains("\"id\":\"" + post + "\"")) {
      throw new IllegalStateException(answer);
    }
    return took;
  }

  private static String send(URI endpoint, String key, String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("x-api-key", key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"query\":\"" + query + "\"}"))
            .build();
    String answer = HTTP.send(request, BodyHandlers.ofString()).body();
    if (answer.contains("\"errors\"")) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private static String id(String answer) {
    int at = answer.indexOf("\"id\":\"") + 6;
    return answer.substring(at, answer.indexOf('"', at));
  }

  private static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static void prepare(DynamoDbClient tables) {
    try {
      tables.createTable(b ->
          b.tableName("BenchPost")
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
              .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
      tables.createTable(b ->
          b.tableName("BenchComment")
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(
                  a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                  a -> a.attributeName("postID").attributeType(ScalarAttributeType.S))
              .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
              .globalSecondaryIndexes(g ->
                  g.indexName("byPost")
                      .keySchema(k -> k.attributeName("postID").keyType(KeyType.HASH))
                      .projection(p -> p.projectionType(ProjectionType.ALL))));
    } catch (ResourceInUseException _) {
      return;
    } finally {
      tables.waiter().waitUntilTableExists(b -> b.tableName("BenchComment"));
    }
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static long calls(DynamoDbClient tables, String post, int comments) throws Exception {
    tables.putItem(b -> b.tableName("BenchPost").item(Map.of("id", text(post))));
    List<WriteRequest> puts = new ArrayList<>();
    for (int i = 0; i < comments; i++) {
      var item =
          Map.of(
              "id", text(post + "-" + i), "postID", text(post), "content", text("comment " + i));
      puts.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
    }
    write(tables, puts);
    long begin = System.nanoTime();
    List<WriteRequest> deletions =
        tables
            .queryPaginator(b ->
                b.tableName("BenchComment")
                    .indexName("byPost")
                    .keyConditionExpression("postID = :post")
                    .expressionAttributeValues(Map.of(":post", text(post)))
                    .projectionExpression("id"))
            .items()
            .stream()
            .map(item ->
                WriteRequest.builder()
                    .deleteRequest(d -> d.key(Map.of("id", item.get("id"))))
                    .build())
            .toList();
    write(tables, deletions);
    tables.deleteItem(b ->
        b.tableName("BenchPost")
            .key(Map.of("id", text(post)))
            .returnValues(ReturnValue.ALL_OLD));
    long took = System.nanoTime() - begin;
    if (deletions.size() != comments) {
      throw new IllegalStateException("Found " + deletions.size() + " comments");
    }
    return took;
  }

  private static void write(DynamoDbClient tables, List<WriteRequest> writes) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> pending = new ArrayList<>();
      for (int at = 0; at < writes.size(); at += BATCH) {
        var batch = writes.subList(at, Math.min(at + BATCH, writes.size()));
        pending.add(
            threads.submit(() ->
                tables.batchWriteItem(b -> b.requestItems(Map.of("BenchComment", batch)))));
      }
      for (Future<?> each : pending) {
        each.get();
      }
    }
  }
}
