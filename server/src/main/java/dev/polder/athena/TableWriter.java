package dev.polder.athena;

import dev.polder.athena.engine.Format;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.engine.SqlEngine.WriteTarget;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.Session;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableName;
import dev.polder.athena.sql.TableProperties;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation;
import dev.polder.athena.sql.Translator;
import dev.polder.kernel.Folders;
import dev.polder.kernel.Lake;
import dev.polder.kernel.Platform;
import dev.polder.store.Batch;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.Insert;
import io.trino.sql.tree.SaveMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Runs the statements that write rows: files are put aside, what is to be published is noted in
/// the store, and files and partitions become visible.
final class TableWriter {
  private static final int MOST_PARTITIONS = 100;

  private final StatementRunner.Services services;
  private final Platform platform;
  private final QuerySubmission query;
  private final RunningQuery running;
  private final GlueClient glue;
  private final GlueCatalogue catalogue;
  private final ResultFiles files;

  TableWriter(StatementRunner.Services services, QuerySubmission query, RunningQuery running) {
    this.services = services;
    this.platform = services.platform();
    this.query = query;
    this.running = running;
    this.glue = platform.clients().get(GlueClient.class, query.scope());
    this.catalogue = new GlueCatalogue(glue);
    this.files = ResultFiles.of(platform, query.scope());
  }

  /// `INSERT INTO`.
  Outcome insert(Insert insert, Session session) {
    TableName name = catalogue.named(insert.getTarget().toString(), query.database());
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
    Translation translation = Translator.into(insert, catalogue, session, table.source());
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

  /// `CREATE TABLE AS`.
  Outcome create(CreateTableAsSelect create, Session session) {
    TableName name = catalogue.named(create.getName().toString(), query.database());
    String database = name.databaseOr(query.database());
    if (catalogue.raw(database, name.name()).isPresent()) {
      if (create.getSaveMode() == SaveMode.IGNORE) {
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
    Translation translation = Translator.query(create.getQuery(), catalogue, session);
    TableProperties with = TableProperties.of(create);
    if (with.text("external_location").isPresent()
        && services.workGroups().enforces(query.scope(), query.workGroup())) {
      throw new SqlFailure(
          "INVALID_TABLE_PROPERTY",
          "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property and resubmit the query.");
    }
    S3Uri otherwise = S3Uri.parse(query.location() + "/tables/" + query.id());
    var plan =
        TableAsSelectPlan.of(database, name.name(), with, renamed(create, translation), otherwise);
    checkEmpty(plan.table().location());
    Translation rows = create.isWithData() ? translation : empty(translation);
    return write(rows, plan.table(), plan, plan.compression());
  }

  private static Translation renamed(CreateTableAsSelect create, Translation t) {
    if (create.getColumnAliases().isEmpty()) {
      return t;
    }
    var names = create.getColumnAliases().get();
    if (names.size() != t.columns().size()) {
      throw new SqlFailure(
          "MISMATCHED_COLUMN_ALIASES",
          "line 1:1: Column alias list has "
              + names.size()
              + " entries but relation has "
              + t.columns().size()
              + " columns");
    }
    List<Translation.Output> outputs = new ArrayList<>();
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
    try (Stream<Lake.Entry> entries = platform.lake().list(location.bucket(), location.key())) {
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
    requireBucket(table);
    var binding = new Binding(services, query, running, catalogue);
    Path stage = stage(platform, query.id());
    try (SqlEngine.Session open = running.open(services.engine())) {
      Binding.Bound bound = binding.bind(open, translation, stage);
      List<Written> written =
          open.write(bound.sql(), translation, target(table, stage, compression));
      long engineDone = platform.time().instant().toEpochMilli();
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
      return finish(intent);
    } finally {
      removeStage();
    }
  }

  private void requireBucket(StoredTable table) {
    if (!platform.lake().hasBucket(table.location().bucket())) {
      throw new SqlFailure(
          "HIVE_FILESYSTEM_ERROR",
          "The specified bucket does not exist (Bucket: " + table.location().bucket() + ")");
    }
  }

  private WriteTarget target(StoredTable table, Path stage, String compression) {
    List<Column> all = table.source().all();
    return new WriteTarget(
        stage,
        table.format(),
        all.stream().map(Column::name).toList(),
        all.stream().map(Column::type).map(SqlType.class::cast).toList(),
        table.source().keys().size(),
        query.id(),
        compression);
  }

  private void checkLimit(List<Written> written) {
    long partitions = written.stream().map(Written::partition).distinct().count();
    if (partitions > MOST_PARTITIONS
        && services.workGroups().hasAwsLimits(query.scope(), query.workGroup())) {
      throw new SqlFailure(
          "HIVE_TOO_MANY_OPEN_PARTITIONS",
          "Exceeded limit of 100 open writers for partitions/buckets.");
    }
  }

  /// Where a query puts its files aside.
  static Path stage(Platform platform, String queryId) {
    return platform.lake().stage("athena-" + queryId);
  }

  /// Writes down that the rows will be visible, unless the query was stopped, and makes them so.
  private void publish(PublishIntent intent, Consumer<QueryRecord.Change> edit) {
    Optional<QueryRecord> noted =
        services
            .store()
            .update(
                query.scope(),
                query.id(),
                edit.andThen(c -> c.publishing = true),
                () -> new Batch().put(PublishIntent.key(query), intent.bytes()));
    if (noted.isEmpty()) {
      throw new SqlEngine.Cancelled();
    }
    var publisher = new Publisher(platform.lake(), services.locks());
    try {
      publisher.publish(query.scope(), glue, intent);
    } catch (RuntimeException e) {
      publisher.withdraw(
          query.scope(), glue, platform.clients().get(S3Client.class, query.scope()), intent);
      throw e;
    }
  }

  /// The end of a write whose intent is in the store.
  Outcome finish(PublishIntent intent) {
    String at = query.location() + (intent.create() == null ? "/" : "/tables/") + query.id();
    S3Uri manifest = ResultFiles.object(query, "-manifest.csv");
    files.put(manifest, PartitionNames.utf8(intent.manifest()), "text/csv");
    List<ResultColumn> columns = List.of(new ResultColumn("rows", "bigint", 19, 0));
    files.metadata(query, "", columns);
    return new Outcome(c -> {
      c.manifest = manifest.toString();
      c.output = at;
      c.columns = columns;
    });
  }

  /// Removes what was put aside.
  void removeStage() {
    try {
      Folders.remove(stage(platform, query.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
