package dev.polder.athena;

import dev.polder.athena.engine.Format;
import dev.polder.athena.engine.ScanInput;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.engine.SqlEngine.WriteTarget;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.Command;
import dev.polder.athena.sql.Session;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableName;
import dev.polder.athena.sql.TableProperties;
import dev.polder.athena.sql.TableScan;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation;
import dev.polder.athena.sql.Translator;
import dev.polder.kernel.Folders;
import dev.polder.kernel.Platform;
import io.trino.sql.tree.Expression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Runs one statement from its text to its results. Throws what ends it badly; leaves its record's
/// state to the caller.
final class StatementRunner {
  private static final int MOST_PARTITIONS = 100;

  private final Platform platform;
  private final QueryStore store;
  private final WorkGroups workGroups;
  private final PreparedStatements prepared;
  private final SqlEngine engine;
  private final TableLocks locks;
  private final QueryRecord query;
  private final RunningQuery running;
  private final GlueClient glue;
  private final GlueCatalogue catalogue;
  private final ResultFiles files;

  StatementRunner(Services services, QueryRecord query, RunningQuery running) {
    this.platform = services.platform();
    this.store = services.store();
    this.workGroups = services.workGroups();
    this.prepared = services.prepared();
    this.engine = services.engine();
    this.locks = services.locks();
    this.query = query;
    this.running = running;
    this.glue = platform.clients().get(GlueClient.class, query.scope());
    this.catalogue = new GlueCatalogue(glue);
    this.files = ResultFiles.of(platform, query.scope());
  }

  /// What every statement is run with.
  record Services(
      Platform platform,
      QueryStore store,
      WorkGroups workGroups,
      PreparedStatements prepared,
      SqlEngine engine,
      TableLocks locks) {}

  Outcome run() {
    return run(Command.parse(query.query()), Command.parameters(query.parameters()));
  }

  private Outcome run(Command command, List<Expression> parameters) {
    return switch (command) {
      case Command.Select s -> select(s, session(parameters));
      case Command.InsertInto i -> insert(i, session(parameters));
      case Command.TableAsSelect c -> create(c, session(parameters));
      case Command.ViewAs v -> view(v);
      case Command.ExecuteStatement e -> execute(e, parameters);
      case Command.PrepareStatement p -> {
        Command.parse(p.sql());
        prepared.put(query.scope(), query.workGroup(), p.name(), p.sql(), "");
        yield text(List.of(), List.of());
      }
      case Command.DeallocateStatement d -> {
        prepared.remove(query.scope(), query.workGroup(), d.name());
        yield text(List.of(), List.of());
      }
      case Command.Definition d -> {
        var result = new DdlRunner(platform, query, glue, catalogue, locks).run(d.ddl());
        yield text(result.columns(), result.lines());
      }
    };
  }

  private Session session(List<Expression> parameters) {
    return new Session(query.database(), Instant.ofEpochMilli(query.submitted()), parameters);
  }

  private Outcome execute(Command.ExecuteStatement e, List<Expression> given) {
    String sql =
        prepared
            .sql(query.scope(), query.workGroup(), e.name())
            .orElseThrow(
                () -> new SqlFailure("NOT_FOUND", "Prepared statement not found: " + e.name()));
    return run(Command.parse(sql), e.parameters().isEmpty() ? given : e.parameters());
  }

  // Results in text.

  private Outcome text(List<ResultColumn> columns, List<String> lines) {
    S3Uri at = ResultFiles.object(query, ".txt");
    String all = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    files.put(at, PartitionNames.utf8(all), "text/plain");
    files.metadata(query, ".txt", columns);
    return new Outcome(c -> {
      c.output = at.toString();
      c.columns = columns;
      c.header = false;
    });
  }

  private long now() {
    return platform.time().instant().toEpochMilli();
  }

  // SELECT.

