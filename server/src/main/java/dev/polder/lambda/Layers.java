package dev.polder.lambda;

import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import dev.polder.lambda.Settings.UsedLayer;
import dev.polder.shape.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.*;

/// Operations on layers. Their files are not below `/opt`, which is the machine's; what they hold
/// of modules, jars and programs is found where runtimes look for it.
final class Layers {
  private static final int MOST = 5;
  private static final Pattern VERSION =
      Pattern.compile(
          "arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\\d{12})"
              + ":layer:(?<name>[a-zA-Z0-9-_]+):(?<number>\\d{1,18})");

  private final Parts parts;
  private final Scope scope;
  private final Functions functions;

  Layers(Parts parts, Scope scope, Functions functions) {
    this.parts = parts;
    this.scope = scope;
    this.functions = functions;
  }

  PublishLayerVersionResponse publish(PublishLayerVersionRequest request) {
    String name = name(request.layerName());
    LayerVersionContentInput content = request.content();
    if (content == null) {
      throw LambdaErrors.constraint("null", "content", "Member must not be null");
    }
    byte[] zip =
        functions.zip(
            content.zipFile(),
            content.s3Bucket(),
            content.s3Key(),
            content.s3ObjectVersion(),
            "PublishLayerVersion");
    synchronized (parts.code()) {
      var code = parts.code().put(zip);
      Instant now = parts.platform().time().instant();
      LayerVersion version =
          parts
              .catalogue()
              .addLayer(
                  scope,
                  name,
                  number ->
                      new LayerVersion(
                          name,
                          number,
                          code,
                          request.description() == null ? "" : request.description(),
                          request.licenseInfo() == null ? "" : request.licenseInfo(),
                          request.compatibleRuntimesAsStrings(),
                          request.compatibleArchitecturesAsStrings(),
                          now));
      return Shapes.copy(shown(version), PublishLayerVersionResponse.builder()).build();
    }
  }

