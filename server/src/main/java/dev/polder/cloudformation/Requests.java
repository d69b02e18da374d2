package dev.polder.cloudformation;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Violation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What the requests of several operations have in common.
final class Requests {
  /// Bytes of a template within a request, and in a bucket.
  private static final int BODY = 51_200;

  private static final int FILE = 1_000_000;

  private Requests() {}

  static String stackName(@Nullable String name) {
    if (name == null) {
      throw CloudFormationErrors.validation(Violation.missing("stackName"));
    }
    return name;
  }

  /// The name of a stack that is to be made.
  static String newStackName(@Nullable String given) {
    String name = stackName(given);
    if (!name.matches("[a-zA-Z][-a-zA-Z0-9]*") || name.length() > 128) {
      throw CloudFormationErrors.validation(
          Violation.pattern(name, "stackName", "[a-zA-Z][-a-zA-Z0-9]*"));
    }
    return name;
  }

  static void refuse(String member, boolean given) {
    if (given) {
      throw CloudFormationErrors.unsupported(member);
    }
  }

  /// The template of a request, or null where it has none.
  static @Nullable String template(
      Platform platform, Scope scope, @Nullable String body, @Nullable String url) {
    if (body != null && url != null) {
      throw CloudFormationErrors.validation(
          "Either TemplateURL or TemplateBody may be specified, not both.");
    }
    if (body != null) {
      if (body.getBytes(StandardCharsets.UTF_8).length > BODY) {
        throw CloudFormationErrors.validation(
            "1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
                + " Member must have length less than or equal to "
                + BODY);
      }
      return body;
    }
    return url == null ? null : download(platform, scope, url);
  }

  private static String download(Platform platform, Scope scope, String url) {
    String[] at = location(url);
    try {
      byte[] bytes =
          platform
              .clients()
              .get(S3Client.class, scope)
              .getObjectAsBytes(b -> b.bucket(at[0]).key(at[1]))
              .asByteArrayUnsafe();
      if (bytes.length > FILE) {
        throw CloudFormationErrors.validation("Template may not exceed 1000000 bytes in size.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (S3Exception e) {
      var details = e.awsErrorDetails();
      throw CloudFormationErrors.validation(
          "S3 error: " + (details == null ? e.getMessage() : details.errorMessage()));
    }
  }

  /// Bucket and key of `https://host/bucket/key` or of `https://bucket.s3…/key`.
  static String[] location(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost() == null ? "" : uri.getHost();
      String path = uri.getPath() == null ? "" : uri.getPath();
      int s3 = Math.max(host.indexOf(".s3."), host.indexOf(".s3-"));
      if (s3 > 0 && path.length() > 1) {
        return new String[] {host.substring(0, s3), path.substring(1)};
      }
      int slash = path.indexOf('/', 1);
      if (slash > 1 && slash < path.length() - 1) {
        return new String[] {path.substring(1, slash), path.substring(slash + 1)};
      }
    } catch (IllegalArgumentException _) {
      // the same answer as for other addresses that are none of a bucket
    }
    throw CloudFormationErrors.validation("TemplateURL must be a supported URL: " + url);
  }

  /// The texts of parameters.
  ///
  /// @param before those of the stack, for `UsePreviousValue`
  static Map<String, String> parameters(List<Parameter> given, Map<String, String> before) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Parameter parameter : given) {
      String key = parameter.parameterKey();
      if (!Boolean.TRUE.equals(parameter.usePreviousValue())) {
        texts.put(key, parameter.parameterValue() == null ? "" : parameter.parameterValue());
        continue;
      }
      String old = before.get(key);
      if (old != null) {
        texts.put(key, old);
      }
    }
    return texts;
  }

  static Map<String, String> tags(List<Tag> given) {
    Map<String, String> tags = new LinkedHashMap<>();
    given.forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }
}
