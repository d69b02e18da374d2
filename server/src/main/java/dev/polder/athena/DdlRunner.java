package dev.polder.athena;

import dev.polder.athena.sql.Ddl;
import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableName;
import dev.polder.kernel.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/// Definitions in HiveQL, carried out on the catalogue. One that ran when the process ended is run
/// again, so a thing that was made since the query was submitted counts as made by it.
final class DdlRunner {
  static final String FAILED =
      "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ";
  private static final Set<String> FORMATS =
      Set.of("parquet", "textfile", "json", "orc", "avro", "ion", "sequencefile", "rcfile");

  private final Platform platform;
  private final QueryRecord record;
  private final QuerySubmission query;
  private final GlueClient glue;
  private final GlueCatalogue catalogue;
  private final TableLocks locks;

  DdlRunner(
      Platform platform,
      QueryRecord record,
      GlueClient glue,
      GlueCatalogue catalogue,
      TableLocks locks) {
    this.platform = platform;
    this.record = record;
    this.query = record.submission();
    this.glue = glue;
    this.catalogue = catalogue;
    this.locks = locks;
  }

  /// The lines that a statement answers, and its columns.
  record Result(List<ResultColumn> columns, List<String> lines) {
    static Result nothing() {
      return new Result(List.of(), List.of());
    }
  }

  Result run(Ddl ddl) {
    try {
      return switch (ddl) {
        case Ddl.CreateDatabase d -> createDatabase(d);
        case Ddl.DropDatabase d -> dropDatabase(d);
        case Ddl.CreateTable t -> createTable(t);
        case Ddl.DropTable t -> dropTable(t.table(), t.ifExists());
        case Ddl.DropView v -> dropView(v.view(), v.ifExists());
        case Ddl.AddColumns a -> change(a.table(), t -> columns(t, added(t, a.columns())));
        case Ddl.ReplaceColumns r ->
            change(r.table(), t -> columns(t, TableInputs.columns(r.columns())));
        case Ddl.SetProperties s -> change(s.table(), t -> properties(t, s.properties()));
        case Ddl.SetLocation s ->
            s.spec() == null
                ? change(s.table(), t -> location(t, s.location()))
                : partitions().setLocation(s.table(), s.spec(), s.location());
        case Ddl.AddPartitions a -> partitions().add(a);
        case Ddl.DropPartitions d -> partitions().drop(d);
        case Ddl.RenamePartition r -> partitions().rename(r);
        case Ddl.Repair r ->
            new PartitionRepair(platform, query, catalogue, locks)
                .run(database(r.table()), r.table().name());
        case Ddl.ShowDatabases _,
            Ddl.ShowTables _,
            Ddl.ShowViews _,
            Ddl.ShowPartitions _,
            Ddl.ShowColumns _,
            Ddl.ShowCreateTable _,
            Ddl.ShowCreateView _,
            Ddl.ShowProperties _,
            Ddl.Describe _ ->
            new DdlShow(query, glue, catalogue).run(ddl);
      };
    } catch (EntityNotFoundException e) {
      throw semantic("Table or database not found: " + e.awsErrorDetails().errorMessage());
    } catch (GlueException e) {
      throw new SqlFailure("", FAILED + e.awsErrorDetails().errorMessage());
    }
  }

  private PartitionDdl partitions() {
    return new PartitionDdl(this, glue);
  }

  String database(TableName table) {
    return table.databaseOr(query.database());
  }

  static SqlFailure semantic(String message) {
    return new SqlFailure("", "FAILED: SemanticException " + message);
  }

  private Result createDatabase(Ddl.CreateDatabase d) {
    try {
      glue.createDatabase(r ->
          r.databaseInput(i ->
              i.name(d.name())
                  .description(d.comment())
                  .locationUri(d.location())
                  .parameters(d.properties())));
    } catch (AlreadyExistsException e) {
      Instant made = glue.getDatabase(r -> r.name(d.name())).database().createTime();
      if (!d.ifNotExists() && !isOwn(made)) {
        throw new SqlFailure(
            "",
            FAILED + "AlreadyExistsException(message:Database " + d.name() + " already exists)");
      }
    }
    return Result.nothing();
  }

  /// True if it was made since this query was submitted: by this query, before the process ended.
  private boolean isOwn(@Nullable Instant made) {
    return made != null
        && record.state() == QueryState.RUNNING
        && record.started() > 0
        && resumed()
        && !made.isBefore(Instant.ofEpochMilli(record.started()));
  }

  boolean resumed() {
    return record.resumed();
  }

  private Result dropDatabase(Ddl.DropDatabase d) {
    try {
      glue.getDatabase(r -> r.name(d.name()));
    } catch (EntityNotFoundException e) {
      if (d.ifExists() || resumed()) {
        return Result.nothing();
      }
      throw semantic("[Error 10072]: Database does not exist: " + d.name());
    }
    if (!d.cascade()
        && !glue.getTables(r -> r.databaseName(d.name()).maxResults(1)).tableList().isEmpty()) {
      throw new SqlFailure(
          "",
          FAILED
              + "InvalidOperationException(message:Database "
              + d.name()
              + " is not empty. One or more tables exist.)");
    }
    glue.deleteDatabase(r -> r.name(d.name()));
    return Result.nothing();
  }

