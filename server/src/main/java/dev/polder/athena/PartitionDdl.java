package dev.polder.athena;

import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.sql.Ddl;
import dev.polder.athena.sql.Ddl.PartitionSpec;
import dev.polder.athena.sql.HiveTypes;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableName;
import dev.polder.athena.sql.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// `ALTER TABLE` of partitions, carried out on the catalogue.
final class PartitionDdl {
  private final DdlRunner ddl;
  private final GlueClient glue;

  PartitionDdl(DdlRunner ddl, GlueClient glue) {
    this.ddl = ddl;
    this.glue = glue;
  }

  private List<String> values(Table t, PartitionSpec spec) {
    List<String> values = new ArrayList<>();
    List<Column> keys = t.hasPartitionKeys() ? t.partitionKeys() : List.of();
    for (String name : spec.values().keySet()) {
      if (keys.stream().noneMatch(k -> k.name().equalsIgnoreCase(name))) {
        throw DdlRunner.semantic(
            "[Error 10098]: Non-Partition column appears in the partition specification: " + name);
      }
    }
    for (Column key : keys) {
      String value = spec.values().get(key.name().toLowerCase(Locale.ROOT));
      if (value == null) {
        throw DdlRunner.semantic(
            "partition spec "
                + spec.values()
                + " doesn't contain all ("
                + keys.size()
                + ") partition columns");
      }
      values.add(canonical(value, key.type()));
    }
    return values;
  }

  /// Numbers as the catalogue keeps them: `05` for an int key means 5.
  private static String canonical(String value, String type) {
    boolean whole = HiveTypes.parse(type).toString().matches("tinyint|smallint|integer|bigint");
    return whole && value.matches("-?[0-9]{1,18}") ? Long.toString(Long.parseLong(value)) : value;
  }

  private String path(Table t, List<String> values) {
    List<TableSource.Column> keys =
        t.partitionKeys().stream()
            .map(k -> new TableSource.Column(k.name(), HiveTypes.parse(k.type())))
            .toList();
    return PartitionNames.path(keys, new PartitionValues(values));
  }

  DdlRunner.Result add(Ddl.AddPartitions a) {
    Table t = ddl.table(a.table());
    List<PartitionInput> inputs = new ArrayList<>();
    for (Ddl.NewPartition p : a.partitions()) {
      List<String> values = values(t, p.spec());
      String location =
          p.location() == null
              ? S3Uri.parse(t.storageDescriptor().location()).folder() + path(t, values)
              : p.location();
      S3Uri.parse(location);
      StorageDescriptor sd = t.storageDescriptor().toBuilder().location(location).build();
      inputs.add(PartitionInput.builder().values(values).storageDescriptor(sd).build());
    }
    NewPartitions.add(
        glue,
        ddl.database(a.table()),
        a.table().name(),
        inputs,
        refused -> check(refused, a.ifNotExists() || ddl.resumed()));
    return DdlRunner.Result.nothing();
  }

  private static void check(List<PartitionError> refused, boolean mayExist) {
    if (!mayExist && refused.stream().anyMatch(NewPartitions::exists)) {
      throw new SqlFailure(
          "", DdlRunner.FAILED + "AlreadyExistsException(message:Partition already exists.)");
    }
    refused.stream()
        .filter(e -> !NewPartitions.exists(e))
        .findFirst()
        .ifPresent(e -> {
          throw new SqlFailure("", DdlRunner.FAILED + e.errorDetail().errorMessage());
        });
  }

  DdlRunner.Result drop(Ddl.DropPartitions d) {
    Table t = ddl.table(d.table());
    for (PartitionSpec spec : d.specs()) {
      List<String> values = values(t, spec);
      try {
        glue.deletePartition(r ->
            r.databaseName(ddl.database(d.table()))
                .tableName(d.table().name())
                .partitionValues(values));
      } catch (EntityNotFoundException e) {
        if (!d.ifExists() && !ddl.resumed()) {
          throw DdlRunner.semantic(
              "[Error 10006]: Partition not found (" + String.join(", ", values) + ")");
        }
      }
    }
    return DdlRunner.Result.nothing();
  }

  DdlRunner.Result setLocation(TableName name, PartitionSpec spec, String location) {
    S3Uri.parse(location);
    Table t = ddl.table(name);
    List<String> values = values(t, spec);
    var p =
        glue.getPartition(r ->
                r.databaseName(ddl.database(name)).tableName(name.name()).partitionValues(values))
            .partition();
    PartitionInput input =
        PartitionInput.builder()
            .values(values)
            .parameters(p.parameters())
            .storageDescriptor(p.storageDescriptor().toBuilder().location(location).build())
            .build();
    glue.updatePartition(r ->
        r.databaseName(ddl.database(name))
            .tableName(name.name())
            .partitionValueList(values)
            .partitionInput(input));
    return DdlRunner.Result.nothing();
  }

  DdlRunner.Result rename(Ddl.RenamePartition d) {
    Table t = ddl.table(d.table());
    List<String> from = values(t, d.from());
    List<String> to = values(t, d.to());
    var p =
        glue.getPartition(r ->
                r.databaseName(ddl.database(d.table()))
                    .tableName(d.table().name())
                    .partitionValues(from))
            .partition();
    PartitionInput input =
        PartitionInput.builder()
            .values(to)
            .parameters(p.parameters())
            .storageDescriptor(p.storageDescriptor())
            .build();
    glue.updatePartition(r ->
        r.databaseName(ddl.database(d.table()))
            .tableName(d.table().name())
            .partitionValueList(from)
            .partitionInput(input));
    return DdlRunner.Result.nothing();
  }
}
