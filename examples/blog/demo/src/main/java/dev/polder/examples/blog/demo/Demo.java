package dev.polder.examples.blog.demo;

import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.xray.XRayClient;

/// `--graphql URL --api-key KEY --endpoint URL [--comments N]`: fills the blog, deletes a post with
/// its comments, shows the trace. Exits with 0 if what the API says afterwards is right.
public final class Demo {
  private static final int WARM_UP = 3;

  private Demo() {}

  public static void main(String[] args) {
    try {
      run(args, System.out);
    } catch (DemoException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String[] args, PrintStream out) {
    Map<String, String> options = options(args);
    URI graphql = URI.create(required(options, "graphql"));
    int comments = Integer.parseInt(options.getOrDefault("comments", "500"));
    var blog =
        new Blog(
            new GraphqlClient(graphql, required(options, "api-key")),
            new TraceIds(InstantSource.system()));
    String blogId = blog.createBlog("Hello Cloud");
    for (int i = 0; i < WARM_UP; i++) {
      blog.deletePostAndComments(filled(blog, blogId, comments));
    }
    String postId = filled(blog, blogId, comments);
    int before = blog.countComments(postId);
    out.println("A post with " + before + " comments, " + postId);
    out.println("mutation { deletePostAndComments(postId: \"" + postId + "\") { id } }");
    out.println();
    String trace = blog.deletePostAndComments(postId);
    double millis = new Timeline(out).draw(spans(URI.create(required(options, "endpoint")), trace));
    out.println();
    if (before != comments || blog.hasPost(postId)) {
      throw new DemoException("Expected the post to be gone, and " + comments + " comments before");
    }
    out.printf(
        "Deleted the post and its %d comments in %.1f ms. Trace %s%n", before, millis, trace);
    out.println(
        "Explore it: curl -H 'x-api-key: "
            + options.get("api-key")
            + "' "
            + graphql
            + " -H 'content-type: application/json' -d '{\"query\":\"{ listBlogs { items { name } } }\"}'");
  }

  private static String filled(Blog blog, String blogId, int comments) {
    String postId = blog.createPost(blogId, "A post to delete");
    blog.createComments(postId, comments);
    return postId;
  }

  private static List<Span> spans(URI endpoint, String trace) {
    try (XRayClient xray =
        XRayClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("000000000000", "demo")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      var traces = xray.batchGetTraces(b -> b.traceIds(trace)).traces();
      if (traces.isEmpty()) {
        throw new DemoException("There is no trace " + trace);
      }
      return Span.of(traces.getFirst().segments());
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new DemoException("Expected --name value but was " + args[i]);
      }
      options.put(args[i].substring(2), args[i + 1]);
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new DemoException("Expected --" + name);
    }
    return value;
  }
}
