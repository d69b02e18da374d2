package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// `AWS::Logs::LogGroup`.
final class LogsLogGroup implements ResourceType {
  @Override
  public String name() {
    return "AWS::Logs::LogGroup";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "LogGroupName",
            Shape.SCALAR,
            "LogGroupClass",
            Shape.SCALAR,
            "RetentionInDays",
            Shape.SCALAR,
            "Tags",
            Shape.TAGS),
        Set.of());
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("LogGroupName", "LogGroupClass", "Tags");
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("LogGroupName", 512);
    call.make(
        ResourceAlreadyExistsException.class,
        () ->
            call.client(CloudWatchLogsClient.class)
                .createLogGroup(b -> {
                  b.logGroupName(name).tags(call.tags());
                  if (call.has("LogGroupClass")) {
                    b.logGroupClass(call.text("LogGroupClass"));
                  }
                }));
    retain(call, name);
    String arn = call.scope().arn("logs", "log-group:" + name + ":*").toString();
    return Made.named(name, Map.of("Arn", arn));
  }

  private static void retain(ResourceCall call, String name) {
    CloudWatchLogsClient logs = call.client(CloudWatchLogsClient.class);
    if (call.has("RetentionInDays")) {
      int days = Integer.parseInt(Values.text(call.properties().get("RetentionInDays")));
      logs.putRetentionPolicy(b -> b.logGroupName(name).retentionInDays(days));
    } else {
      logs.deleteRetentionPolicy(b -> b.logGroupName(name));
    }
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    retain(call, before.physicalId());
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(CloudWatchLogsClient.class)
                .deleteLogGroup(b -> b.logGroupName(made.physicalId())));
  }
}
