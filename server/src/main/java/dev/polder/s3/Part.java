package dev.polder.s3;

import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
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
    return JsonObject.bytes(json);
  }

  static Part decode(long number, byte[] value) {
    JsonObject json = JsonObject.of(value);
    return new Part(
        Math.toIntExact(number),
        json.text("file"),
        json.number("size"),
        json.text("etag"),
        json.optionalText("checksum"),
        json.instant("modified"));
  }
}
