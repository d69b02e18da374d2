package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/// `AWS::Glue::Database`.
final class GlueDatabase implements ResourceType {
  @Override
  public String name() {
    return "AWS::Glue::Database";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "CatalogId", Shape.SCALAR,
            "DatabaseName", Shape.SCALAR,
            "DatabaseInput", Shape.of(DatabaseInput.builder())),
        Set.of("CatalogId", "DatabaseInput"));
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public Set<String> replacing() {
    return Set.of("CatalogId", "DatabaseName");
  }

  @Override
  public boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    return ResourceType.super.replaces(old, now)
        || !Objects.equals(input(old).get("Name"), input(now).get("Name"));
  }

  private static Map<?, ?> input(Map<String, Object> properties) {
    return properties.get("DatabaseInput") instanceof Map<?, ?> map ? map : Map.of();
  }

  private static DatabaseInput input(ResourceCall call, String name) {
    Map<String, Object> input = new LinkedHashMap<>();
    input(call.properties()).forEach((key, value) -> input.put(String.valueOf(key), value));
    input.put("Name", name);
    return Shape.fill(DatabaseInput.builder(), input).build();
  }

  @Override
  public Made create(ResourceCall call) {
    Object given = input(call.properties()).get("Name");
    String name = given == null ? call.name("DatabaseName", 255) : String.valueOf(given);
    String lower = name.toLowerCase(Locale.ROOT); // as Glue keeps it
    try {
      call.client(GlueClient.class)
          .createDatabase(
              b -> b.catalogId(call.text("CatalogId")).databaseInput(input(call, lower)));
    } catch (AlreadyExistsException e) {
      if (!call.resumed()) {
        throw e;
      }
    }
    return Made.named(lower, Map.of());
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    String name = before.physicalId();
    call.client(GlueClient.class)
        .updateDatabase(
            b -> b.catalogId(call.text("CatalogId")).name(name).databaseInput(input(call, name)));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    try {
      call.client(GlueClient.class)
          .deleteDatabase(b -> b.catalogId(call.text("CatalogId")).name(made.physicalId()));
    } catch (EntityNotFoundException _) {
      return; // gone
    }
  }
}