  /// The name in a name or an ARN.
  private static String name(@Nullable String text) {
    if (text == null) {
      throw LambdaErrors.constraint("null", "layerName", "Member must not be null");
    }
    String name = text.startsWith("arn:") ? text.substring(text.lastIndexOf(':') + 1) : text;
    if (!name.matches("[a-zA-Z0-9-_]{1,140}")) {
      throw LambdaErrors.constraint(
          text,
          "layerName",
          "Member must satisfy regular expression pattern:"
              + " (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    }
    return name;
  }

  private GetLayerVersionResponse shown(LayerVersion version) {
    return GetLayerVersionResponse.builder()
        .content(c ->
            c.location(parts.code().zip(version.code().id()).toUri().toString())
                .codeSha256(version.code().sha256())
                .codeSize(version.code().size()))
        .layerArn(LayerVersion.arn(scope, version.name()))
        .layerVersionArn(version.versionArn(scope))
        .description(version.description())
        .createdDate(Answers.MODIFIED.format(version.created()))
        .version(version.number())
        .compatibleRuntimesWithStrings(version.runtimes())
        .compatibleArchitecturesWithStrings(version.architectures())
        .licenseInfo(version.licence().isEmpty() ? null : version.licence())
        .build();
  }

  GetLayerVersionResponse get(GetLayerVersionRequest request) {
    String name = name(request.layerName());
    long number = request.versionNumber() == null ? 0 : request.versionNumber();
    return shown(
        parts
            .catalogue()
            .layer(scope, name, number)
            .orElseThrow(
                () -> LambdaErrors.notFound("The resource you requested does not exist.")));
  }

  GetLayerVersionByArnResponse get(GetLayerVersionByArnRequest request) {
    LayerVersion version =
        find(request.arn() == null ? "" : request.arn())
            .orElseThrow(() -> LambdaErrors.notFound("The resource you requested does not exist."));
    return Shapes.copy(shown(version), GetLayerVersionByArnResponse.builder()).build();
  }

  private Optional<LayerVersion> find(String arn) {
    Matcher form = VERSION.matcher(arn);
    if (!form.matches()) {
      throw LambdaErrors.constraint(
          arn, "layers", "Member must satisfy regular expression pattern: " + VERSION);
    }
    Scope there = new Scope(form.group("account"), form.group("region"));
    return parts.catalogue().layer(there, form.group("name"), Long.parseLong(form.group("number")));
  }

  /// The layers that a function names.
  ///
  /// @throws software.amazon.awssdk.services.lambda.model.InvalidParameterValueException if one is
  ///   not there, or there are more than five
  List<UsedLayer> used(List<String> arns) {
    if (arns.size() > MOST) {
      throw LambdaErrors.invalid("Layers: cannot reference more than " + MOST + " layers.");
    }
    List<UsedLayer> used = new ArrayList<>();
    for (String arn : arns) {
      LayerVersion version =
          find(arn)
              .orElseThrow(() -> LambdaErrors.invalid("Layer version " + arn + " does not exist."));
      used.add(new UsedLayer(arn, version.code()));
    }
    return used;
  }

  private LayerVersionsListItem item(LayerVersion version) {
    return Shapes.copy(shown(version), LayerVersionsListItem.builder()).build();
  }

  private static boolean isFor(
      LayerVersion version, @Nullable String runtime, @Nullable String architecture) {
    return (runtime == null || version.runtimes().contains(runtime))
        && (architecture == null || version.architectures().contains(architecture));
  }

  /// The newest first.
  ListLayerVersionsResponse versions(ListLayerVersionsRequest request) {
    String name = name(request.layerName());
    int size = Functions.pageSize(request.maxItems());
    long before = request.marker() == null ? Long.MAX_VALUE : Long.parseLong(request.marker());
    List<LayerVersion> left =
        parts.catalogue().layers(scope, name).reversed().stream()
            .filter(each -> each.number() < before)
            .filter(each ->
                isFor(
                    each,
                    request.compatibleRuntimeAsString(),
                    request.compatibleArchitectureAsString()))
            .toList();
    List<LayerVersion> page = left.subList(0, Math.min(size, left.size()));
    return ListLayerVersionsResponse.builder()
        .layerVersions(page.stream().map(this::item).toList())
        .nextMarker(page.size() < left.size() ? Long.toString(page.getLast().number()) : null)
        .build();
  }

  ListLayersResponse list(ListLayersRequest request) {
    Map<String, LayerVersion> latest = new LinkedHashMap<>();
    for (LayerVersion each : parts.catalogue().layers(scope, null)) {
      if (isFor(
          each, request.compatibleRuntimeAsString(), request.compatibleArchitectureAsString())) {
        latest.put(each.name(), each);
      }
    }
    int size = Functions.pageSize(request.maxItems());
    String after = request.marker() == null ? "" : request.marker();
    List<LayerVersion> left =
        latest.values().stream().filter(each -> each.name().compareTo(after) > 0).toList();
    List<LayerVersion> page = left.subList(0, Math.min(size, left.size()));
    return ListLayersResponse.builder()
        .layers(
            page.stream()
                .map(each ->
                    LayersListItem.builder()
                        .layerName(each.name())
                        .layerArn(LayerVersion.arn(scope, each.name()))
                        .latestMatchingVersion(item(each))
                        .build())
                .toList())
        .nextMarker(page.size() < left.size() ? page.getLast().name() : null)
        .build();
  }

  /// Takes a version away, also where there is none; functions that use it go on.
  DeleteLayerVersionResponse delete(DeleteLayerVersionRequest request) {
    String name = name(request.layerName());
    long number = request.versionNumber() == null ? 0 : request.versionNumber();
    synchronized (parts.code()) {
      parts.catalogue().deleteLayer(scope, name, number);
      parts.code().keepOnly(parts.catalogue().codeInUse());
    }
    return DeleteLayerVersionResponse.builder().build();
  }
}
