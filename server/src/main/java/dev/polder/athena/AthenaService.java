package dev.polder.athena;

import dev.polder.athena.engine.DuckDbEngine;
import dev.polder.athena.engine.EngineLimits;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.athena.AthenaClient;

/// Amazon Athena on an embedded SQL engine.
///
/// Queries are durable: one that was queued or ran when the process ended is run again under its
/// id, and one whose rows were being published is published to the end.
public final class AthenaService implements Service<AthenaClient> {
  private final Platform platform;
  private final SqlEngine engine;
  private final Operations operations;

  /// With as many queries at a time as there are cores.
  public AthenaService(Platform platform) {
    this(platform, Runtime.getRuntime().availableProcessors());
  }

  /// @param concurrent how many queries run at a time; the others wait in order
  public AthenaService(Platform platform, int concurrent) {
    this(
        platform,
        concurrent,
        new DuckDbEngine(
            platform.data().resolve("athena").resolve("temporary"), EngineLimits.of(concurrent)));
  }

  /// With an engine of one's own; closed with the service.
  public AthenaService(Platform platform, int concurrent, SqlEngine engine) {
    this.platform = platform;
    this.engine = engine;
    var store = new QueryStore(platform);
    var workGroups = new WorkGroups(platform);
    var prepared = new PreparedStatements(platform);
    var services =
        new StatementRunner.Services(
            platform, store, workGroups, prepared, engine, new TableLocks());
    var runner = new QueryRunner(services, concurrent);
    this.operations =
        new Operations(
            new QueryOperations(platform, store, workGroups, runner),
            workGroups,
            prepared,
            new NamedQueries(platform),
            runner);
  }

  /// What the clients of all scopes share.
  record Operations(
      QueryOperations queries,
      WorkGroups workGroups,
      PreparedStatements prepared,
      NamedQueries named,
      QueryRunner runner) {}

  @Override
  public Class<AthenaClient> type() {
    return AthenaClient.class;
  }

  @Override
  public AthenaClient client(Scope scope) {
    return new LocalAthena(platform, scope, operations);
  }

  @Override
  public void start() {
    operations.queries().recover();
  }

  @Override
  public void close() {
    operations.runner().close();
    engine.close();
  }
}
