package dev.polder.lambda;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A version of a layer: files that functions share.
///
/// @param runtimes for which it says it is; none for all
/// @param architectures for which it says it is; none for all
record LayerVersion(
    String name,
    long number,
    FunctionConfig.Code code,
    String description,
    String licence,
    List<String> runtimes,
    List<String> architectures,
    Instant created) {

  LayerVersion {
    runtimes = List.copyOf(runtimes);
    architectures = List.copyOf(architectures);
  }

  static String arn(Scope scope, String name) {
    return scope.arn("lambda", "layer:" + name).toString();
  }

  String versionArn(Scope scope) {
    return arn(scope, name) + ":" + number;
  }

  byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("number", number);
    json.put("codeId", code.id());
    json.put("codeSize", code.size());
    json.put("description", description);
    json.put("licence", licence);
    json.put("runtimes", runtimes);
    json.put("architectures", architectures);
    json.put("created", created.toString());
    return JsonObject.bytes(json);
  }

  static LayerVersion of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new LayerVersion(
        json.text("name"),
        json.number("number"),
        new FunctionConfig.Code(json.text("codeId"), json.number("codeSize")),
        json.text("description"),
        json.text("licence"),
        json.list("runtimes"),
        json.list("architectures"),
        json.instant("created"));
  }
}
