package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;

/// `AWS::Glue::Crawler`.
final class GlueCrawler implements ResourceType {
  @Override
  public String name() {
    return "AWS::Glue::Crawler";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateCrawlerRequest.builder())
        .with("Schedule", new Shape.Struct(Map.of("ScheduleExpression", Shape.SCALAR), Set.of()))
        .with("Tags", Shape.FREE)
        .without("LineageConfiguration")
        .requiring("Role", "Targets");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name", "Tags");
  }

  private static String schedule(ResourceCall call) {
    return call.properties().get("Schedule") instanceof Map<?, ?> schedule
        ? Values.text(schedule.get("ScheduleExpression"))
        : "";
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("Name", 255);
    var request =
        Shape.fill(CreateCrawlerRequest.builder(), call.without("Schedule", "Tags", "Name"))
            .name(name);
    if (!call.tags().isEmpty()) {
      request.tags(call.tags());
    }
    if (!schedule(call).isEmpty()) {
      request.schedule(schedule(call));
    }
    call.make(
        AlreadyExistsException.class,
        () -> call.client(GlueClient.class).createCrawler(request.build()));
    return Made.named(name, Map.of());
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    var request =
        Shape.fill(UpdateCrawlerRequest.builder(), call.without("Schedule", "Tags", "Name"))
            .name(before.physicalId())
            .schedule(schedule(call));
    call.client(GlueClient.class).updateCrawler(request.build());
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        EntityNotFoundException.class,
        () -> call.client(GlueClient.class).deleteCrawler(b -> b.name(made.physicalId())));
  }
}
