package dev.polder.s3;

import dev.polder.kernel.Json;
import dev.polder.kernel.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What S3 knows of an object beside its bytes.
///
/// @param etag without quotes
/// @param headers the standard headers that are given back on a read, such as `Content-Type`, by
///   their names on the wire
/// @param user the names (lower case, without `x-amz-meta-`) and values of the user
/// @param checksum the checksum that was given or asked for
/// @param parts the parts that the object was uploaded in; empty if in one piece
record ObjectMetadata(
    String etag,
    Map<String, String> headers,
    Map<String, String> user,
    Map<String, String> tags,
    @Nullable Sum checksum,
    List<PartSize> parts) {

  static final String CONTENT_TYPE = "Content-Type";
  static final String CACHE_CONTROL = "Cache-Control";
  static final String CONTENT_DISPOSITION = "Content-Disposition";
  static final String CONTENT_ENCODING = "Content-Encoding";
  static final String CONTENT_LANGUAGE = "Content-Language";
  static final String EXPIRES = "Expires";
  static final String STORAGE_CLASS = "x-amz-storage-class";
  static final String ENCRYPTION = "x-amz-server-side-encryption";

  static final ObjectMetadata EMPTY =
      new ObjectMetadata("", Map.of(), Map.of(), Map.of(), null, List.of());

  /// A checksum of a whole object.
  ///
  /// @param value base 64; of a composite, followed by `-` and the number of parts
  /// @param composite true if it is the checksum of the parts' checksums
  record Sum(Checksum algorithm, String value, boolean composite) {}

  /// A part of an object.
  ///
  /// @param checksum in the algorithm of the whole, or null
  record PartSize(long size, @Nullable String checksum) {}

  ObjectMetadata {
    headers = copy(headers);
    user = copy(user);
    tags = copy(tags);
    parts = List.copyOf(parts);
  }

  private static Map<String, String> copy(Map<String, String> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The same with the marks of other content.
  ObjectMetadata of(String newEtag, @Nullable Sum sum, List<PartSize> newParts) {
    return new ObjectMetadata(newEtag, headers, user, tags, sum, newParts);
  }

  ObjectMetadata tagged(Map<String, String> newTags) {
    return new ObjectMetadata(etag, headers, user, newTags, checksum, parts);
  }

  /// This and what tells whether it still describes its file.
  byte[] encode(long size, long modifiedNanos) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("etag", etag);
    json.put("size", size);
    json.put("modified", modifiedNanos);
    put(json, "headers", headers);
    put(json, "user", user);
    put(json, "tags", tags);
    if (checksum != null) {
      json.put("algorithm", checksum.algorithm().name());
      json.put("checksum", checksum.value());
      json.put("composite", checksum.composite());
    }
    if (!parts.isEmpty()) {
      json.put("parts", partsText());
    }
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  private static void put(Map<String, @Nullable Object> json, String name, Map<?, ?> map) {
    if (!map.isEmpty()) {
      json.put(name, map);
    }
  }

  /// Parts as `size[*count][:checksum]`, separated by commas; `*` joins equal ones.
  private String partsText() {
    var text = new StringBuilder();
    for (int i = 0; i < parts.size(); ) {
      int end = i + 1;
      while (end < parts.size() && parts.get(end).equals(parts.get(i))) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ",").append(parts.get(i).size());
      text.append(end - i == 1 ? "" : "*" + (end - i));
      String sum = parts.get(i).checksum();
      text.append(sum == null ? "" : ":" + sum);
      i = end;
    }
    return text.toString();
  }

  private static List<PartSize> parts(String text) {
    var parts = new ArrayList<PartSize>();
    for (String each : text.split(",")) {
      String[] half = each.split(":", 2);
      String[] run = half[0].split("\\*", 2);
      var part = new PartSize(Long.parseLong(run[0]), half.length == 1 ? null : half[1]);
      int count = run.length == 1 ? 1 : Integer.parseInt(run[1]);
      for (int i = 0; i < count; i++) {
        parts.add(part);
      }
    }
    return parts;
  }

  /// What is written in a file's attribute.
  ///
  /// @param size of the file that it describes, in bytes
  /// @param modifiedNanos its last change, in nanoseconds since 1970
  record Described(ObjectMetadata metadata, long size, long modifiedNanos) {}

  /// Reads what [#encode] wrote; empty if it is something else.
  static Optional<Described> decode(byte[] bytes) {
    try {
      Map<String, Object> json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
      var algorithm = Optional.ofNullable((String) json.get("algorithm")).flatMap(Checksum::named);
      Sum sum =
          algorithm
              .map(each ->
                  new Sum(each, text(json, "checksum"), json.get("composite") == Boolean.TRUE))
              .orElse(null);
      String parts = (String) json.get("parts");
      var metadata =
          new ObjectMetadata(
              text(json, "etag"),
              texts(json, "headers"),
              texts(json, "user"),
              texts(json, "tags"),
              sum,
              parts == null ? List.of() : parts(parts));
      return Optional.of(new Described(metadata, number(json, "size"), number(json, "modified")));
    } catch (Json.Malformed | ClassCastException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, Object> json, String name) {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("Expected a string " + name);
  }

  private static long number(Map<String, Object> json, String name) {
    if (json.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("Expected a number " + name);
  }

  private static Map<String, String> texts(Map<String, Object> json, String name) {
    var map = new LinkedHashMap<String, String>();
    if (json.get(name) instanceof Map<?, ?> given) {
      given.forEach((key, value) -> map.put((String) key, (String) value));
    }
    return map;
  }
}
