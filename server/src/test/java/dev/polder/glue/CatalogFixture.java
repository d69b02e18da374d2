package dev.polder.glue;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// A catalogue, and short ways to fill it.
abstract class CatalogFixture {
  @TempDir Path directory;
  TestPlatform platform;
  GlueClient glue;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(GlueService::new);
    glue = platform.client(GlueClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  void reopen() {
    close();
    open();
  }

  void database(String name) {
    glue.createDatabase(r -> r.databaseInput(d -> d.name(name)));
  }

  static Column column(String name, String type) {
    return Column.builder().name(name).type(type).build();
  }

  static StorageDescriptor storage(String location) {
    return StorageDescriptor.builder()
        .columns(column("id", "int"), column("name", "string"))
        .location(location)
        .serdeInfo(s -> s.serializationLibrary("lib").parameters(Map.of("paths", "id,name")))
        .build();
  }

  static TableInput input(String name, Column... keys) {
    return TableInput.builder()
        .name(name)
        .tableType("EXTERNAL_TABLE")
        .parameters(Map.of("classification", "json"))
        .storageDescriptor(storage("s3://lake/" + name + "/"))
        .partitionKeys(keys)
        .build();
  }

  void table(String name, Column... keys) {
    glue.createTable(r -> r.databaseName("db").tableInput(input(name, keys)));
  }

  static PartitionInput partition(String... values) {
    return PartitionInput.builder()
        .values(values)
        .storageDescriptor(storage("s3://lake/t/" + String.join("/", values) + "/"))
        .parameters(Map.of("objectCount", "1"))
        .build();
  }

  Table read(String name) {
    return glue.getTable(r -> r.databaseName("db").name(name)).table();
  }

  List<List<String>> values(String expression) {
    return glue
        .getPartitionsPaginator(r -> r.databaseName("db").tableName("t").expression(expression))
        .stream()
        .flatMap(page -> page.partitions().stream())
        .map(Partition::values)
        .toList();
  }

  static GlueException catchGlue(Runnable action) {
    try {
      action.run();
    } catch (GlueException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
