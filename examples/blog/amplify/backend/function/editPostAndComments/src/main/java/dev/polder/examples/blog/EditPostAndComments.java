package dev.polder.examples.blog;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Resolves `Mutation.deletePostAndComments`.
public final class EditPostAndComments
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final PostRemoval removal;

  public EditPostAndComments() {
    this(
        new PostRemoval(
            DynamoDbClient.builder().httpClient(ApacheHttpClient.create()).build(),
            setting("POSTTABLE"),
            setting("COMMENTTABLE")));
  }

  EditPostAndComments(PostRemoval removal) {
    this.removal = removal;
  }

  private static String setting(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("Expected the environment variable " + name);
    }
    return value;
  }

  /// @param event what the API hands to a function: `typeName`, `fieldName`, `arguments`, …
  /// @throws IllegalArgumentException if there is no resolver for the field, or no such post
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    String field = event.get("typeName") + "." + event.get("fieldName");
    if (!field.equals("Mutation.deletePostAndComments")
        || !(event.get("arguments") instanceof Map<?, ?> arguments)) {
      throw new IllegalArgumentException("No resolver for " + field);
    }
    return Map.of("id", removal.remove(String.valueOf(arguments.get("postId"))));
  }
}
