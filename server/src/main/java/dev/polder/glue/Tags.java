package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Json;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GetTagsRequest;
import software.amazon.awssdk.services.glue.model.GetTagsResponse;
import software.amazon.awssdk.services.glue.model.TagResourceRequest;
import software.amazon.awssdk.services.glue.model.TagResourceResponse;
import software.amazon.awssdk.services.glue.model.UntagResourceRequest;
import software.amazon.awssdk.services.glue.model.UntagResourceResponse;

/// The tags of databases and crawlers, at most 50 each, under the resource part of their ARN.
record Tags(Catalog catalog) {
  private static final int MOST = 50;

  private Key key(String resource) {
    return catalog.key("tags", resource);
  }

  /// Sets the tags of a resource that a batch makes.
  void put(Batch batch, String resource, Map<String, String> tags) {
    checkCount(tags);
    batch.put(key(resource), Json.write(new TreeMap<>(tags)).getBytes(UTF_8));
  }

  /// Removes the tags of a resource that a batch removes.
  void remove(Batch batch, String resource) {
    batch.delete(key(resource));
  }

  TagResourceResponse tag(TagResourceRequest request) {
    String resource = resource(request.resourceArn());
    change(
        resource,
        tags -> {
          tags.putAll(request.tagsToAdd());
          checkCount(tags);
        });
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(UntagResourceRequest request) {
    String resource = resource(request.resourceArn());
    change(resource, tags -> request.tagsToRemove().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  GetTagsResponse list(GetTagsRequest request) {
    return GetTagsResponse.builder().tags(of(resource(request.resourceArn()))).build();
  }

  /// The tags of a resource.
  Map<String, String> of(String resource) {
    return read(catalog.store().get(key(resource)));
  }

  private void change(String resource, Consumer<Map<String, String>> edit) {
    catalog.change(
        "Tag resource",
        () -> {
          byte[] old = catalog.store().get(key(resource));
          Map<String, String> tags = read(old);
          edit.accept(tags);
          var batch = new Batch().require(key(resource), old);
          return tags.isEmpty()
              ? batch.delete(key(resource))
              : batch.put(key(resource), Json.write(tags).getBytes(UTF_8));
        });
  }

  private static Map<String, String> read(byte @Nullable [] bytes) {
    Map<String, String> tags = new TreeMap<>();
    if (bytes != null) {
      Documents.object(Json.parse(bytes)).forEach((key, value) -> tags.put(key, (String) value));
    }
    return tags;
  }

  private static void checkCount(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw GlueErrors.invalid("A resource can have at most " + MOST + " tags");
    }
  }

  /// The resource of an ARN, if it is one of ours and exists.
  private String resource(String arn) {
    Check.present(arn, "resourceArn");
    Arn parsed =
        Arn.parse(arn)
            .filter(
                a -> a.service().equals("glue") && a.scope(catalog.scope()).equals(catalog.scope()))
            .orElseThrow(() -> GlueErrors.invalid("Invalid resource ARN: " + arn));
    String[] part = parsed.resource().split("/", 2);
    boolean exists =
        part.length == 2
            && (part[0].equals("database") || part[0].equals("crawler"))
            && catalog.store().get(catalog.key(part[0], part[1])) != null;
    if (!exists) {
      throw GlueErrors.notFound("Resource " + arn + " not found.");
    }
    return parsed.resource();
  }
}
