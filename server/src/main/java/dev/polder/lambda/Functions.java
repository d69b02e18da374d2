package dev.polder.lambda;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import dev.polder.shape.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.*;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Operations on functions as a whole: their life, settings, code and tags.
final class Functions {
  /// Bytes of a zip within a request, and what that is as base64.
  private static final int DIRECT = 52_428_800;

  private static final long DIRECT_BASE64 = 69_905_067;

  private final Parts parts;
  private final Scope scope;

  Functions(Parts parts, Scope scope) {
    this.parts = parts;
    this.scope = scope;
  }

  private Instant now() {
    return parts.platform().time().instant();
  }

  private String revision() {
    return parts.platform().ids().uuid();
  }

  CreateFunctionResponse create(CreateFunctionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    GivenSettings given = GivenSettings.of(request);
    Settings settings =
        given.created(
            name.name(), architecture(request.architecturesAsStrings()), used(given.layers()));
    FunctionCode source = request.code();
    if (source == null) {
      throw LambdaErrors.constraint("null", "code", "Member must not be null");
    }
    refuseImage(source.imageUri());
    if (parts.catalogue().find(name).isPresent()) {
      throw exists(name);
    }
    byte[] zip =
        zip(
            source.zipFile(),
            source.s3Bucket(),
            source.s3Key(),
            source.s3ObjectVersion(),
            "CreateFunction");
    synchronized (parts.code()) {
      var code = parts.code().put(zip);
      var config =
          new FunctionConfig(name.name(), FunctionName.LATEST, settings, code, now(), revision());
      if (!parts.catalogue().create(name, LambdaFunction.of(config, request.tags()))) {
        throw exists(name);
      }
      FunctionConfig answered =
          Boolean.TRUE.equals(request.publish())
              ? new Versions(parts, scope, this).publish(name, null)
              : config;
      return Shapes.copy(
              Answers.configuration(unqualified(name), answered), CreateFunctionResponse.builder())
          .build();
    }
  }

  private List<Settings.UsedLayer> used(@Nullable List<String> arns) {
    return arns == null ? List.of() : new Layers(parts, scope, this).used(arns);
  }

  private static RuntimeException exists(FunctionName name) {
    return LambdaErrors.conflict("Function already exist: " + name.name());
  }

  private static @Nullable String architecture(List<String> given) {
    if (given.isEmpty()) {
      return null;
    }
    String first = given.getFirst();
    if (given.size() > 1 || !(first.equals("x86_64") || first.equals("arm64"))) {
      throw LambdaErrors.constraint(
          given,
          "architectures",
          "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64]]");
    }
    return first;
  }

  private static void refuseImage(@Nullable String uri) {
    if (uri != null) {
      throw LambdaErrors.unsupported("ImageUri");
    }
  }

  /// A package from a request or a bucket.
  ///
  /// @param operation for messages
  byte[] zip(
      @Nullable SdkBytes bytes,
      @Nullable String bucket,
      @Nullable String key,
      @Nullable String version,
      String operation) {
    if (bytes != null) {
      byte[] zip = bytes.asByteArray();
      if (zip.length > DIRECT) {
        throw LambdaErrors.tooLarge(DIRECT_BASE64, operation);
      }
      if (zip.length == 0) {
        throw LambdaErrors.invalid("Uploaded file must be a non-empty zip");
      }
      return zip;
    }
    if (bucket == null || key == null) {
      throw LambdaErrors.invalid("Please provide a source for function code.");
    }
    return object(GetObjectRequest.builder().bucket(bucket).key(key).versionId(version).build());
  }

  private byte[] object(GetObjectRequest request) {
    try {
      return parts
          .platform()
          .clients()
          .get(S3Client.class, scope)
          .getObjectAsBytes(request)
          .asByteArrayUnsafe();
    } catch (S3Exception e) {
      var details = e.awsErrorDetails();
      throw LambdaErrors.invalid(
          "Error occurred while GetObject. S3 Error Code: "
              + (details == null ? "InternalError" : details.errorCode())
              + ". S3 Error Message: "
              + (details == null ? e.getMessage() : details.errorMessage()));
    }
  }

