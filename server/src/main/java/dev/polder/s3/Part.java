package dev.polder.s3;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A part of an upload.
///
/// @param number 1 to 10,000
/// @param file its name in the upload's folder
/// @param etag the MD5 of its bytes, in hexadecimal
/// @param checksum in the upload's algorithm, or null
record Part(
    int number, String file, long size, String etag, @Nullable String checksum, Instant modified) {

  byte[] encode() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("file", file);
    json.put("size", size);
    json.put("etag", etag);
    json.put("checksum", checksum);
    json.put("modified", modified.toString());
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static Part decode(long number, byte[] value) {
    Map<String, Object> json = Json.parseObject(new String(value, StandardCharsets.UTF_8));
    return new Part(
        Math.toIntExact(number),
        (String) Objects.requireNonNull(json.get("file")),
        ((Number) Objects.requireNonNull(json.get("size"))).longValue(),
        (String) Objects.requireNonNull(json.get("etag")),
        (String) json.get("checksum"),
        Instant.parse((String) json.get("modified")));
  }
}
