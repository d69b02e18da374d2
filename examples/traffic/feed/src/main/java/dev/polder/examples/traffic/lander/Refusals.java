package dev.polder.examples.traffic.lander;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.polder.examples.traffic.feed.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// The refused events of one object in the making: JSON lines in a file, as Firehose writes them,
/// with the reason and the event as it came (`rawData`, Base64). See [Firehose: data format
/// conversion](https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html).
final class Refusals implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final Writer lines;
  private final Map<String, Long> byCode = new TreeMap<>();

  Refusals(Path file) throws IOException {
    this.file = file;
    this.lines = Files.newBufferedWriter(file);
  }

  /// @param arrival seconds since 1970
  void add(Verdict.Refused reason, String raw, long arrival) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("attemptsMade", 1);
      json.writeNumberField("arrivalTimestamp", arrival * 1000);
      json.writeStringField("errorCode", reason.code());
      json.writeStringField("errorMessage", reason.message());
      json.writeNumberField("attemptEndingTimestamp", arrival * 1000);
      json.writeStringField(
          "rawData", Base64.getEncoder().encodeToString(raw.getBytes(StandardCharsets.UTF_8)));
      json.writeEndObject();
    }
    lines.append(line.getBuffer()).append('\n');
    byCode.merge(reason.code(), 1L, Long::sum);
  }

  Map<String, Long> byCode() {
    return byCode;
  }

  /// The file, complete after closing.
  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