  private Result createTable(Ddl.CreateTable t) {
    String database = database(t.table());
    if (!catalogue.hasDatabase(database)) {
      throw semantic("[Error 10072]: Database does not exist: " + database);
    }
    check(t);
    TableInput input = TableInputs.of(t);
    try {
      glue.createTable(r -> r.databaseName(database).tableInput(input));
    } catch (AlreadyExistsException e) {
      Table existing = glue.getTable(r -> r.databaseName(database).name(t.table().name())).table();
      if (!t.ifNotExists() && !isOwn(existing.createTime())) {
        throw new SqlFailure(
            "",
            FAILED
                + "AlreadyExistsException(message:Table "
                + t.table().name()
                + " already exists)");
      }
    }
    return Result.nothing();
  }

  private static void refuse(
      Map<String, String> properties, String name, String refused, String what) {
    String value = properties.get(name);
    if (refused.equalsIgnoreCase(value)) {
      throw new SqlFailure(
          "NOT_SUPPORTED", what + " (" + name + "=" + value + ") are not supported");
    }
  }

  private static void check(Ddl.CreateTable t) {
    refuse(t.properties(), "table_type", "ICEBERG", "Iceberg tables");
    refuse(t.properties(), "projection.enabled", "true", "Partition projection");
    if (!t.external()) {
      throw semantic(
          "Only external tables can be created: expected CREATE EXTERNAL TABLE "
              + t.table().name());
    }
    if (t.location() == null) {
      throw semantic(
          "The location of external table "
              + t.table().name()
              + " is missing: expected LOCATION 's3://...'");
    }
    S3Uri.parse(t.location());
    if (t.storedAs() != null && !FORMATS.contains(t.storedAs())) {
      throw semantic("Unrecognized file format in STORED AS clause: '" + t.storedAs() + "'");
    }
    if (t.columns().isEmpty()) {
      throw semantic("Table " + t.table().name() + " must have at least one column");
    }
    List<String> names = new ArrayList<>();
    for (ColumnDefinition c : t.columns()) {
      unique(names, c);
    }
    for (ColumnDefinition c : t.keys()) {
      unique(names, c);
    }
  }

  private static void unique(List<String> names, ColumnDefinition c) {
    if (names.contains(c.name())) {
      throw semantic("[Error 10036]: Duplicate column name: " + c.name());
    }
    names.add(c.name());
  }

  private Result dropTable(TableName name, boolean ifExists) {
    var found = catalogue.raw(database(name), name.name());
    if (found.isEmpty()) {
      if (ifExists || resumed()) {
        return Result.nothing();
      }
      throw semantic("[Error 10001]: Table not found " + database(name) + "." + name.name());
    }
    if (Views.isView(found.get())) {
      throw semantic("Cannot drop a view with DROP TABLE: " + name.name());
    }
    glue.deleteTable(r -> r.databaseName(database(name)).name(name.name()));
    return Result.nothing();
  }

  private Result dropView(TableName name, boolean ifExists) {
    var found = catalogue.raw(database(name), name.name());
    if (found.isEmpty() || !Views.isView(found.get())) {
      if (found.isEmpty() && (ifExists || resumed())) {
        return Result.nothing();
      }
      throw new SqlFailure(
          "VIEW_NOT_FOUND",
          "line 1:1: View 'awsdatacatalog."
              + database(name)
              + "."
              + name.name()
              + "' does not exist");
    }
    glue.deleteTable(r -> r.databaseName(database(name)).name(name.name()));
    return Result.nothing();
  }

  // ALTER TABLE.

  Table table(TableName name) {
    return catalogue
        .raw(database(name), name.name())
        .orElseThrow(
            () -> semantic("[Error 10001]: Table not found " + database(name) + "." + name.name()));
  }

  private Result change(TableName name, UnaryOperator<TableInput.Builder> edit) {
    Table t = table(name);
    TableInput input = edit.apply(input(t).toBuilder()).build();
    glue.updateTable(r -> r.databaseName(database(name)).tableInput(input));
    return Result.nothing();
  }

  private static TableInput input(Table t) {
    return TableInput.builder()
        .name(t.name())
        .description(t.description())
        .owner(t.owner())
        .lastAccessTime(t.lastAccessTime())
        .lastAnalyzedTime(t.lastAnalyzedTime())
        .retention(t.retention())
        .storageDescriptor(t.storageDescriptor())
        .partitionKeys(t.partitionKeys())
        .viewOriginalText(t.viewOriginalText())
        .viewExpandedText(t.viewExpandedText())
        .tableType(t.tableType())
        .parameters(t.parameters())
        .build();
  }

  private static List<Column> added(TableInput.Builder t, List<ColumnDefinition> columns) {
    TableInput now = t.build();
    List<Column> all = new ArrayList<>(now.storageDescriptor().columns());
    for (ColumnDefinition c : columns) {
      boolean taken =
          all.stream().anyMatch(o -> o.name().equalsIgnoreCase(c.name()))
              || now.partitionKeys().stream().anyMatch(o -> o.name().equalsIgnoreCase(c.name()));
      if (taken) {
        throw semantic("[Error 10036]: Duplicate column name: " + c.name());
      }
      all.add(TableInputs.columns(List.of(c)).getFirst());
    }
    return all;
  }

  private static TableInput.Builder columns(TableInput.Builder t, List<Column> columns) {
    return t.storageDescriptor(t.build().storageDescriptor().toBuilder().columns(columns).build());
  }

  private static TableInput.Builder properties(TableInput.Builder t, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(t.build().parameters());
    all.putAll(more);
    return t.parameters(all);
  }

  private static TableInput.Builder location(TableInput.Builder t, String location) {
    S3Uri.parse(location);
    return t.storageDescriptor(
        t.build().storageDescriptor().toBuilder().location(location).build());
  }
}
