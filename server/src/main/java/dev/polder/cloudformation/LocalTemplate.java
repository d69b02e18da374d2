package dev.polder.cloudformation;

import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A template on disk whose properties may name files beside it, as `aws cloudformation package`
/// knows them: code of functions, definitions of state machines and schemas of APIs.
final class LocalTemplate {
  private static final List<String> NAMES =
      List.of("template.yaml", "template.yml", "template.json");

  private final Path file;
  private final TemplateReader.Document document;

  private LocalTemplate(Path file, TemplateReader.Document document) {
    this.file = file;
    this.document = document;
  }

  /// Reads a template file, or the one in a folder.
  ///
  /// @throws DeploymentException if there is none, or it cannot be read
  static LocalTemplate read(Path fileOrFolder) {
    Path file = Files.isDirectory(fileOrFolder) ? inFolder(fileOrFolder) : fileOrFolder;
    try {
      return new LocalTemplate(file, TemplateReader.read(Files.readString(file)));
    } catch (TemplateException e) {
      throw new DeploymentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DeploymentException("Cannot read the template " + file, e);
    }
  }

  private static Path inFolder(Path folder) {
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new DeploymentException(
                "There is no template in " + folder + ": expected one of " + NAMES, null));
  }

  /// The template with every local file sent and replaced by its place in the bucket, checked as
  /// far as that goes without a server.
  ///
  /// @throws DeploymentException naming the place of what is wrong
  Packaged packaged(Artefacts artefacts) {
    try {
      Map<String, Object> root = object(document.value());
      if (root.get("Globals") instanceof Map<?, ?> globals
          && globals.get("Function") instanceof Map<?, ?> function) {
        replace(object(function), "CodeUri", "/Globals/Function", artefacts, LocalTemplate::uri);
      }
      object(root.getOrDefault("Resources", Map.of()))
          .forEach((id, resource) -> replace(id, object(resource), artefacts));
      TemplateReader.Document processed = Blueprint.processed(document);
      Template template = Template.of(processed);
      Blueprint.check(document, template);
      return new Packaged(Json.write(root), template.parameters().keySet());
    } catch (TemplateException e) {
      throw new DeploymentException(file + ": " + e.getMessage(), e);
    }
  }

  /// @param body JSON
  /// @param parameters names that the template declares
  record Packaged(String body, Set<String> parameters) {}

  /// How a property names a place in a bucket.
  private interface Form {
    Object of(String bucket, String key);
  }

  private static Object uri(String bucket, String key) {
    return "s3://" + bucket + "/" + key;
  }

  private static Object pair(String bucketName, String keyName, String bucket, String key) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put(bucketName, bucket);
    pair.put(keyName, key);
    return pair;
  }

  private void replace(String id, Map<String, Object> resource, Artefacts artefacts) {
    if (!(resource.get("Properties") instanceof Map<?, ?> map)) {
      return;
    }
    Map<String, Object> properties = object(map);
    String at = "/Resources/" + id + "/Properties";
    switch (String.valueOf(resource.get("Type"))) {
      case "AWS::Serverless::Function" ->
          replace(properties, "CodeUri", at, artefacts, LocalTemplate::uri);
      case "AWS::Serverless::StateMachine" ->
          replace(properties, "DefinitionUri", at, artefacts, LocalTemplate::uri);
      case "AWS::Lambda::Function" ->
          replace(properties, "Code", at, artefacts, (b, k) -> pair("S3Bucket", "S3Key", b, k));
      case "AWS::Lambda::LayerVersion" ->
          replace(properties, "Content", at, artefacts, (b, k) -> pair("S3Bucket", "S3Key", b, k));
      case "AWS::AppSync::GraphQLSchema" ->
          replace(properties, "DefinitionS3Location", at, artefacts, LocalTemplate::uri);
      case "AWS::StepFunctions::StateMachine" ->
          replace(
              properties,
              "DefinitionS3Location",
              at,
              artefacts,
              (b, k) -> pair("Bucket", "Key", b, k));
      default -> {}
    }
  }

  private void replace(
      Map<String, Object> properties, String name, String at, Artefacts artefacts, Form form) {
    if (!(properties.get(name) instanceof String local) || local.startsWith("s3://")) {
      return;
    }
    Path path = file.toAbsolutePath().resolveSibling(local).normalize();
    String where = document.at(at + "/" + name);
    if (!Files.exists(path)) {
      throw new TemplateException(
          name + " names a file or folder that does not exist: " + path + " " + where);
    }
    if (Files.exists(path.resolve("pom.xml")) || Files.exists(path.resolve("build.gradle"))) {
      throw new TemplateException(
          name + " names a folder of sources: build it, and name the jar " + where);
    }
    try {
      properties.put(name, form.of(artefacts.bucket(), artefacts.put(path)));
    } catch (IOException e) {
      throw new TemplateException("Cannot read " + path + ": " + e.getMessage() + " " + where);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new TemplateException("Template format error: Expected an object");
  }
}
