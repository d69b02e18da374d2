package dev.polder.s3;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A bucket and its owner.
///
/// @param scope the account that made it and the region that it is in
record Bucket(String name, Scope scope, Instant created, Map<String, String> tags) {

  Bucket {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  Bucket tagged(Map<String, String> given) {
    return new Bucket(name, scope, created, given);
  }

  /// True for a name that S3 takes: 3 to 63 lower-case letters, digits, dots and dashes, a letter
  /// or digit at both ends, no two dots together, no IPv4 address, none of the reserved beginnings
  /// and ends.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">S3:
  ///   bucket naming rules</a>
  static boolean validName(String name) {
    return name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        && !name.contains("..")
        && !name.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        && !name.matches("(xn--|sthree-|amzn-s3-demo-).*")
        && !name.matches(".*(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)");
  }

  byte[] encode() {
    var json = new LinkedHashMap<String, Object>();
    json.put("account", scope.account());
    json.put("region", scope.region());
    json.put("created", created.toString());
    json.put("tags", tags);
    return JsonObject.bytes(json);
  }

  static Bucket decode(String name, byte[] value) {
    JsonObject json = JsonObject.of(value);
    return new Bucket(
        name,
        new Scope(json.text("account"), json.text("region")),
        json.instant("created"),
        json.texts("tags"));
  }
}
