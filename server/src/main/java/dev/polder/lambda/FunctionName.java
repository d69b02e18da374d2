package dev.polder.lambda;

import dev.polder.kernel.Scope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A function, or one version or alias of it, as callers name it: by name, by partial ARN
/// (`123456789012:function:name`) or by ARN, each with or without `:qualifier`.
///
/// @param scope where the function is
/// @param qualifier a version, an alias or `$LATEST`; null where none was given
record FunctionName(Scope scope, String name, @Nullable String qualifier) {
  private static final String PATTERN =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
          + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?:(?<region>[a-z][a-z0-9-]*):)?"
              + "(?<account>\\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)"
              + "(?::(?<qualifier>\\$LATEST|[a-zA-Z0-9-_]+))?");

  static final String LATEST = "$LATEST";

  /// Reads the member `functionName`, and a separate qualifier where the operation has one.
  static FunctionName parse(Scope caller, @Nullable String text, @Nullable String qualifier) {
    if (text == null) {
      throw LambdaErrors.constraint("null", "functionName", "Member must not be null");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw LambdaErrors.constraint(
          text, "functionName", "Member must satisfy regular expression pattern: " + PATTERN);
    }
    String name = form.group("name");
    if (name.length() > 64) {
      throw LambdaErrors.constraint(
          text, "functionName", "Member must have length less than or equal to 64");
    }
    String region = form.group("region");
    if (region != null && !region.equals(caller.region())) {
      throw LambdaErrors.notFound(
          "Functions from '"
              + region
              + "' are not reachable in this region ('"
              + caller.region()
              + "')");
    }
    String account = form.group("account");
    Scope scope = account == null ? caller : new Scope(account, caller.region());
    return new FunctionName(scope, name, joined(form.group("qualifier"), qualifier));
  }

  private static @Nullable String joined(@Nullable String inName, @Nullable String separate) {
    if (inName != null && separate != null && !inName.equals(separate)) {
      throw LambdaErrors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    String qualifier = inName == null ? separate : inName;
    if (qualifier != null && !qualifier.matches("\\$LATEST|[a-zA-Z0-9-_$]{1,128}")) {
      throw LambdaErrors.constraint(
          qualifier,
          "qualifier",
          "Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    }
    return qualifier;
  }

  /// The ARN of the function itself.
  String arn() {
    return scope.arn("lambda", "function:" + name).toString();
  }

  /// The ARN with the qualifier, as the function sees itself called.
  String qualifiedArn() {
    return qualifier == null ? arn() : arn() + ":" + qualifier;
  }

  /// True if this names the unpublished function.
  boolean isLatest() {
    return qualifier == null || qualifier.equals(LATEST);
  }
}
