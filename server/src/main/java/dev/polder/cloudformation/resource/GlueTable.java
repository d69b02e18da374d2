package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.TableInput;

/// `AWS::Glue::Table`.
final class GlueTable implements ResourceType {
  @Override
  public String name() {
    return "AWS::Glue::Table";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "CatalogId", Shape.SCALAR,
            "DatabaseName", Shape.SCALAR,
            "TableInput", Shape.of(TableInput.builder())),
        Set.of("CatalogId", "DatabaseName", "TableInput"));
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
    return properties.get("TableInput") instanceof Map<?, ?> map ? map : Map.of();
  }

  private static TableInput input(ResourceCall call, String name) {
    Map<String, Object> input = new LinkedHashMap<>();
    input(call.properties()).forEach((key, value) -> input.put(String.valueOf(key), value));
    input.put("Name", name);
    return Shape.fill(TableInput.builder(), input).build();
  }

  @Override
  public Made create(ResourceCall call) {
    Object given = input(call.properties()).get("Name");
    String name = given == null ? call.generatedName(255) : String.valueOf(given);
    String lower = name.toLowerCase(Locale.ROOT); // as Glue keeps it
    try {
      call.client(GlueClient.class)
          .createTable(b ->
              b.catalogId(call.text("CatalogId"))
                  .databaseName(call.text("DatabaseName"))
                  .tableInput(input(call, lower)));
    } catch (AlreadyExistsException e) {
      if (!call.resumed()) {
        throw e;
      }
    }
    return Made.named(lower, Map.of());
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    call.client(GlueClient.class)
        .updateTable(b ->
            b.catalogId(call.text("CatalogId"))
                .databaseName(call.text("DatabaseName"))
                .tableInput(input(call, before.physicalId())));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    try {
      call.client(GlueClient.class)
          .deleteTable(b ->
              b.catalogId(call.text("CatalogId"))
                  .databaseName(call.text("DatabaseName"))
                  .name(made.physicalId()));
    } catch (EntityNotFoundException _) {
      return; // gone
    }
  }
}
