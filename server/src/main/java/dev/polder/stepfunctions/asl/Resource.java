package dev.polder.stepfunctions.asl;

/// Who does the work of a Task state.
public sealed interface Resource {
  /// The ARN as written.
  String arn();

  /// A Lambda function called by its own ARN.
  record Function(String arn) implements Resource {}

  /// An activity, worked by whoever asks for its tasks.
  record Activity(String arn) implements Resource {}

  /// A call that Step Functions is built for: `arn:aws:states:::service:action.pattern`.
  ///
  /// @param service such as `lambda` or `athena`
  /// @param action such as `invoke`
  record Optimized(String arn, String service, String action, Pattern pattern)
      implements Resource {}

  /// Any operation of an SDK: `arn:aws:states:::aws-sdk:service:action.pattern`.
  ///
  /// @param service in lower case as the ARN has it, such as `sfn` or `dynamodb`
  /// @param action in camel case, such as `startExecution`
  record Sdk(String arn, String service, String action, Pattern pattern) implements Resource {}

  /// When a call counts as done.
  enum Pattern {
    REQUEST_RESPONSE(""),
    SYNC(".sync"),
    SYNC_2(".sync:2"),
    WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    Pattern(String suffix) {
      this.suffix = suffix;
    }

    /// How the pattern ends a resource's ARN.
    public String suffix() {
      return suffix;
    }
  }
}
