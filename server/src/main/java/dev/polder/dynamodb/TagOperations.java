package dev.polder.dynamodb;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Caller;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;

/// The tags of tables.
final class TagOperations {
  private static final String TABLE = "table/";
  private static final Pattern RESOURCE = Pattern.compile(".+:.+:.+:.+:.+:.+/.+");

  private final Store store;
  private final Tables tables;

  TagOperations(Store store, Tables tables) {
    this.store = store;
    this.tables = tables;
  }

  TagResourceResponse tag(Scope scope, TagResourceRequest request) {
    String arn = requireArn(request.resourceArn(), "TagResource");
    requirePresent(Requests.given(request.hasTags(), request.tags()), "tags");
    String name = tableName(arn);
    if (request.tags().isEmpty()) {
      throw DynamoDbErrors.invalid("Atleast one Tag needs to be provided as Input.");
    }
    Map<String, String> added = TagRules.read(request.tags());
    OpenTable table = table(scope, arn, name).orElseThrow(() -> noTable(arn));
    change(scope, table, tags -> tags.putAll(added));
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(Scope scope, UntagResourceRequest request) {
    String arn = requireArn(request.resourceArn(), "UntagResource");
    requirePresent(Requests.given(request.hasTagKeys(), request.tagKeys()), "tagKeys");
    String name = tableName(arn);
    if (request.tagKeys().isEmpty()) {
      throw DynamoDbErrors.invalid("Atleast one Tag Key needs to be provided as Input.");
    }
    request.tagKeys().forEach(TagRules::requireKey);
    OpenTable table = table(scope, arn, name).orElseThrow(DynamoDbErrors::noResource);
    change(scope, table, tags -> request.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  /// All tags at once: there are fifty at most.
  ListTagsOfResourceResponse list(Scope scope, ListTagsOfResourceRequest request) {
    String arn = requireArn(request.resourceArn(), "ListTagsOfResource");
    OpenTable table = table(scope, arn, tableName(arn)).orElseThrow(() -> noTable(arn));
    Map<String, String> tags = read(Keys.tags(scope, table.table().name()));
    return ListTagsOfResourceResponse.builder().tags(TableAnswers.tags(tags)).build();
  }

  private static void requirePresent(@Nullable Object given, String path) {
    var constraints = new Constraints();
    constraints.present(given, path);
    constraints.check();
  }

  private void change(Scope scope, OpenTable table, Consumer<Map<String, String>> changing) {
    try (var _ = table.enterAlone()) {
      if (table.isDropped()) {
        throw DynamoDbErrors.noResource();
      }
      Key key = Keys.tags(scope, table.table().name());
      Map<String, String> tags = read(key);
      changing.accept(tags);
      TagRules.requireRoom(tags);
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

  /// The name of a resource, of what looks like a resource at all.
  private static String requireArn(@Nullable String arn, String action) {
    if (arn == null) {
      throw DynamoDbErrors.invalid("Invalid TableArn");
    }
    if (!RESOURCE.matcher(arn).matches()) {
      throw DynamoDbErrors.accessDenied(
          "User: "
              + Caller.current().map(Caller::arn).orElse("unknown")
              + " is not authorized to perform: dynamodb:"
              + action
              + " on resource: "
              + (arn.isEmpty() ? "*" : arn));
    }
    return arn;
  }

  /// The table that a resource's name means.
  private static String tableName(String arn) {
    return Arn.parse(arn)
        .filter(parsed -> parsed.service().equals("dynamodb"))
        .map(Arn::resource)
        .filter(resource -> resource.startsWith(TABLE))
        .map(resource -> resource.substring(TABLE.length()))
        .filter(Constraints::isName)
        .orElseThrow(() ->
            DynamoDbErrors.invalid(
                "Invalid TableArn: Invalid ResourceArn provided as input " + arn));
  }

  private Optional<OpenTable> table(Scope scope, String arn, String name) {
    return Arn.parse(arn)
        .filter(parsed -> parsed.scope(scope).equals(scope))
        .flatMap(_ -> tables.find(scope, name));
  }

  private static AwsServiceException noTable(String arn) {
    // The misspelling is the service's.
    return DynamoDbErrors.notFound(
        "Requested resource not found: ResourcArn: " + arn + " not found");
  }
}
