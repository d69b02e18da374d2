package dev.polder.examples.traffic.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.Row;

/// Asks Athena: the SQL files of the example, answered as rows of text.
final class Queries {
  private static final int POLL_MILLIS = 100;

  private final AthenaClient athena;
  private final DeployedStack stack;

  Queries(AthenaClient athena, DeployedStack stack) {
    this.athena = athena;
    this.stack = stack;
  }

  /// An answer. A null is an empty text.
  record Answer(List<String> columns, List<List<String>> rows) {}

  /// The text of a file of `examples/traffic/sql`.
  static String file(String name) {
    try (InputStream in = Queries.class.getResourceAsStream("/sql/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks sql/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a query and gathers its rows.
  Answer ask(String sql) throws DemoException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    List<String> columns = stream(sql, rows::add);
    return new Answer(columns, rows);
  }

  /// Runs a query and hands out its rows one by one.
  ///
  /// @return the names of the columns
  List<String> stream(String sql, Consumer<List<String>> reader)
      throws DemoException, InterruptedException {
    String id =
        athena
            .startQueryExecution(request ->
                request
                    .queryString(sql)
                    .workGroup(stack.workGroup())
                    .queryExecutionContext(context -> context.database(stack.database())))
            .queryExecutionId();
    await(id, sql);
    List<String> columns = new ArrayList<>();
    boolean header = true;
    for (var page : athena.getQueryResultsPaginator(request -> request.queryExecutionId(id))) {
      if (header) {
        page.resultSet().resultSetMetadata().columnInfo().stream()
            .map(ColumnInfo::name)
            .forEach(columns::add);
      }
      for (Row row : page.resultSet().rows()) {
        if (!header) {
          reader.accept(texts(row));
        }
        header = false;
      }
    }
    return columns;
  }

  private void await(String id, String sql) throws DemoException, InterruptedException {
    while (true) {
      QueryExecution execution =
          athena.getQueryExecution(request -> request.queryExecutionId(id)).queryExecution();
      switch (execution.status().state()) {
        case SUCCEEDED -> {
          return;
        }
        case QUEUED, RUNNING -> TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        case FAILED, CANCELLED, UNKNOWN_TO_SDK_VERSION ->
            throw DemoException.failed(
                "Query "
                    + id
                    + " "
                    + execution.status().stateAsString()
                    + ": "
                    + execution.status().stateChangeReason()
                    + "\n"
                    + sql);
      }
    }
  }

  private static List<String> texts(Row row) {
    return row.data().stream()
        .map(datum -> datum.varCharValue() == null ? "" : datum.varCharValue())
        .toList();
  }
}
