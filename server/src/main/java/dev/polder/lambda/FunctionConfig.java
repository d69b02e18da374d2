package dev.polder.lambda;

import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// A function at one version: its settings and its code.
///
/// @param version a number, or `$LATEST`
/// @param revisionId another after every change
record FunctionConfig(
    String name,
    String version,
    Settings settings,
    Code code,
    Instant lastModified,
    String revisionId) {

  /// A deployment package.
  ///
  /// @param id SHA-256 in hexadecimal: the name of its folder
  /// @param size of the zip in bytes
  record Code(String id, long size) {
    /// SHA-256 as Lambda writes it.
    String sha256() {
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(id));
    }
  }

  FunctionConfig with(Settings changed, Instant at, String revision) {
    return new FunctionConfig(name, version, changed, code, at, revision);
  }

  FunctionConfig with(Code changed, Instant at, String revision) {
    return new FunctionConfig(name, version, settings, changed, at, revision);
  }

  /// This state of the function as a version that does not change any more.
  FunctionConfig published(long number, String description, String revision) {
    var fixed =
        new Settings(
            settings.runtime(),
            settings.role(),
            settings.handler(),
            description,
            settings.timeout(),
            settings.memorySize(),
            settings.environment(),
            settings.architecture(),
            settings.ephemeralStorage(),
            settings.tracing(),
            settings.snapStart(),
            settings.logging(),
            settings.layers());
    return new FunctionConfig(name, Long.toString(number), fixed, code, lastModified, revision);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("version", version);
    json.put("settings", settings.json());
    json.put("codeId", code.id());
    json.put("codeSize", code.size());
    json.put("lastModified", lastModified.toString());
    json.put("revisionId", revisionId);
    return json;
  }

  static FunctionConfig of(JsonObject json) {
    return new FunctionConfig(
        json.text("name"),
        json.text("version"),
        Settings.of(json.object("settings")),
        new Code(json.text("codeId"), json.number("codeSize")),
        json.instant("lastModified"),
        json.text("revisionId"));
  }
}
