package dev.polder.s3;

import dev.polder.kernel.Json;
import dev.polder.kernel.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A multipart upload that is neither completed nor aborted.
///
/// @param id sorts by the time of its beginning
/// @param metadata what the object will have
/// @param algorithm the checksum of its parts, or null
/// @param composite true if the object's checksum will be that of its parts' checksums
record Upload(
    Address address,
    String id,
    Instant begun,
    ObjectMetadata metadata,
    @Nullable Checksum algorithm,
    boolean composite) {

  byte[] encode() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("begun", begun.toString());
    json.put("metadata", Base64.getEncoder().encodeToString(metadata.encode(0, 0)));
    json.put("algorithm", algorithm == null ? null : algorithm.name());
    json.put("composite", composite);
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static Upload decode(Address address, String id, byte[] value) {
    Map<String, Object> json = Json.parseObject(new String(value, StandardCharsets.UTF_8));
    byte[] metadata = Base64.getDecoder().decode((String) json.get("metadata"));
    return new Upload(
        address,
        id,
        Instant.parse((String) json.get("begun")),
        ObjectMetadata.decode(metadata).orElseThrow().metadata(),
        Optional.ofNullable((String) json.get("algorithm")).flatMap(Checksum::named).orElse(null),
        json.get("composite") == Boolean.TRUE);
  }
}
