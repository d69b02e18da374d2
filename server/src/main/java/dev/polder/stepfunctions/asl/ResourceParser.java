package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.asl.Resource.Pattern;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Reads the ARNs of resources.
final class ResourceParser {
  private static final java.util.regex.Pattern LAMBDA =
      java.util.regex.Pattern.compile("arn:[\\w-]+:lambda:[^:]*:[^:]*:function:.+");
  private static final java.util.regex.Pattern ACTIVITY =
      java.util.regex.Pattern.compile("arn:[\\w-]+:states:[^:]+:[^:]+:activity:.+");
  private static final java.util.regex.Pattern SDK =
      java.util.regex.Pattern.compile(
          "arn:[\\w-]+:states:::aws-sdk:([a-z0-9]+):([a-z]\\w*)(\\.[\\w:]+)?");
  private static final java.util.regex.Pattern OPTIMIZED =
      java.util.regex.Pattern.compile("arn:[\\w-]+:states:::([a-z0-9-]+):(\\w+)(\\.[\\w:]+)?");

  /// Sdk calls know no jobs.
  private static final Set<Pattern> SDK_PATTERNS =
      EnumSet.of(Pattern.REQUEST_RESPONSE, Pattern.WAIT_FOR_TASK_TOKEN);

  private ResourceParser() {}

  /// The resource of a state, or nothing, reported.
  static @Nullable Resource parse(Fields fields) {
    String arn = fields.text("Resource");
    if (arn == null) {
      return null;
    }
    Resource resource = parse(arn);
    if (resource == null) {
      fields
          .findings()
          .schema(
              "The resource provided "
                  + arn
                  + " is not recognized. The value is not a valid resource ARN, or the resource is"
                  + " not available in this region.",
              fields.at("Resource"));
    }
    return resource;
  }

  static @Nullable Resource parse(String arn) {
    if (LAMBDA.matcher(arn).matches()) {
      return new Resource.Function(arn);
    }
    if (ACTIVITY.matcher(arn).matches()) {
      return new Resource.Activity(arn);
    }
    Matcher sdk = SDK.matcher(arn);
    if (sdk.matches()) {
      Pattern pattern = pattern(sdk.group(3));
      return pattern != null && SDK_PATTERNS.contains(pattern)
          ? new Resource.Sdk(arn, sdk.group(1), sdk.group(2), pattern)
          : null;
    }
    Matcher optimized = OPTIMIZED.matcher(arn);
    return optimized.matches() ? optimized(arn, optimized) : null;
  }

  private static @Nullable Resource optimized(String arn, Matcher parts) {
    Pattern pattern = pattern(parts.group(3));
    return pattern != null && Integrations.has(parts.group(1), parts.group(2), pattern)
        ? new Resource.Optimized(arn, parts.group(1), parts.group(2), pattern)
        : null;
  }

  private static @Nullable Pattern pattern(@Nullable String suffix) {
    for (Pattern pattern : Pattern.values()) {
      if (pattern.suffix().equals(suffix == null ? "" : suffix)) {
        return pattern;
      }
    }
    return null;
  }
}
