package dev.polder.cloudformation.resource;

import dev.polder.shape.TagLists;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.Tag;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;
import software.amazon.awssdk.services.athena.model.WorkGroupConfigurationUpdates;

/// `AWS::Athena::WorkGroup`.
final class AthenaWorkGroup implements ResourceType {
  @Override
  public String name() {
    return "AWS::Athena::WorkGroup";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "Name", Shape.SCALAR,
            "Description", Shape.SCALAR,
            "State", Shape.SCALAR,
            "RecursiveDeleteOption", Shape.SCALAR,
            "Tags", Shape.TAGS,
            "WorkGroupConfiguration", Shape.of(WorkGroupConfiguration.builder())),
        Set.of("Name"));
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name", "Tags");
  }

  private static Map<String, Object> configuration(ResourceCall call) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    if (call.properties().get("WorkGroupConfiguration") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> configuration.put(String.valueOf(key), value));
    }
    return configuration;
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.text("Name");
    var athena = call.client(AthenaClient.class);
    if (!(call.resumed() && exists(athena, name))) {
      var tags =
          TagLists.of(call.tags(), (key, value) -> Tag.builder().key(key).value(value).build());
      athena.createWorkGroup(b -> {
        b.name(name)
            .configuration(
                Shape.fill(WorkGroupConfiguration.builder(), configuration(call)).build());
        if (call.has("Description")) {
          b.description(call.text("Description"));
        }
        if (!tags.isEmpty()) {
          b.tags(tags);
        }
      });
    }
    if (call.text("State").equals("DISABLED")) {
      athena.updateWorkGroup(b -> b.workGroup(name).state("DISABLED"));
    }
    return Made.named(name, Map.of());
  }

  private static boolean exists(AthenaClient athena, String name) {
    try {
      athena.getWorkGroup(b -> b.workGroup(name));
      return true;
    } catch (InvalidRequestException _) {
      return false;
    }
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    Map<String, Object> updates = configuration(call);
    Object results = updates.remove("ResultConfiguration");
    if (results != null) {
      updates.put("ResultConfigurationUpdates", results);
    }
    var configuration = Shape.fill(WorkGroupConfigurationUpdates.builder(), updates).build();
    call.client(AthenaClient.class)
        .updateWorkGroup(b ->
            b.workGroup(before.physicalId())
                .description(call.text("Description"))
                .state(call.has("State") ? call.text("State") : "ENABLED")
                .configurationUpdates(configuration));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    var athena = call.client(AthenaClient.class);
    if (exists(athena, made.physicalId())) {
      boolean all = call.text("RecursiveDeleteOption").equals("true");
      athena.deleteWorkGroup(b -> b.workGroup(made.physicalId()).recursiveDeleteOption(all));
    }
  }
}
