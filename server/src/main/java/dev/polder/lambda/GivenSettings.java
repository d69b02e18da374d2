package dev.polder.lambda;

import dev.polder.shape.Shapes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.Environment;
import software.amazon.awssdk.services.lambda.model.EphemeralStorage;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.SnapStart;
import software.amazon.awssdk.services.lambda.model.TracingConfig;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.VpcConfig;

/// The settings that a request gives, checked; null where it gives none.
record GivenSettings(
    @Nullable String runtime,
    @Nullable String role,
    @Nullable String handler,
    @Nullable String description,
    @Nullable Integer timeout,
    @Nullable Integer memorySize,
    @Nullable Environment environment,
    @Nullable EphemeralStorage ephemeralStorage,
    @Nullable TracingConfig tracing,
    @Nullable SnapStart snapStart,
    @Nullable LoggingConfig logging,
    @Nullable List<String> layers) {

  private static final String ROLE =
      "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";

  static GivenSettings of(CreateFunctionRequest request) {
    refuse("VpcConfig", isVpc(request.vpcConfig()));
    refuse(
        "DeadLetterConfig",
        request.deadLetterConfig() != null && !isEmpty(request.deadLetterConfig().targetArn()));
    refuse("KMSKeyArn", !isEmpty(request.kmsKeyArn()));
    refuse("FileSystemConfigs", !request.fileSystemConfigs().isEmpty());
    refuse("ImageConfig", request.imageConfig() != null);
    refuse("CodeSigningConfigArn", !isEmpty(request.codeSigningConfigArn()));
    refuse("CapacityProviderConfig", request.capacityProviderConfig() != null);
    refuse("DurableConfig", request.durableConfig() != null);
    refuse("TenancyConfig", request.tenancyConfig() != null);
    refuse("PublishTo", request.publishToAsString() != null);
    String packageType = request.packageTypeAsString();
    refuse("PackageType " + packageType, packageType != null && !packageType.equals("Zip"));
    return new GivenSettings(
            request.runtimeAsString(),
            request.role(),
            request.handler(),
            request.description(),
            request.timeout(),
            request.memorySize(),
            request.environment(),
            request.ephemeralStorage(),
            request.tracingConfig(),
            request.snapStart(),
            request.loggingConfig(),
            request.hasLayers() ? request.layers() : null)
        .checked();
  }

  static GivenSettings of(UpdateFunctionConfigurationRequest request) {
    return of(Shapes.copy(request, CreateFunctionRequest.builder()).build());
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static boolean isVpc(@Nullable VpcConfig vpc) {
    return vpc != null && !(vpc.subnetIds().isEmpty() && vpc.securityGroupIds().isEmpty());
  }

  private static void refuse(String member, boolean given) {
    if (given) {
      throw LambdaErrors.unsupported(member);
    }
  }

  private GivenSettings checked() {
    if (runtime != null) {
      Runtimes.check(runtime);
    }
    pattern(role, "role", ROLE);
    pattern(handler, "handler", "[^\\s]+");
    range(timeout, "timeout", 1, 900);
    range(memorySize, "memorySize", 128, 10240);
    if (handler != null && handler.length() > 128) {
      throw LambdaErrors.constraint(
          handler, "handler", "Member must have length less than or equal to 128");
    }
    if (description != null && description.length() > 256) {
      throw LambdaErrors.constraint(
          description, "description", "Member must have length less than or equal to 256");
    }
    if (environment != null) {
      Variables.check(environment.variables());
    }
    if (ephemeralStorage != null) {
      range(ephemeralStorage.size(), "ephemeralStorage.size", 512, 10240);
    }
    if (tracing != null) {
      among(tracing.modeAsString(), "tracingConfig.mode", List.of("Active", "PassThrough"));
    }
    if (snapStart != null) {
      List<String> modes = List.of("PublishedVersions", "None");
      among(snapStart.applyOnAsString(), "snapStart.applyOn", modes);
    }
    if (logging != null) {
      among(logging.logFormatAsString(), "loggingConfig.logFormat", List.of("JSON", "Text"));
    }
    return this;
  }

  private static void pattern(@Nullable String value, String member, String pattern) {
    if (value != null && !value.matches(pattern)) {
      throw LambdaErrors.constraint(
          value, member, "Member must satisfy regular expression pattern: " + pattern);
    }
  }

  private static void range(@Nullable Integer value, String member, int from, int to) {
    if (value != null && value < from) {
      throw LambdaErrors.constraint(
          value, member, "Member must have value greater than or equal to " + from);
    }
    if (value != null && value > to) {
      throw LambdaErrors.constraint(
          value, member, "Member must have value less than or equal to " + to);
    }
  }

  private static void among(@Nullable String value, String member, List<String> values) {
    if (value != null && !values.contains(value)) {
      throw LambdaErrors.constraint(
          value, member, "Member must satisfy enum value set: [" + String.join(", ", values) + "]");
    }
  }

  /// Settings of a new function, with AWS's defaults for what is not given.
  ///
  /// @param used the layers that these settings name
  Settings created(
      String functionName, @Nullable String architecture, List<Settings.UsedLayer> used) {
    if (runtime == null || handler == null) {
      throw LambdaErrors.invalid(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    if (role == null) {
      throw LambdaErrors.constraint("null", "role", "Member must not be null");
    }
    var defaults =
        new Settings(
            runtime,
            role,
            handler,
            "",
            3,
            128,
            Map.of(),
            architecture == null ? "x86_64" : architecture,
            512,
            "PassThrough",
            "None",
            new Settings.Logging("Text", "", "", "/aws/lambda/" + functionName),
            List.of());
    return over(defaults, used);
  }

  /// These settings, and `before` for what is not given.
  ///
  /// @param used the layers that these settings name
  Settings over(Settings before, List<Settings.UsedLayer> used) {
    return new Settings(
        or(runtime, before.runtime()),
        or(role, before.role()),
        or(handler, before.handler()),
        or(description, before.description()),
        or(timeout, before.timeout()),
        or(memorySize, before.memorySize()),
        environment == null ? before.environment() : environment.variables(),
        before.architecture(),
        ephemeralStorage == null
            ? before.ephemeralStorage()
            : or(ephemeralStorage.size(), before.ephemeralStorage()),
        tracing == null ? before.tracing() : or(tracing.modeAsString(), before.tracing()),
        snapStart == null
            ? before.snapStart()
            : or(snapStart.applyOnAsString(), before.snapStart()),
        logging == null ? before.logging() : over(logging, before.logging()),
        layers == null ? before.layers() : used);
  }

  private static Settings.Logging over(LoggingConfig given, Settings.Logging before) {
    return new Settings.Logging(
        or(given.logFormatAsString(), before.format()),
        or(given.applicationLogLevelAsString(), before.applicationLevel()),
        or(given.systemLogLevelAsString(), before.systemLevel()),
        or(given.logGroup(), before.group()));
  }

  private static <T> T or(@Nullable T given, T before) {
    return given == null ? before : given;
  }
}
