package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/// `AWS::Lambda::Function`. Code comes from a bucket, or is one file within the template:
/// `index.js` or `index.py`.
final class LambdaFunctionType implements ResourceType {
  private static final String RESERVED = "ReservedConcurrentExecutions";
  private static final String INLINE = "ZipFile";

  @Override
  public String name() {
    return "AWS::Lambda::Function";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateFunctionRequest.builder())
        .with("Code", Shape.of(FunctionCode.builder()).with(INLINE, Shape.SCALAR))
        .with("Tags", Shape.TAGS)
        .with(RESERVED, Shape.SCALAR)
        .without("Publish", "PublishTo")
        .requiring("Code", "Role");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("FunctionName", "PackageType");
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("FunctionName", 64);
    var lambda = call.client(LambdaClient.class);
    var request =
        Shape.fill(CreateFunctionRequest.builder(), call.without("Code", "Tags", RESERVED))
            .functionName(name)
            .code(Shape.fill(FunctionCode.builder(), code(call)).zipFile(inline(call)).build())
            .tags(call.tags());
    call.make(ResourceConflictException.class, () -> lambda.createFunction(request.build()));
    reserve(call, name);
    return Made.named(name, Map.of("Arn", arn(call, name)));
  }

  /// Where the code is, but for that within the template.
  private static Map<String, Object> code(ResourceCall call) {
    Map<String, Object> code = new LinkedHashMap<>();
    if (call.properties().get("Code") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> code.put(String.valueOf(key), value));
    }
    code.remove(INLINE);
    return code;
  }

  /// The archive of the code within the template; null where there is none.
  private static @Nullable SdkBytes inline(ResourceCall call) {
    if (!(call.properties().get("Code") instanceof Map<?, ?> given) || given.get(INLINE) == null) {
      return null;
    }
    String runtime = call.text("Runtime");
    String file =
        runtime.startsWith("nodejs")
            ? "index.js"
            : runtime.startsWith("python") ? "index.py" : null;
    if (file == null) {
      throw new PropertyException(
          "#/Code/" + INLINE, "only functions in Node.js and Python can be within the template");
    }
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      var entry = new ZipEntry(file);
      // The same code is the same archive.
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      zip.write(Values.text(given.get(INLINE)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }

  private static String arn(ResourceCall call, String name) {
    return call.scope().arn("lambda", "function:" + name).toString();
  }

  private static void reserve(ResourceCall call, String name) {
    if (call.has(RESERVED)) {
      int most = Integer.parseInt(call.text(RESERVED));
      call.client(LambdaClient.class)
          .putFunctionConcurrency(b -> b.functionName(name).reservedConcurrentExecutions(most));
    }
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    String name = before.physicalId();
    var lambda = call.client(LambdaClient.class);
    if (changed(call, old, "Code") || changed(call, old, "Architectures")) {
      Map<String, Object> code = code(call);
      code.putAll(call.only(Set.of("Architectures")));
      lambda.updateFunctionCode(
          Shape.fill(UpdateFunctionCodeRequest.builder(), code)
              .functionName(name)
              .zipFile(inline(call))
              .build());
    }
    var settings =
        call.without("Code", "Architectures", "Tags", RESERVED, "FunctionName", "PackageType");
    lambda.updateFunctionConfiguration(
        Shape.fill(UpdateFunctionConfigurationRequest.builder(), withDefaults(settings, old))
            .functionName(name)
            .build());
    retag(call, name, ResourceCall.tags(old));
    if (call.has(RESERVED)) {
      reserve(call, name);
    } else if (old.containsKey(RESERVED)) {
      lambda.deleteFunctionConcurrency(b -> b.functionName(name));
    }
    return before;
  }

  private static boolean changed(ResourceCall call, Map<String, Object> old, String property) {
    return !Objects.equals(call.properties().get(property), old.get(property));
  }

  /// What the template does not give any more goes back to what a new function has.
  private static Map<String, Object> withDefaults(
      Map<String, Object> settings, Map<String, Object> old) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    Map<String, Object> defaults =
        Map.of(
            "Description",
            "",
            "Timeout",
            3,
            "MemorySize",
            128,
            "Environment",
            Map.of("Variables", Map.of()),
            "EphemeralStorage",
            Map.of("Size", 512),
            "TracingConfig",
            Map.of("Mode", "PassThrough"));
    defaults.forEach((name, value) -> {
      if (old.containsKey(name)) {
        all.putIfAbsent(name, value);
      }
    });
    return all;
  }

  private static void retag(ResourceCall call, String name, Map<String, String> old) {
    Map<String, String> tags = call.tags();
    if (tags.equals(old)) {
      return;
    }
    var lambda = call.client(LambdaClient.class);
    String arn = arn(call, name);
    Set<String> gone = new TreeSet<>(old.keySet());
    gone.removeAll(tags.keySet());
    if (!gone.isEmpty()) {
      lambda.untagResource(b -> b.resource(arn).tagKeys(List.copyOf(gone)));
    }
    if (!tags.isEmpty()) {
      lambda.tagResource(b -> b.resource(arn).tags(tags));
    }
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(LambdaClient.class).deleteFunction(b -> b.functionName(made.physicalId())));
  }
}
