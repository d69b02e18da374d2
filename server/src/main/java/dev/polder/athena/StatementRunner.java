package dev.polder.athena;

import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.sql.Command;
import dev.polder.athena.sql.Session;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableName;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation;
import dev.polder.athena.sql.Translator;
import dev.polder.kernel.Platform;
import io.trino.sql.tree.Expression;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.glue.GlueClient;

/// Runs one statement from its text to its results. Throws what ends it badly; leaves its record's
/// state to the caller.
final class StatementRunner {
  private final Services services;
  private final Platform platform;
  private final PreparedStatements prepared;
  private final QueryRecord record;
  private final QuerySubmission query;
  private final RunningQuery running;
  private final GlueClient glue;
  private final GlueCatalogue catalogue;
  private final ResultFiles files;

  StatementRunner(Services services, QueryRecord record, RunningQuery running) {
    this.services = services;
    this.platform = services.platform();
    this.prepared = services.prepared();
    this.record = record;
    this.query = record.submission();
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
      case Command.InsertInto i -> writer().insert(i.insert(), session(parameters));
      case Command.TableAsSelect c -> writer().create(c.create(), session(parameters));
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
        var ddl = new DdlRunner(platform, record, glue, catalogue, services.locks());
        var result = ddl.run(d.ddl());
        yield text(result.columns(), result.lines());
      }
    };
  }

  private TableWriter writer() {
    return new TableWriter(services, query, running);
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

  private Outcome text(List<ResultColumn> columns, List<String> lines) {
    S3Uri at = ResultFiles.object(query, ".txt");
    String all = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    files.put(at, PartitionNames.utf8(all), "text/plain");
    files.metadata(query, ".txt", columns);
    return new Outcome(c -> {
      c.output = at.toString();
      c.columns = columns;
    });
  }

  private Outcome select(Command.Select s, Session session) {
    Translation translation = Translator.query(s.query(), catalogue, session);
    List<ResultColumn> columns =
        translation.columns().stream().map(o -> ResultColumn.of(o.name(), o.type())).toList();
    var binding = new Binding(services, query, running, catalogue);
    try (SqlEngine.Session open = running.open(services.engine());
        ResultFiles.Csv csv = files.csv(query, columns)) {
      Binding.Bound bound = binding.bind(open, translation, null);
      open.rows(bound.sql(), translation, csv::row);
      long engineDone = platform.time().instant().toEpochMilli();
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
              }));
    }
  }

  private Outcome view(Command.ViewAs v) {
    TableName name = catalogue.named(v.create().getName().toString(), query.database());
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
