package dev.polder.appsync.transform.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.SharedCases;
import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.transform.ServiceSchema;
import dev.polder.appsync.transform.Transform;
import dev.polder.appsync.transform.TransformOptions;
import dev.polder.kernel.Json;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.Scalars;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The schema of the article's example, as AWS itself answered its introspection in 2020.
final class BlogIntrospectionTest {
  static final String BLOG =
      """
      type Blog @model {
        id: ID!
        name: String!
        posts: [Post] @connection(keyName: "byBlog", fields: ["id"])
      }

      type Post @model @key(name: "byBlog", fields: ["blogID"]) {
        id: ID!
        title: String!
        blogID: ID!
        blog: Blog @connection(fields: ["blogID"])
        comments: [Comment] @connection(keyName: "byPost", fields: ["id"])
      }

      type Comment @model @key(name: "byPost", fields: ["postID", "content"]) {
        id: ID!
        postID: ID!
        post: Post @connection(fields: ["postID"])
        content: String!
      }

      type DeletePostAndCommentsResponse {
        id: ID!
      }

      type Mutation {
        deletePostAndComments(postId: ID!): DeletePostAndCommentsResponse
          @function(name: "editPostAndComments-${env}")
      }
      """;

  @Test
  void theBlogIntrospectsAsTheServiceDid() throws IOException {
    Map<String, Object> real =
        Json.parseObject(
            Files.readString(SharedCases.conformance("graphql/blog-introspection-2020.json")));
    Api api = Transform.of(TransformOptions.of(Generation.V1)).apply(BLOG);

    Map<String, Object> ours = comparable(introspection(api));

    Object data = real.getOrDefault("data", real);
    Map<String, Object> expected = comparable((Map<?, ?>) data);
    expected.forEach((name, one) -> assertThat(ours.get(name)).as(name).isEqualTo(one));
    assertThat(ours.keySet()).isEqualTo(expected.keySet());
  }

  private static Map<?, ?> introspection(Api api) {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
    ServiceSchema.scalars()
        .forEach(
            name -> wiring.scalar(Scalars.GraphQLString.transform(scalar -> scalar.name(name))));
    GraphQLSchema schema = ServiceSchema.assemble(api.generation(), api.sdl(), wiring.build());
    String query =
        IntrospectionQueryBuilder.build(
            IntrospectionQueryBuilder.Options.defaultOptions()
                .isOneOf(false)
                .inputValueDeprecation(false)
                .directiveIsRepeatable(false));
    String flags = query.replace("locations", "locations onOperation onFragment onField");
    ExecutionResult result = GraphQL.newGraphQL(schema).build().execute(flags);
    assertThat(result.getErrors()).isEmpty();
    return result.<Map<String, Object>>getData();
  }

  /// Everything by name, so that the order in which things are listed does not matter.
  private static Map<String, Object> comparable(Map<?, ?> data) {
    Map<?, ?> schema = (Map<?, ?>) data.get("__schema");
    Map<String, Object> all = new TreeMap<>();
    for (Object type : (List<?>) schema.get("types")) {
      String name = name(type);
      if (!name.startsWith("__")) {
        all.put(name, plain(type));
      }
    }
    ((List<?>) schema.get("directives")).forEach(one -> all.put("@" + name(one), plain(one)));
    for (String root : List.of("queryType", "mutationType", "subscriptionType")) {
      all.put(root, name(schema.get(root)));
    }
    return all;
  }

  private static String name(Object node) {
    return node instanceof Map<?, ?> members && members.get("name") != null
        ? String.valueOf(members.get("name"))
        : String.valueOf(node);
  }

  private static Object plain(Object node) {
    Map<String, Object> byName = new TreeMap<>();
    switch (node) {
      case Map<?, ?> members ->
          members.forEach((name, member) -> {
            if (member != null) {
              byName.put(String.valueOf(name), plain(member));
            }
          });
      case List<?> elements -> elements.forEach(one -> byName.put(name(one), plain(one)));
      default -> {
        return node;
      }
    }
    return byName;
  }
}
