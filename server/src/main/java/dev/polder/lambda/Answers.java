package dev.polder.lambda;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.EphemeralStorage;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TracingConfigResponse;

/// Functions and aliases as the API shows them.
final class Answers {
  static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

  private Answers() {}

  /// A function's configuration.
  ///
  /// @param name as it was asked for: the ARN answered has its qualifier
  static FunctionConfiguration configuration(FunctionName name, FunctionConfig config) {
    Settings settings = config.settings();
    var answer =
        FunctionConfiguration.builder()
            .functionName(config.name())
            .functionArn(name.qualifiedArn())
            .runtime(settings.runtime())
            .role(settings.role())
            .handler(settings.handler())
            .codeSize(config.code().size())
            .description(settings.description())
            .timeout(settings.timeout())
            .memorySize(settings.memorySize())
            .lastModified(MODIFIED.format(config.lastModified()))
            .codeSha256(config.code().sha256())
            .version(config.version())
            .revisionId(config.revisionId())
            .state(State.ACTIVE)
            .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
            .packageType(PackageType.ZIP)
            .architecturesWithStrings(settings.architecture())
            .tracingConfig(TracingConfigResponse.builder().mode(settings.tracing()).build())
            .ephemeralStorage(EphemeralStorage.builder().size(settings.ephemeralStorage()).build())
            .snapStart(
                SnapStartResponse.builder()
                    .applyOn(settings.snapStart())
                    .optimizationStatus("Off")
                    .build())
            .loggingConfig(logging(settings.logging()));
    if (!settings.environment().isEmpty()) {
      answer.environment(EnvironmentResponse.builder().variables(settings.environment()).build());
    }
    if (!settings.layers().isEmpty()) {
      answer.layers(
          settings.layers().stream()
              .map(each -> Layer.builder().arn(each.arn()).codeSize(each.code().size()).build())
              .toList());
    }
    return answer.build();
  }

  private static LoggingConfig logging(Settings.Logging logging) {
    return LoggingConfig.builder()
        .logFormat(logging.format())
        .applicationLogLevel(emptyAsNull(logging.applicationLevel()))
        .systemLogLevel(emptyAsNull(logging.systemLevel()))
        .logGroup(logging.group())
        .build();
  }

  private static @Nullable String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static AliasConfiguration alias(FunctionName name, Alias alias) {
    return AliasConfiguration.builder()
        .aliasArn(name.arn() + ":" + alias.name())
        .name(alias.name())
        .functionVersion(alias.version())
        .description(alias.description())
        .revisionId(alias.revisionId())
        .build();
  }
}