  UpdateFunctionCodeResponse updateCode(UpdateFunctionCodeRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    refuseImage(request.imageUri());
    if (request.sourceKMSKeyArn() != null) {
      throw LambdaErrors.unsupported("SourceKMSKeyArn");
    }
    String architecture = architecture(request.architecturesAsStrings());
    FunctionConfig before = parts.catalogue().get(name).latest();
    checkRevision(request.revisionId(), before);
    byte[] zip =
        zip(
            request.zipFile(),
            request.s3Bucket(),
            request.s3Key(),
            request.s3ObjectVersion(),
            "UpdateFunctionCode");
    synchronized (parts.code()) {
      var code = parts.code().put(zip);
      Settings settings = before.settings().with(architecture);
      FunctionConfig after = before.with(code, now(), revision()).with(settings, now(), revision());
      if (!Boolean.TRUE.equals(request.dryRun())) {
        after = replace(name, request.revisionId(), f -> after(f, code, architecture));
        if (Boolean.TRUE.equals(request.publish())) {
          after = new Versions(parts, scope, this).publish(name, null);
        }
      }
      // Calls that were let in before the change may still be about to open the code of then.
      Set<String> used = parts.catalogue().codeInUse();
      used.add(before.code().id());
      parts.code().keepOnly(used);
      return Shapes.copy(
              Answers.configuration(unqualified(name), after), UpdateFunctionCodeResponse.builder())
          .build();
    }
  }

  private FunctionConfig after(
      FunctionConfig before, FunctionConfig.Code code, @Nullable String architecture) {
    return before
        .with(code, now(), revision())
        .with(before.settings().with(architecture), now(), revision());
  }

  UpdateFunctionConfigurationResponse updateConfiguration(
      UpdateFunctionConfigurationRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    GivenSettings given = GivenSettings.of(request);
    List<Settings.UsedLayer> used = used(given.layers());
    FunctionConfig after =
        replace(
            name,
            request.revisionId(),
            before -> before.with(given.over(before.settings(), used), now(), revision()));
    return Shapes.copy(
            Answers.configuration(unqualified(name), after),
            UpdateFunctionConfigurationResponse.builder())
        .build();
  }

  /// Replaces the unpublished state of a function and ends its environments.
  private FunctionConfig replace(
      FunctionName name,
      @Nullable String revision,
      java.util.function.UnaryOperator<FunctionConfig> change) {
    List<FunctionConfig> before = new ArrayList<>();
    LambdaFunction after =
        parts
            .catalogue()
            .update(
                name,
                function -> {
                  checkRevision(revision, function.latest());
                  before.add(function.latest());
                  return function.with(change.apply(function.latest()));
                });
    parts.invoker().retire(name, before.getLast());
    return after.latest();
  }

  static void checkRevision(@Nullable String wanted, FunctionConfig present) {
    if (wanted != null && !wanted.equals(present.revisionId())) {
      throw LambdaErrors.revision();
    }
  }

  private static FunctionName unqualified(FunctionName name) {
    return new FunctionName(name.scope(), name.name(), null);
  }

  /// @throws software.amazon.awssdk.services.lambda.model.ResourceNotFoundException if the
  ///   function, or its version or alias, does not exist
  FunctionConfig find(FunctionName name) {
    return parts
        .catalogue()
        .config(name)
        .orElseThrow(() -> LambdaErrors.functionNotFound(name.qualifiedArn()));
  }

  GetFunctionResponse get(GetFunctionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    FunctionConfig config = find(name);
    LambdaFunction function = parts.catalogue().get(name);
    var answer =
        GetFunctionResponse.builder()
            .configuration(Answers.configuration(name, config))
            .code(
                FunctionCodeLocation.builder()
                    .repositoryType("S3")
                    .location(parts.code().zip(config.code().id()).toUri().toString())
                    .build());
    if (!function.tags().isEmpty()) {
      answer.tags(function.tags());
    }
    Integer reserved = function.reserved();
    if (reserved != null) {
      answer.concurrency(Concurrency.builder().reservedConcurrentExecutions(reserved).build());
    }
    return answer.build();
  }

