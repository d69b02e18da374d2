package dev.polder.athena;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.ResultSetMetadata;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// `GetQueryResults`: pages of the result object itself, so that nothing of a result is kept
/// elsewhere. A page's token is where in the object it begins.
final class ResultPages {
  private static final int MOST = 1000;

  private final S3Client s3;

  ResultPages(S3Client s3) {
    this.s3 = s3;
  }

  GetQueryResultsResponse page(QueryRecord q, GetQueryResultsRequest r) {
    check(q);
    int most = Check.page(r.maxResults(), MOST);
    long from = from(r.nextToken());
    List<Row> rows = new ArrayList<>();
    String next = null;
    String output = q.output();
    if (output != null && (output.endsWith(".csv") || output.endsWith(".txt"))) {
      next = read(S3Uri.parse(output), output.endsWith(".csv"), from, most, rows);
    }
    List<ColumnInfo> columns = q.columns().stream().map(ResultPages::column).toList();
    return GetQueryResultsResponse.builder()
        .resultSet(s ->
            s.rows(rows)
                .resultSetMetadata(
                    ResultSetMetadata.builder()
                        .columnInfo(
                            output != null && output.contains("/tables/") || q.updateCount() >= 0
                                ? List.of()
                                : columns)
                        .build()))
        .updateCount(Math.max(0, q.updateCount()))
        .nextToken(next)
        .build();
  }

  private static void check(QueryRecord q) {
    switch (q.state()) {
      case SUCCEEDED -> {}
      case QUEUED, RUNNING, FAILED, CANCELLED ->
          throw AthenaErrors.invalid(
              q.state().isTerminal()
                  ? "Query did not finish successfully. Final query state: " + q.state()
                  : "Query has not yet finished. Current state: " + q.state());
    }
  }

  static ColumnInfo column(ResultColumn c) {
    return ColumnInfo.builder()
        .catalogName("hive")
        .schemaName("")
        .tableName("")
        .name(c.name())
        .label(c.name())
        .type(c.type())
        .precision(c.precision())
        .scale(c.scale())
        .nullable("UNKNOWN")
        .caseSensitive(c.isCaseSensitive())
        .build();
  }

  private static long from(@Nullable String token) {
    if (token == null) {
      return 0;
    }
    if (!token.matches("[0-9]{1,18}")) {
      throw AthenaErrors.invalid("Invalid next token");
    }
    return Long.parseLong(token);
  }

  private @Nullable String read(S3Uri at, boolean csv, long from, int most, List<Row> rows) {
    try (var object =
            s3.getObject(r ->
                r.bucket(at.bucket())
                    .key(at.key())
                    .range(from > 0 ? "bytes=" + from + "-" : null));
        var in = new Counted(new BufferedInputStream(object, 1 << 16))) {
      while (rows.size() < most) {
        List<@Nullable String> cells = csv ? csvRow(in) : line(in);
        if (cells == null) {
          return null;
        }
        rows.add(
            Row.builder()
                .data(cells.stream().map(c -> Datum.builder().varCharValue(c).build()).toList())
                .build());
      }
      long end = from + in.count;
      return in.read() < 0 ? null : Long.toString(end);
    } catch (S3Exception e) {
      if (e.statusCode() == 416) {
        return null;
      }
      throw AthenaErrors.invalid(
          "The query results at " + at + " cannot be read: " + e.awsErrorDetails().errorMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable List<@Nullable String> line(Counted in) throws IOException {
    var text = new ByteArrayOutputStream();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      text.write(c);
    }
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(text.toString(StandardCharsets.UTF_8));
    return cells;
  }

  private static @Nullable List<@Nullable String> csvRow(Counted in) throws IOException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    List<@Nullable String> cells = new ArrayList<>();
    var text = new ByteArrayOutputStream();
    boolean present = false;
    while (c >= 0 && c != '\n') {
      if (c == '"') {
        present = true;
        c = quoted(in, text);
      } else if (c == ',') {
        cells.add(present ? text.toString(StandardCharsets.UTF_8) : null);
        text.reset();
        present = false;
        c = in.read();
      } else {
        throw AthenaErrors.invalid(
            "The query results are not in the form that they were written in");
      }
    }
    cells.add(present ? text.toString(StandardCharsets.UTF_8) : null);
    return cells;
  }

  /// Reads up to the closing quote; answers what follows it.
  private static int quoted(Counted in, ByteArrayOutputStream text) throws IOException {
    while (true) {
      int c = in.read();
      if (c < 0) {
        return c;
      }
      if (c == '"') {
        int next = in.read();
        if (next != '"') {
          return next;
        }
      }
      text.write(c);
    }
  }

  /// Counts the bytes that are read.
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      count += c < 0 ? 0 : 1;
      return c;
    }
  }
}
