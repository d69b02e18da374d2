package dev.polder.amplify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The CloudFormation template of a function, made ready to be deployed: its code is named by its
/// place on disk, and what it imports from the API is filled in, as the Amplify CLI does both.
final class FunctionTemplate {
  private final FunctionFolder function;
  private final Map<String, String> parameters;
  private final Map<String, String> exports;

  /// @param parameters their values
  /// @param exports of the API, such as `<apiId>:GetAtt:PostTable:Name`
  FunctionTemplate(
      FunctionFolder function, Map<String, String> parameters, Map<String, String> exports) {
    this.function = function;
    this.parameters = parameters;
    this.exports = exports;
  }

  /// The parameters that the template declares and that have a value here.
  Map<String, String> declared() {
    Map<String, String> declared = new LinkedHashMap<>();
    for (String name : ProjectFiles.object(function.template(), "Parameters").keySet()) {
      String value = parameters.get(name);
      if (value != null) {
        declared.put(name, value);
      }
    }
    return declared;
  }

  /// The template to deploy.
  ///
  /// @param code of the function or layer, one file or folder
  /// @throws ProjectException if it imports what the API does not export
  Map<String, Object> ready(Path code) {
    Map<String, Object> ready = new LinkedHashMap<>();
    function.template().forEach((name, value) -> ready.put(name, filled(value)));
    // Which accounts may use a layer: here all may.
    ProjectFiles.object(ready, "Resources")
        .values()
        .removeIf(resource -> isOf(resource, "AWS::Lambda::LayerVersionPermission"));
    for (Object resource : ProjectFiles.object(ready, "Resources").values()) {
      if (resource instanceof Map<?, ?> map) {
        switch (String.valueOf(map.get("Type"))) {
          case "AWS::Lambda::Function" -> named(map, "Code", code);
          case "AWS::Lambda::LayerVersion" -> named(map, "Content", code);
          default -> {}
        }
      }
    }
    return ready;
  }

  private static boolean isOf(Object resource, String type) {
    return resource instanceof Map<?, ?> map && type.equals(map.get("Type"));
  }

  @SuppressWarnings("unchecked")
  private static void named(Map<?, ?> resource, String property, Path code) {
    Object properties = resource.get("Properties");
    if (properties instanceof Map<?, ?> map) {
      ((Map<String, Object>) map).put(property, code.toAbsolutePath().toString());
    }
  }

  private Object filled(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map when map.size() == 1 && map.containsKey("Fn::ImportValue") ->
          imported(map.get("Fn::ImportValue"));
      case Map<?, ?> map -> {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, each) -> all.put(String.valueOf(name), filled(each)));
        yield all;
      }
      case List<?> list -> list.stream().map(this::filled).toList();
      case null, default -> Objects.requireNonNullElse(value, "");
    };
  }

  private Object imported(@Nullable Object name) {
    String wanted =
        switch (name) {
          case String text -> text;
          case Map<?, ?> map when map.get("Fn::Sub") instanceof String text -> substituted(text);
          case null, default ->
              throw new ProjectException(
                  function.templateFile()
                      + ": expected the name of an import to be text or Fn::Sub of a text");
        };
    String value = exports.get(wanted);
    if (value == null) {
      throw new ProjectException(
          function.templateFile()
              + ": nothing exports "
              + wanted
              + "; the API exports "
              + exports.keySet());
    }
    return value;
  }

  private String substituted(String text) {
    String result = text;
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      result = result.replace("${" + each.getKey() + "}", each.getValue());
    }
    return result;
  }
}
