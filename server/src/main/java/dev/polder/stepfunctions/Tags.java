package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.shape.TagLists;
import dev.polder.store.Batch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;

/// Tags of state machines and activities: at most fifty each.
final class Tags {
  private static final int MOST = 50;

  private final Catalogue catalogue;

  Tags(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  void put(Batch batch, Scope scope, String arn, List<Tag> given) {
    if (!given.isEmpty()) {
      batch.put(Catalogue.tags(scope, arn), JsonObject.bytes(merged(arn, Map.of(), given)));
    }
  }

  private static Map<String, String> merged(String arn, Map<String, String> old, List<Tag> given) {
    Map<String, String> tags = new LinkedHashMap<>(old);
    for (Tag tag : given) {
      String key = Constraints.required(tag.key(), "tags.1.member.key");
      Constraints.length(key, "tags.1.member.key", 0, 128);
      String value = tag.value() == null ? "" : tag.value();
      Constraints.length(value, "tags.1.member.value", 0, 256);
      tags.put(key, value);
    }
    if (tags.size() > MOST) {
      throw StepFunctionsErrors.tooManyTags(arn);
    }
    return tags;
  }

  private String existing(Scope scope, String text) {
    Arn arn = Constraints.arn(text, "resourceArn");
    String[] part = arn.resource().split(":", -1);
    boolean found =
        part.length == 2
            && switch (part[0]) {
              case "stateMachine" -> catalogue.find(scope, part[1]).isPresent();
              case "activity" -> catalogue.activityCreated(scope, part[1]).isPresent();
              default -> false;
            };
    if (!found) {
      throw StepFunctionsErrors.noResource(text);
    }
    return text;
  }

  TagResourceResponse tag(Scope scope, TagResourceRequest request) {
    String arn = existing(scope, Constraints.required(request.resourceArn(), "resourceArn"));
    Map<String, String> tags = merged(arn, catalogue.tagsOf(scope, arn), request.tags());
    catalogue.commit(new Batch().put(Catalogue.tags(scope, arn), JsonObject.bytes(tags)));
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(Scope scope, UntagResourceRequest request) {
    String arn = existing(scope, Constraints.required(request.resourceArn(), "resourceArn"));
    Map<String, String> tags = catalogue.tagsOf(scope, arn);
    request.tagKeys().forEach(tags::remove);
    catalogue.commit(new Batch().put(Catalogue.tags(scope, arn), JsonObject.bytes(tags)));
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse list(Scope scope, ListTagsForResourceRequest request) {
    String arn = existing(scope, Constraints.required(request.resourceArn(), "resourceArn"));
    List<Tag> tags =
        TagLists.of(
            catalogue.tagsOf(scope, arn),
            (key, value) -> Tag.builder().key(key).value(value).build());
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }
}
