package dev.polder.s3;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.checksum.Checksum;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
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
    return JsonObject.bytes(json);
  }

  static Upload decode(Address address, String id, byte[] value) {
    JsonObject json = JsonObject.of(value);
    byte[] metadata = Base64.getDecoder().decode(json.text("metadata"));
    return new Upload(
        address,
        id,
        json.instant("begun"),
        ObjectMetadata.decode(metadata).orElseThrow().metadata(),
        Optional.ofNullable(json.optionalText("algorithm")).flatMap(Checksum::named).orElse(null),
        json.flag("composite"));
  }
}
