package dev.polder.examples.traffic.functions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Reads what an INSERT wrote: Athena leaves {@code <QueryExecutionId>-manifest.csv} at the output
 * location, with the URI of one new object on each line. See <a
 * href="https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html">Athena:
 * output files</a>.
 */
final class Manifests {
  private final AthenaClient athena;
  private final S3Client s3;

  Manifests(AthenaClient athena, S3Client s3) {
    this.athena = athena;
    this.s3 = s3;
  }

  /**
   * The result of one INSERT.
   *
   * @param submitted when the query was submitted: what it wrote is not older
   * @param objects the URIs of the objects that it wrote
   */
  record Written(Instant submitted, Set<String> objects) {
    Written {
      objects = Set.copyOf(objects);
    }
  }

  /** What the query wrote; refuses a query that has not succeeded. */
  Written read(String queryExecutionId) {
    QueryExecution execution =
        athena
            .getQueryExecution(request -> request.queryExecutionId(queryExecutionId))
            .queryExecution();
    if (execution.status().state() != QueryExecutionState.SUCCEEDED) {
      throw new IllegalStateException(
          "Expected query "
              + queryExecutionId
              + " to have SUCCEEDED but it is "
              + execution.status().stateAsString());
    }
    return new Written(execution.status().submissionDateTime(), lines(manifest(execution)));
  }

  private static S3Location manifest(QueryExecution execution) {
    if (execution.statistics() != null && execution.statistics().dataManifestLocation() != null) {
      return S3Location.parse(execution.statistics().dataManifestLocation());
    }
    String output = execution.resultConfiguration().outputLocation();
    String folder = output.substring(0, output.lastIndexOf('/') + 1);
    return S3Location.parse(folder + execution.queryExecutionId() + "-manifest.csv");
  }

  /** A query that wrote no row may leave no manifest; its set is empty. */
  private Set<String> lines(S3Location manifest) {
    try {
      String text =
          s3.getObjectAsBytes(request -> request.bucket(manifest.bucket()).key(manifest.key()))
              .asString(StandardCharsets.UTF_8);
      return text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toSet());
    } catch (NoSuchKeyException e) {
      return Set.of();
    }
  }
}
