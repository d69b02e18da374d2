package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Ends the filling of a range: removes what the INSERT replaced. An INSERT only adds files; without
 * this step a day filled twice would be counted twice.
 *
 * <p>Of the partitions of the range, an object goes if it is older than the submission of the query
 * and not in its manifest. So a failed query leaves the old rows as they were; this step can be
 * repeated; if it was never reached, the next run of the range does its work; and the files of a
 * query that was submitted later are left alone. Between the INSERT and this step a reader sees
 * both, old and new. Partitions that hold nothing afterwards leave the catalogue.
 *
 * <p>Input: {@code Queries}, or for one query its fields themselves: {@code QueryExecutionId},
 * {@code start}, {@code end}. Output: the input without {@code Queries} and with {@code
 * RemovedObjects} and {@code RemovedPartitions}.
 */
public final class RemoveReplaced
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Manifests manifests;
  private final TargetPartitions target;

  /** The constructor that Lambda calls; reads {@code DATABASE} and {@code TABLE}. */
  public RemoveReplaced() {
    this(Clients.athena(), Clients.glue(), Clients.s3(), Settings.environment());
  }

  RemoveReplaced(AthenaClient athena, GlueClient glue, S3Client s3, Settings settings) {
    this.manifests = new Manifests(athena, s3);
    this.target = new TargetPartitions(glue, s3, settings.text("DATABASE"), settings.text("TABLE"));
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    Fields input = new Fields(event);
    S3Location folder = target.location();
    TargetPartitions.Removed removed = new TargetPartitions.Removed(0, 0);
    if (event.containsKey("Queries")) {
      for (Fields query : input.objects("Queries")) {
        removed = removed.plus(replace(folder, query));
      }
    } else {
      removed = replace(folder, input);
    }
    Map<String, Object> output =
        input.with(
            Map.of("RemovedObjects", removed.objects(), "RemovedPartitions", removed.partitions()));
    output.remove("Queries");
    return output;
  }

  private TargetPartitions.Removed replace(S3Location folder, Fields query) {
    TimeRange range = TimeRange.parse(query.requiredText("start"), query.requiredText("end"));
    Manifests.Written written = manifests.read(query.requiredText("QueryExecutionId"));
    TargetPartitions.Removed removed = new TargetPartitions.Removed(0, 0);
    for (Instant day : range.days()) {
      removed = removed.plus(target.replace(folder, day, range, written));
    }
    return removed;
  }
}