  private Outcome select(Command.Select s, Session session) {
    Translation translation = Translator.query(s.query(), catalogue, session);
    List<ResultColumn> columns =
        translation.columns().stream().map(o -> ResultColumn.of(o.name(), o.type())).toList();
    try (SqlEngine.Session open = running.open(engine);
        ResultFiles.Csv csv = files.csv(query, columns)) {
      Bound bound = bind(open, translation, null);
      open.rows(bound.sql(), translation, csv::row);
      long engineDone = now();
      running.check();
      csv.finish();
      files.metadata(query, ".csv", columns);
      return new Outcome(
          bound
              .edit()
              .andThen(c -> {
                c.engineDone = engineDone;
                c.output = ResultFiles.object(query, ".csv").toString();
                c.columns = columns;
                c.header = true;
              }));
    }
  }

  /// A statement with its files.
  private record Bound(String sql, Consumer<QueryRecord.Change> edit) {}

  private Bound bind(SqlEngine.Session open, Translation translation, @Nullable Path writable) {
    var reads = new TableReads(query.scope(), platform.lake(), locks, catalogue);
    Map<TableScan, ScanInput> inputs = reads.inputs(translation.scans(), open);
    long bytes = inputs.values().stream().mapToLong(ScanInput::bytes).sum();
    checkCutoff(bytes);
    running.check();
    String sql = open.bind(translation, inputs, writable);
    long planned = now();
    return new Bound(
        sql,
        c -> {
          c.planned = planned;
          c.bytesScanned = bytes;
        });
  }

  private void checkCutoff(long bytes) {
    Optional<Long> cutoff = workGroups.bytesCutoff(query.scope(), query.workGroup());
    if (cutoff.isPresent() && bytes > cutoff.get()) {
      throw new SqlFailure("BYTES_CUTOFF", "Query cancelled! : Bytes scanned limit was exceeded");
    }
  }

  // INSERT and CREATE TABLE AS.

  private Outcome insert(Command.InsertInto i, Session session) {
    TableName name = name(i.insert().getTarget().toString());
    String database = name.databaseOr(query.database());
    var raw = catalogue.raw(database, name.name());
    if (raw.isPresent() && Views.isView(raw.get())) {
      throw new SqlFailure("NOT_SUPPORTED", "line 1:1: Inserting into views is not supported");
    }
    if (raw.isEmpty()) {
      throw new SqlFailure(
          "TABLE_NOT_FOUND",
          "line 1:1: Table 'awsdatacatalog." + database + "." + name.name() + "' does not exist");
    }
    StoredTable table = catalogue.stored(database, name.name());
    Translation translation = Translator.into(i.insert(), catalogue, session, table.source());
    return write(translation, table, null, compression(table));
  }

  private static String compression(StoredTable table) {
    Map<String, String> p = table.parameters();
    String text =
        p.getOrDefault(
                "write.compression",
                p.getOrDefault("parquet.compression", p.getOrDefault("write_compression", "")))
            .toLowerCase(Locale.ROOT);
    boolean parquet = table.format() instanceof Format.Parquet;
    return switch (text) {
      case "gzip", "zstd" -> text;
      case "none", "uncompressed" -> "none";
      case "", "snappy" -> parquet ? "snappy" : "none";
      default ->
          throw new SqlFailure(
              "NOT_SUPPORTED",
              "The compression " + text + " of table " + table.name() + " is not supported");
    };
  }

  private TableName name(String dotted) {
    String[] parts = dotted.toLowerCase(Locale.ROOT).replace("\"", "").split("\\.");
    if (parts.length == 3 && !parts[0].equals("awsdatacatalog")) {
      throw new SqlFailure("CATALOG_NOT_FOUND", "line 1:1: Catalog '" + parts[0] + "' not found");
    }
    String database = parts.length > 1 ? parts[parts.length - 2] : query.database();
    if (!catalogue.hasDatabase(database)) {
      throw new SqlFailure(
          "SCHEMA_NOT_FOUND", "line 1:1: Schema '" + database + "' does not exist");
    }
    return new TableName(database, parts[parts.length - 1]);
  }

