package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.ResultWriter;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The files that a result writer puts into a bucket: the children's results by how they ended, and
/// a manifest that names the files
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html). They grow
/// on disk until they are whole.
final class ResultFiles implements AutoCloseable {
  private final S3Client s3;
  private final ResultWriter writer;
  private final String bucket;
  private final String prefix;
  private final Path folder;
  private final Growing failed;
  private final Growing succeeded;

  ResultFiles(S3Client s3, ResultWriter writer, Map<?, ?> arguments, String run, Path scratch)
      throws IOException {
    String below = arguments.get("Prefix") instanceof String p ? p : "";
    this.s3 = s3;
    this.writer = writer;
    this.bucket = String.valueOf(arguments.get("Bucket"));
    this.prefix = (below.isEmpty() || below.endsWith("/") ? below : below + "/") + run + "/";
    Files.createDirectories(scratch);
    this.folder = Files.createTempDirectory(scratch, "results");
    this.failed = new Growing("FAILED");
    this.succeeded = new Growing("SUCCEEDED");
  }

  String bucket() {
    return bucket;
  }

  private boolean lined() {
    return writer.outputType() == ResultWriter.OutputType.JSONL;
  }

  /// A file that grows by one value after the other; there is none before the first.
  private final class Growing {
    private final String kind;
    private final Path file;
    private @Nullable BufferedWriter out;

    Growing(String kind) {
      this.kind = kind;
      this.file = folder.resolve(kind);
    }

    void add(@Nullable Object value) throws IOException {
      BufferedWriter to = out;
      if (to == null) {
        to = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out = to;
        to.write(lined() ? "" : "[");
      } else if (!lined()) {
        to.write(",");
      }
      to.write(Json.write(value));
      if (lined()) {
        to.write("\n");
      }
    }

    /// Puts the file into the bucket; answers what the manifest says of it.
    List<Object> finish() throws IOException {
      if (out == null) {
        return List.of();
      }
      if (!lined()) {
        out.write("]");
      }
      out.close();
      String key = prefix + kind + "_0." + (lined() ? "jsonl" : "json");
      s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromFile(file));
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("Key", key);
      entry.put("Size", Files.size(file));
      return List.of(entry);
    }

    void close() throws IOException {
      if (out != null) {
        out.close();
      }
      Files.deleteIfExists(file);
    }
  }

  void add(String machineArn, ChildResult result, @Nullable String input) throws IOException {
    if (result.status() != ExecutionStatus.SUCCEEDED) {
      failed.add(result.told(machineArn, input));
      return;
    }
    switch (writer.transformation()) {
      case NONE -> succeeded.add(result.told(machineArn, input));
      case COMPACT -> succeeded.add(result.value());
      case FLATTEN -> {
        if (result.value() instanceof List<?> list) {
          for (Object each : list) {
            succeeded.add(each);
          }
        } else {
          succeeded.add(result.value());
        }
      }
    }
  }

  /// Puts all files into the bucket; answers the key of the manifest.
  String finish(String mapRunArn) throws IOException {
    Map<String, @Nullable Object> files = new LinkedHashMap<>();
    files.put("FAILED", failed.finish());
    files.put("PENDING", List.of());
    files.put("SUCCEEDED", succeeded.finish());
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("DestinationBucket", bucket);
    manifest.put("MapRunArn", mapRunArn);
    manifest.put("ResultFiles", files);
    String key = prefix + "manifest.json";
    s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(Json.write(manifest)));
    return key;
  }

  @Override
  public void close() throws IOException {
    failed.close();
    succeeded.close();
    Files.deleteIfExists(folder);
  }
}
