package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/// `AWS::Glue::Database`.
final class GlueDatabase implements ResourceType {
  private static final GlueInput INPUT = new GlueInput("DatabaseInput");

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
  public Set<String> replacing() {
    return Set.of("CatalogId", "DatabaseName");
  }

  @Override
  public boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    return ResourceType.super.replaces(old, now) || INPUT.renames(old, now);
  }

  private static DatabaseInput input(ResourceCall call, String name) {
    return Shape.fill(DatabaseInput.builder(), INPUT.named(call, name)).build();
  }

  @Override
  public Made create(ResourceCall call) {
    String name = INPUT.name(call, call.name("DatabaseName", 255));
    call.make(
        AlreadyExistsException.class,
        () ->
            call.client(GlueClient.class)
                .createDatabase(
                    b -> b.catalogId(call.text("CatalogId")).databaseInput(input(call, name))));
    return Made.named(name, Map.of());
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
    ResourceCall.remove(
        EntityNotFoundException.class,
        () ->
            call.client(GlueClient.class)
                .deleteDatabase(b -> b.catalogId(call.text("CatalogId")).name(made.physicalId())));
  }
}
