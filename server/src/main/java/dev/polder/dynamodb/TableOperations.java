package dev.polder.dynamodb;

import dev.polder.dynamodb.TableAnswers.View;
import dev.polder.kernel.Arn;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/// Tables: making, describing, changing, deleting, listing.
///
/// A table can be used as soon as CreateTable returns, whose answer says CREATING as the real one
/// does; from the next request on it is ACTIVE. So it is with UPDATING and DELETING. Only an index
/// that is added to a table with items takes its time.
final class TableOperations {
  private static final int MOST_NAMES = 100;

  private final Platform platform;
  private final Tables tables;
  private final Streams streams;
  private final Backfill backfill;
  private final Counting counting;
  private final Backups backups;

  TableOperations(
      Platform platform,
      Tables tables,
      Streams streams,
      Backfill backfill,
      Counting counting,
      Backups backups) {
    this.platform = platform;
    this.tables = tables;
    this.streams = streams;
    this.backfill = backfill;
    this.counting = counting;
    this.backups = backups;
  }

  CreateTableResponse create(Scope scope, CreateTableRequest request) {
    Instant now = platform.time().instant();
    Table table = NewTable.read(request, scope, platform.ids().uuid(), now);
    Map<String, String> tags = TagRules.read(request.tags());
    boolean made =
        tables.create(
            table,
            batch -> {
              TableStream stream = table.openStream();
              if (stream != null) {
                streams.open(batch, table, stream);
              }
              if (!tags.isEmpty()) {
                batch.put(Keys.tags(scope, table.name()), JsonObject.bytes(tags));
              }
            });
    if (!made) {
      throw DynamoDbErrors.tableExists(table.name());
    }
    return CreateTableResponse.builder()
        .tableDescription(
            TableAnswers.description(table, Statistics.empty(), View.of(TableStatus.CREATING, now)))
        .build();
  }

  DescribeTableResponse describe(Scope scope, DescribeTableRequest request) {
    OpenTable table = existing(scope, request.tableName());
    counting.ensure(table);
    return DescribeTableResponse.builder()
        .table(
            TableAnswers.description(
                table.table(),
                table.statistics(),
                View.of(TableStatus.ACTIVE, platform.time().instant())))
        .build();
  }

  UpdateTableResponse update(Scope scope, UpdateTableRequest request) {
    Instant asked = platform.time().instant();
    TableChange change = TableChange.read(request, asked);
    OpenTable table = existing(scope, request.tableName());
    TableDescription answer;
    try (var _ = table.enterAlone()) {
      requirePresent(table);
      Table old = table.table();
      Table changed = change.apply(old);
      answer = new TableInChange(request, old, changed, asked).description(table.statistics());
      tables.replace(table, changed, consequences(table, changed));
    }
    backfill.begin(table);
    return UpdateTableResponse.builder().tableDescription(answer).build();
  }

  /// What else changes with a table's definition: its streams, and the entries of dropped indexes.
  private Batch consequences(OpenTable table, Table changed) {
    var batch = new Batch();
    Table old = table.table();
    TableStream before = old.openStream();
    TableStream after = changed.openStream();
    if (before != null && after == null) {
      streams.close(batch, old, before);
    }
    if (before == null && after != null) {
      streams.open(batch, changed, after);
    }
    for (Layout.Entries entries : table.layout().indexes()) {
      if (changed.index(entries.index().name()).isEmpty()) {
        batch.deleteRange(entries.space().all());
        table.statistics().forget(entries.index().number());
      }
    }
    return batch;
  }

  DeleteTableResponse delete(Scope scope, DeleteTableRequest request) {
    OpenTable table = existing(scope, request.tableName());
    counting.ensure(table);
    try (var _ = table.enterAlone()) {
      requirePresent(table);
      Table old = table.table();
      if (old.settings().deletionProtected()) {
        throw DynamoDbErrors.invalid(
            "Resource cannot be deleted as it is currently protected against deletion. Disable"
                + " deletion protection first.");
      }
      if (old.indexes().stream().anyMatch(index -> !index.filled())) {
        throw DynamoDbErrors.inUse(
            "Attempt to change a resource which is still in use: Table: "
                + old.name()
                + " is in the process of being updated.");
      }
      var batch =
          new Batch().delete(Keys.tags(scope, old.name())).delete(Keys.statistics(scope, old.id()));
      TableStream stream = old.openStream();
      if (stream != null) {
        streams.close(batch, old, stream);
      }
      backups.clear(batch, table.layout(), table.statistics());
      TableDescription last =
          TableAnswers.deleted(old, table.statistics(), platform.time().instant());
      tables.drop(table, batch);
      return DeleteTableResponse.builder().tableDescription(last).build();
    }
  }

  /// Names in the order of their characters.
  ListTablesResponse list(Scope scope, ListTablesRequest request) {
    var constraints = new Constraints();
    constraints.name(request.exclusiveStartTableName(), "exclusiveStartTableName");
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.atMost(request.limit(), "limit", MOST_NAMES);
    constraints.check();
    int most = request.limit() == null ? MOST_NAMES : request.limit();
    List<String> names = tables.names(scope, request.exclusiveStartTableName(), most + 1);
    boolean more = names.size() > most;
    List<String> page = more ? names.subList(0, most) : names;
    return ListTablesResponse.builder()
        .tableNames(page)
        .lastEvaluatedTableName(more ? page.getLast() : null)
        .build();
  }

  /// The table that a request about a table means.
  OpenTable existing(Scope scope, @Nullable String given) {
    String name = name(scope, given);
    TableConstraints.requireTableName(name);
    var constraints = new Constraints();
    constraints.name(name, "tableName");
    constraints.check();
    return tables
        .find(scope, String.valueOf(name))
        .orElseThrow(() -> DynamoDbErrors.noTable(String.valueOf(name)));
  }

  /// A table's name, which may be given as its ARN.
  static @Nullable String name(Scope scope, @Nullable String given) {
    if (given == null || !given.startsWith("arn:")) {
      return given;
    }
    return Arn.parse(given)
        .filter(arn -> arn.service().equals("dynamodb"))
        .filter(arn -> arn.scope(scope).equals(scope))
        .map(Arn::resource)
        .filter(resource -> resource.startsWith("table/"))
        .map(resource -> resource.substring("table/".length()))
        .orElse(given);
  }

  private static void requirePresent(OpenTable table) {
    if (table.isDropped()) {
      throw DynamoDbErrors.noTable(table.table().name());
    }
  }
}
