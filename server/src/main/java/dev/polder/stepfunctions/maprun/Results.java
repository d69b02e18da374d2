package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.asl.ResultWriter;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// What a map run gives back when all its children have ended: their results, or where a result
/// writer has put them.
final class Results {
  private final Platform platform;
  private final Execution parent;
  private final MapRunPlan plan;
  private final State.MapState state;
  private final MapRun run;
  private int written;

  Results(Platform platform, Execution parent, MapRunPlan plan, State.MapState state, MapRun run) {
    this.platform = platform;
    this.parent = parent;
    this.plan = plan;
    this.state = state;
    this.run = run;
  }

  /// How many results are in files.
  int written() {
    return written;
  }

  TaskOutcome outcome(String machineArn) {
    ResultWriter writer = state.resultWriter();
    Payload arguments = plan.writer();
    if (writer == null || writer.resource() == null || arguments == null) {
      return new TaskOutcome.Succeeded(together(writer));
    }
    try {
      return new TaskOutcome.Succeeded(files(machineArn, writer, arguments));
    } catch (SdkException e) {
      return new TaskOutcome.Failed("States.ResultWriterFailed", e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      return new TaskOutcome.Failed(
          "States.ResultWriterFailed", "The results cannot be written: " + e.getMessage());
    }
  }

  // More than a state may give is not read to its end: the state fails of its size in any case.
  private Payload together(@Nullable ResultWriter writer) {
    boolean flat = writer != null && writer.transformation() == ResultWriter.Transformation.FLATTEN;
    List<@Nullable Object> values = new ArrayList<>();
    long size = 0;
    try (Scan scan = platform.store().scan(KeyRange.prefix(run.results()))) {
      while (scan.hasNext() && size <= Payload.LIMIT) {
        ChildResult result = ChildResult.read(scan.next().value());
        Object value = result.value();
        size += result.output() == null ? 1 : result.output().length();
        if (flat && value instanceof List<?> list) {
          values.addAll(list);
        } else {
          values.add(value);
        }
      }
    }
    return Payload.of(values);
  }

  private Payload files(String machineArn, ResultWriter writer, Payload arguments)
      throws IOException {
    var files =
        new ResultFiles(
            platform.clients().get(S3Client.class, parent.scope()),
            writer,
            (Map<?, ?>) Objects.requireNonNull(arguments.value()),
            plan.id(),
            platform.data().resolve("stepfunctions"));
    try (files;
        Scan scan = platform.store().scan(KeyRange.prefix(run.results()))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        ChildResult result = ChildResult.read(entry.value());
        byte[] input = platform.store().get(run.inputs().with(entry.key().number(-1)));
        String text = input == null ? null : new String(input, StandardCharsets.UTF_8);
        files.add(machineArn, result, text);
        written++;
      }
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put("Bucket", files.bucket());
      details.put("Key", files.finish(plan.mapRunArn()));
      Map<String, @Nullable Object> output = new LinkedHashMap<>();
      output.put("MapRunArn", plan.mapRunArn());
      output.put("ResultWriterDetails", details);
      return Payload.of(output);
    }
  }
}
