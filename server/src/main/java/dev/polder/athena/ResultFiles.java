package dev.polder.athena;

import dev.polder.athena.sql.SqlFailure;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The objects that a query leaves at its output location.
final class ResultFiles {
  private final S3Client s3;
  private final Path scratch;

  ResultFiles(S3Client s3, Path scratch) {
    this.s3 = s3;
    this.scratch = scratch;
  }

  /// `<location>/<id><suffix>`.
  static S3Uri object(QuerySubmission q, String suffix) {
    return S3Uri.parse(q.location() + "/" + q.id() + suffix);
  }

  void put(S3Uri at, byte[] bytes, String contentType) {
    put(at, RequestBody.fromBytes(bytes), contentType);
  }

  private void put(S3Uri at, RequestBody body, String contentType) {
    try {
      s3.putObject(r -> r.bucket(at.bucket()).key(at.key()).contentType(contentType), body);
    } catch (S3Exception e) {
      throw new SqlFailure(
          "RESULT",
          "Unable to verify/create output bucket "
              + at.bucket()
              + ". Please verify the bucket exists: "
              + e.getMessage());
    }
  }

  void metadata(QuerySubmission q, String suffix, List<ResultColumn> columns) {
    put(
        object(q, suffix + ".metadata"),
        ResultMetadata.of(q.id(), columns),
        "application/octet-stream");
  }

  /// Begins the CSV of a query.
  Csv csv(QuerySubmission q, List<ResultColumn> columns) {
    try {
      Files.createDirectories(scratch);
      return new Csv(q, scratch.resolve(q.id() + ".csv"), columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A CSV in the making: every value quoted, null as nothing between the commas.
  final class Csv implements AutoCloseable {
    private final QuerySubmission query;
    private final Path file;
    private final BufferedWriter out;

    Csv(QuerySubmission query, Path file, List<ResultColumn> columns) throws IOException {
      this.query = query;
      this.file = file;
      this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      row(columns.stream().map(ResultColumn::name).toArray(String[]::new));
    }

    void row(@Nullable String[] values) {
      try {
        for (int i = 0; i < values.length; i++) {
          if (i > 0) {
            out.write(',');
          }
          String value = values[i];
          if (value != null) {
            out.write('"');
            out.write(value.indexOf('"') < 0 ? value : value.replace("\"", "\"\""));
            out.write('"');
          }
        }
        out.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Puts the file to its place.
    void finish() {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      put(object(query, ".csv"), RequestBody.fromFile(file), "application/octet-stream");
    }

    @Override
    public void close() {
      try {
        out.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static ResultFiles of(Platform platform, Scope scope) {
    return new ResultFiles(
        platform.clients().get(S3Client.class, scope),
        platform.data().resolve("athena").resolve("results"));
  }
}