  GetFunctionConfigurationResponse configuration(GetFunctionConfigurationRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    return Shapes.copy(
            Answers.configuration(name, find(name)), GetFunctionConfigurationResponse.builder())
        .build();
  }

  ListFunctionsResponse list(ListFunctionsRequest request) {
    int size = pageSize(request.maxItems());
    var page = parts.catalogue().functions(scope, request.marker(), size);
    List<FunctionConfiguration> items = new ArrayList<>();
    boolean all = request.functionVersion() == FunctionVersion.ALL;
    for (LambdaFunction function : page.items()) {
      var name = new FunctionName(scope, function.latest().name(), null);
      items.add(Answers.configuration(all ? latest(name) : name, function.latest()));
      if (all) {
        items.addAll(new Versions(parts, scope, this).published(name));
      }
    }
    return ListFunctionsResponse.builder().functions(items).nextMarker(page.next()).build();
  }

  static FunctionName latest(FunctionName name) {
    return new FunctionName(name.scope(), name.name(), FunctionName.LATEST);
  }

  /// A page has 50 items unless asked for fewer.
  static int pageSize(@Nullable Integer maxItems) {
    return Math.min(50, maxItems == null ? 50 : maxItems);
  }

  DeleteFunctionResponse delete(DeleteFunctionRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), request.qualifier());
    FunctionConfig config = find(name);
    if (name.qualifier() == null) {
      parts.catalogue().delete(name);
    } else if (config.version().equals(FunctionName.LATEST)) {
      throw LambdaErrors.invalid(
          "$LATEST version cannot be deleted without deleting the function.");
    } else if (!config.version().equals(name.qualifier())) {
      throw LambdaErrors.invalid("Qualifier must be a version: " + name.qualifier());
    } else {
      new Versions(parts, scope, this).delete(name, Long.parseLong(config.version()));
    }
    parts.invoker().retire(name, config);
    synchronized (parts.code()) {
      parts.code().keepOnly(parts.catalogue().codeInUse());
    }
    return DeleteFunctionResponse.builder().build();
  }

  private FunctionName byArn(@Nullable String arn) {
    boolean lambda =
        arn != null && Arn.parse(arn).filter(a -> a.service().equals("lambda")).isPresent();
    if (!lambda) {
      throw LambdaErrors.constraint(arn, "resource", "Member must be the ARN of a Lambda resource");
    }
    return FunctionName.parse(scope, arn, null);
  }

  ListTagsResponse tags(ListTagsRequest request) {
    return ListTagsResponse.builder()
        .tags(parts.catalogue().get(byArn(request.resource())).tags())
        .build();
  }

  TagResourceResponse tag(TagResourceRequest request) {
    parts
        .catalogue()
        .update(
            byArn(request.resource()),
            function -> {
              Map<String, String> tags = new HashMap<>(function.tags());
              tags.putAll(request.tags());
              if (tags.size() > 50) {
                throw LambdaErrors.invalid("The number of tags exceeds the limit of 50");
              }
              return function.withTags(tags);
            });
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(UntagResourceRequest request) {
    parts
        .catalogue()
        .update(
            byArn(request.resource()),
            function -> {
              Map<String, String> tags = new HashMap<>(function.tags());
              request.tagKeys().forEach(tags::remove);
              return function.withTags(tags);
            });
    return UntagResourceResponse.builder().build();
  }

  /// No function here has a signing configuration; AWS answers an empty one then.
  GetFunctionCodeSigningConfigResponse codeSigning(GetFunctionCodeSigningConfigRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    parts.catalogue().get(name);
    return GetFunctionCodeSigningConfigResponse.builder()
        .codeSigningConfigArn("")
        .functionName(name.name())
        .build();
  }
}
