package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.TableInput;

/// `AWS::Glue::Table`.
final class GlueTable implements ResourceType {
  private static final GlueInput INPUT = new GlueInput("TableInput");

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
  public Set<String> replacing() {
    return Set.of("CatalogId", "DatabaseName");
  }

  @Override
  public boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    return ResourceType.super.replaces(old, now) || INPUT.renames(old, now);
  }

  private static TableInput input(ResourceCall call, String name) {
    return Shape.fill(TableInput.builder(), INPUT.named(call, name)).build();
  }

  @Override
  public Made create(ResourceCall call) {
    String name = INPUT.name(call, call.generatedName(255));
    call.make(
        AlreadyExistsException.class,
        () ->
            call.client(GlueClient.class)
                .createTable(b ->
                    b.catalogId(call.text("CatalogId"))
                        .databaseName(call.text("DatabaseName"))
                        .tableInput(input(call, name))));
    return Made.named(name, Map.of());
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
    ResourceCall.remove(
        EntityNotFoundException.class,
        () ->
            call.client(GlueClient.class)
                .deleteTable(b ->
                    b.catalogId(call.text("CatalogId"))
                        .databaseName(call.text("DatabaseName"))
                        .name(made.physicalId())));
  }
}