  private Outcome create(Command.TableAsSelect c, Session session) {
    TableName name = name(c.create().getName().toString());
    String database = name.databaseOr(query.database());
    if (catalogue.raw(database, name.name()).isPresent()) {
      if (c.create().getSaveMode() == io.trino.sql.tree.SaveMode.IGNORE) {
        return Outcome.nothing();
      }
      throw new SqlFailure(
          "TABLE_ALREADY_EXISTS",
          "line 1:1: Destination table 'awsdatacatalog."
              + database
              + "."
              + name.name()
              + "' already exists");
    }
    Translation translation = Translator.query(c.create().getQuery(), catalogue, session);
    TableProperties with = TableProperties.of(c.create());
    if (with.text("external_location").isPresent()
        && workGroups.enforces(query.scope(), query.workGroup())) {
      throw new SqlFailure(
          "INVALID_TABLE_PROPERTY",
          "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property and resubmit the query.");
    }
    S3Uri otherwise = S3Uri.parse(query.location() + "/tables/" + query.id());
    var plan =
        TableAsSelectPlan.of(database, name.name(), with, renamed(c, translation), otherwise);
    checkEmpty(plan.table().location());
    Translation rows = c.create().isWithData() ? translation : empty(translation);
    return write(rows, plan.table(), plan, plan.compression());
  }

