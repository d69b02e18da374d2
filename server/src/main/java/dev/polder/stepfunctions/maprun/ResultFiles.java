package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.ResultWriter;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The files that a result writer puts into a bucket: the children's results by how they ended, and
/// a manifest that names the files
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
record ResultFiles(S3Client s3, ResultWriter writer, String bucket, String prefix) {

  static ResultFiles of(S3Client s3, ResultWriter writer, Map<?, ?> arguments, String run) {
    String prefix = arguments.get("Prefix") instanceof String p && !p.isEmpty() ? p : "";
    String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    return new ResultFiles(s3, writer, String.valueOf(arguments.get("Bucket")), folder + run + "/");
  }

  /// A result with what the child was given.
  record Line(ChildResult result, @Nullable String input) {}

  /// Writes all files; answers the key of the manifest.
  String write(String mapRunArn, String machineArn, List<Line> lines) {
    Map<String, @Nullable Object> files = new LinkedHashMap<>();
    files.put("FAILED", file("FAILED", machineArn, lines, false));
    files.put("PENDING", List.of());
    files.put("SUCCEEDED", file("SUCCEEDED", machineArn, lines, true));
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("DestinationBucket", bucket);
    manifest.put("MapRunArn", mapRunArn);
    manifest.put("ResultFiles", files);
    String key = prefix + "manifest.json";
    put(key, Json.write(manifest));
    return key;
  }

  private List<Object> file(String kind, String machineArn, List<Line> lines, boolean succeeded) {
    List<@Nullable Object> told = new ArrayList<>();
    for (Line line : lines) {
      boolean success = line.result().status() == ExecutionStatus.SUCCEEDED;
      if (success == succeeded) {
        told.add(
            success && writer.transformation() != ResultWriter.Transformation.NONE
                ? line.result().value()
                : line.result().told(machineArn, line.input()));
      }
    }
    if (told.isEmpty()) {
      return List.of();
    }
    boolean flat = succeeded && writer.transformation() == ResultWriter.Transformation.FLATTEN;
    String text = written(flat ? flattened(told) : told);
    boolean lined = writer.outputType() == ResultWriter.OutputType.JSONL;
    String key = prefix + kind + "_0." + (lined ? "jsonl" : "json");
    put(key, text);
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("Key", key);
    entry.put("Size", text.getBytes(StandardCharsets.UTF_8).length);
    return List.of(entry);
  }

  private String written(List<@Nullable Object> told) {
    if (writer.outputType() == ResultWriter.OutputType.JSON) {
      return Json.write(told);
    }
    StringBuilder text = new StringBuilder();
    told.forEach(each -> text.append(Json.write(each)).append('\n'));
    return text.toString();
  }

  static List<@Nullable Object> flattened(List<? extends @Nullable Object> values) {
    List<@Nullable Object> flat = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof List<?> list) {
        flat.addAll(list);
      } else {
        flat.add(value);
      }
    }
    return flat;
  }

  private void put(String key, String text) {
    s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(text));
  }
}
