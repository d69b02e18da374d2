package dev.polder.dynamodb;

import dev.polder.kernel.Arn;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;

/// The tags of tables.
final class TagOperations {
  private static final int MOST_TAGS = 50;

  private final Store store;
  private final Tables tables;

  TagOperations(Store store, Tables tables) {
    this.store = store;
    this.tables = tables;
  }

  TagResourceResponse tag(Scope scope, TagResourceRequest request) {
    var constraints = new Constraints();
    constraints.present(request.resourceArn(), "resourceArn");
    if (constraints.present(Requests.given(request.hasTags(), request.tags()), "tags")) {
      constraints.size(request.tags(), "tags", 1, Integer.MAX_VALUE);
    }
    constraints.check();
    Map<String, String> added = TableOperations.tags(request.tags());
    change(scope, request.resourceArn(), tags -> tags.putAll(added));
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(Scope scope, UntagResourceRequest request) {
    change(scope, request.resourceArn(), tags -> request.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  /// All tags at once: there are fifty at most.
  ListTagsOfResourceResponse list(Scope scope, ListTagsOfResourceRequest request) {
    OpenTable table = table(scope, request.resourceArn());
    Map<String, String> tags = read(Keys.tags(scope, table.table().name()));
    return ListTagsOfResourceResponse.builder().tags(TableAnswers.tags(tags)).build();
  }

  private void change(Scope scope, @Nullable String arn, Consumer<Map<String, String>> changing) {
    OpenTable table = table(scope, arn);
    try (var _ = table.enterAlone()) {
      if (table.isDropped()) {
        throw DynamoDbErrors.noResource();
      }
      Key key = Keys.tags(scope, table.table().name());
      Map<String, String> tags = read(key);
      changing.accept(tags);
      if (tags.size() > MOST_TAGS) {
        throw DynamoDbErrors.invalid(
            "The number of tags exceeds the limit of " + MOST_TAGS + " per resource");
      }
      store.commit(new Batch().put(key, JsonObject.bytes(tags)));
    }
  }

  private Map<String, String> read(Key key) {
    byte[] stored = store.get(key);
    return stored == null
        ? new LinkedHashMap<>()
        : new LinkedHashMap<>(
            new JsonObject(Map.of("tags", JsonObject.of(stored).members())).texts("tags"));
  }

  private OpenTable table(Scope scope, @Nullable String arn) {
    if (arn != null && !arn.startsWith("arn:")) {
      throw DynamoDbErrors.invalid("ARNs must start with 'arn:'");
    }
    Optional<Arn> parsed = arn == null ? Optional.empty() : Arn.parse(arn);
    if (parsed.isEmpty()
        || !parsed.get().service().equals("dynamodb")
        || !parsed.get().resource().startsWith("table/")) {
      throw DynamoDbErrors.invalid(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
    String name = parsed.get().resource().substring("table/".length());
    return tables
        .find(parsed.get().scope(scope), name)
        .filter(_ -> parsed.get().scope(scope).equals(scope))
        .orElseThrow(() ->
            DynamoDbErrors.notFound(
                "Requested resource not found: ResourcArn: " + arn + " not found"));
  }
}