  private static Translation renamed(Command.TableAsSelect c, Translation t) {
    if (c.create().getColumnAliases().isEmpty()) {
      return t;
    }
    var names = c.create().getColumnAliases().get();
    if (names.size() != t.columns().size()) {
      throw new SqlFailure(
          "MISMATCHED_COLUMN_ALIASES",
          "line 1:1: Column alias list has "
              + names.size()
              + " entries but relation has "
              + t.columns().size()
              + " columns");
    }
    List<Translation.Output> outputs = new java.util.ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Translation.Output o = t.columns().get(i);
      outputs.add(
          new Translation.Output(
              names.get(i).getValue().toLowerCase(Locale.ROOT), o.type(), o.id()));
    }
    return new Translation(t.sql(), outputs, t.scans());
  }

  private static Translation empty(Translation t) {
    return new Translation(
        "SELECT * FROM (" + t.sql() + ") AS none_ WHERE FALSE", t.columns(), t.scans());
  }

  private void checkEmpty(S3Uri location) {
    try (Stream<dev.polder.kernel.Lake.Entry> entries =
        platform.lake().list(location.bucket(), location.key())) {
      if (entries.findAny().isPresent()) {
        throw new SqlFailure(
            "HIVE_PATH_ALREADY_EXISTS",
            "Target directory for table '" + location + "' already exists: " + location);
      }
    }
  }

  private Outcome write(
      Translation translation,
      StoredTable table,
      @Nullable TableAsSelectPlan plan,
      String compression) {
    if (!platform.lake().hasBucket(table.location().bucket())) {
      throw new SqlFailure(
          "HIVE_FILESYSTEM_ERROR",
          "The specified bucket does not exist (Bucket: " + table.location().bucket() + ")");
    }
    Path stage = platform.lake().stage(stageName(query.id()));
    try (SqlEngine.Session open = running.open(engine)) {
      Bound bound = bind(open, translation, stage);
      List<Column> all = table.source().all();
      var target =
          new WriteTarget(
              stage,
              table.format(),
              all.stream().map(Column::name).toList(),
              all.stream().map(Column::type).map(SqlType.class::cast).toList(),
              table.source().keys().size(),
              query.id(),
              compression);
      List<Written> written = open.write(bound.sql(), translation, target);
      long engineDone = now();
      checkLimit(written);
      PublishIntent intent =
          new Writes(glue, table, query.id()).plan(written, plan == null ? null : plan.create());
      long rows = written.stream().mapToLong(Written::rows).sum();
      publish(
          intent,
          bound
              .edit()
              .andThen(c -> {
                c.engineDone = engineDone;
                c.updateCount = rows;
              }));
      return finish(query, intent, plan != null);
    } finally {
      remove(stage);
    }
  }

  private void checkLimit(List<Written> written) {
    long partitions = written.stream().map(Written::partition).distinct().count();
    if (partitions > MOST_PARTITIONS && workGroups.hasAwsLimits(query.scope(), query.workGroup())) {
      throw new SqlFailure(
          "HIVE_TOO_MANY_OPEN_PARTITIONS",
          "Exceeded limit of 100 open writers for partitions/buckets.");
    }
  }

  static String stageName(String queryId) {
    return "athena-" + queryId;
  }

  /// Writes down that the rows will be visible, unless the query was stopped, and makes them so.
  private void publish(PublishIntent intent, Consumer<QueryRecord.Change> edit) {
    Optional<QueryRecord> noted =
        store.update(
            query.scope(),
            query.id(),
            edit.andThen(c -> c.publishing = true),
            () -> new dev.polder.store.Batch().put(Intents.key(query), intent.bytes()));
    if (noted.isEmpty()) {
      throw new SqlEngine.Cancelled();
    }
    var publisher = new Publisher(platform.lake(), locks);
    try {
      publisher.publish(query.scope(), glue, intent);
    } catch (RuntimeException e) {
      publisher.withdraw(
          query.scope(), glue, platform.clients().get(S3Client.class, query.scope()), intent);
      throw e;
    }
  }

  /// The end of a write whose intent is in the store.
  Outcome finish(QueryRecord q, PublishIntent intent, boolean created) {
    S3Uri manifest = ResultFiles.object(q, "-manifest.csv");
    files.put(manifest, PartitionNames.utf8(intent.manifest()), "text/csv");
    List<ResultColumn> columns = List.of(new ResultColumn("rows", "bigint", 19, 0));
    files.metadata(q, "", columns);
    return new Outcome(c -> {
      c.manifest = manifest.toString();
      c.output = created ? q.location() + "/tables/" + q.id() : q.location() + "/" + q.id();
      c.columns = columns;
      c.header = false;
    });
  }

  static void remove(Path directory) {
    try {
      Folders.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // CREATE VIEW.

  private Outcome view(Command.ViewAs v) {
    TableName name = name(v.create().getName().toString());
    String database = name.databaseOr(query.database());
    Translation translation =
        Translator.query(v.create().getQuery(), catalogue, session(List.of()));
    List<Column> columns =
        translation.columns().stream().map(o -> new Column(o.name(), o.type())).toList();
    for (Column c : columns) {
      if (c.name().matches("_col[0-9]+")) {
        throw new SqlFailure(
            "MISSING_COLUMN_NAME",
            "line 1:1: Column name not specified at position " + (columns.indexOf(c) + 1));
      }
    }
    var input = Views.input(database, name.name(), v.sql(), columns);
    var existing = catalogue.raw(database, name.name());
    if (existing.isPresent() && !Views.isView(existing.get())) {
      throw new SqlFailure(
          "TABLE_ALREADY_EXISTS",
          "line 1:1: Table already exists: 'awsdatacatalog." + database + "." + name.name() + "'");
    }
    if (existing.isPresent() && !v.create().isReplace()) {
      throw new SqlFailure(
          "TABLE_ALREADY_EXISTS",
          "line 1:1: View already exists: 'awsdatacatalog." + database + "." + name.name() + "'");
    }
    if (existing.isPresent()) {
      glue.updateTable(r -> r.databaseName(database).tableInput(input));
    } else {
      glue.createTable(r -> r.databaseName(database).tableInput(input));
    }
    return text(List.of(), List.of());
  }
}
