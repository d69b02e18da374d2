package dev.polder.examples.blog.demo;

import java.util.List;
import java.util.Map;

/// What the demo does with the blog's API.
final class Blog {
  /// How many comments one request creates.
  private static final int TOGETHER = 50;

  private final GraphqlClient api;
  private final TraceIds traces;

  Blog(GraphqlClient api, TraceIds traces) {
    this.api = api;
    this.traces = traces;
  }

  String createBlog(String name) {
    return created(
        "createBlog",
        "mutation Create($name: String!) { createBlog(input: {name: $name}) { id } }",
        Map.of("name", name));
  }

  String createPost(String blogId, String title) {
    return created(
        "createPost",
        "mutation Create($blog: ID!, $title: String!) {"
            + " createPost(input: {blogID: $blog, title: $title}) { id } }",
        Map.of("blog", blogId, "title", title));
  }

  private String created(String field, String mutation, Map<String, Object> variables) {
    var data = api.run(mutation, variables, traces.next());
    return String.valueOf(GraphqlClient.member(data, field).get("id"));
  }

  void createComments(String postId, int count) {
    for (int at = 0; at < count; at += TOGETHER) {
      var mutation = new StringBuilder("mutation Create($post: ID!) {");
      for (int i = at; i < Math.min(count, at + TOGETHER); i++) {
        mutation.append(
            " c%d: createComment(input: {postID: $post, content: \"comment %04d\"}) { id }"
                .formatted(i, i));
      }
      api.run(mutation.append(" }").toString(), Map.of("post", postId), traces.next());
    }
  }

  /// How many comments a post has, read page by page.
  int countComments(String postId) {
    int count = 0;
    Object next = "";
    while (next != null) {
      String after = next.equals("") ? "" : ", nextToken: \"" + next + "\"";
      var data =
          api.run(
              "query Count($post: ID!) { getPost(id: $post) { comments(limit: 1000"
                  + after
                  + ") { items { id } nextToken } } }",
              Map.of("post", postId),
              traces.next());
      var comments = GraphqlClient.member(GraphqlClient.member(data, "getPost"), "comments");
      count += comments.get("items") instanceof List<?> items ? items.size() : 0;
      next = comments.get("nextToken");
    }
    return count;
  }

  boolean hasPost(String postId) {
    var data =
        api.run(
            "query Get($post: ID!) { getPost(id: $post) { id } }",
            Map.of("post", postId),
            traces.next());
    return data.get("getPost") != null;
  }

  /// The mutation that the function resolves.
  ///
  /// @return the id of its trace
  String deletePostAndComments(String postId) {
    String header = traces.next();
    var data =
        api.run(
            "mutation Delete($post: ID!) { deletePostAndComments(postId: $post) { id } }",
            Map.of("post", postId),
            header);
    if (!postId.equals(GraphqlClient.member(data, "deletePostAndComments").get("id"))) {
      throw new DemoException("Expected the id of the deleted post but was " + data);
    }
    return TraceIds.id(header);
  }
}
