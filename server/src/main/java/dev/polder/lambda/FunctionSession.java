package dev.polder.lambda;

import static java.util.Objects.requireNonNull;

import dev.polder.kernel.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/// The credentials that one execution environment acts with: a session in the function's role,
/// named after the function, `arn:aws:sts::…:assumed-role/<role>/<function>`.
///
/// @param variables as SDKs read them
/// @param until when the environment must not be called any more
record FunctionSession(Map<String, String> variables, Instant until) {
  private static final int SECONDS = 43_200;

  /// The longest that a function may run: a call that begins now must end with its credentials.
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  FunctionSession {
    variables = Map.copyOf(variables);
  }

  /// Begins a session.
  ///
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException if the role cannot be
  ///   assumed
  static FunctionSession begin(Platform platform, FunctionName name, FunctionConfig config) {
    StsClient sts;
    try {
      sts = platform.clients().get(StsClient.class, name.scope());
    } catch (IllegalArgumentException _) {
      return ofAccount(name); // a process without STS has no sessions
    }
    String role = config.settings().role();
    String session = config.name().length() < 2 ? config.name() + "-" : config.name();
    // On a thread of its own, which nobody's request is bound to: Lambda assumes the role, and not
    // who invokes.
    var task =
        new FutureTask<>(() ->
            sts.assumeRole(b -> b.roleArn(role).roleSessionName(session).durationSeconds(SECONDS))
                .credentials());
    Thread.ofVirtual().name("lambda-session").start(task);
    try {
      return of(task.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while beginning a session", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StsException) {
        throw LambdaErrors.roleNotAssumed();
      }
      throw new IllegalStateException("Cannot begin a session in " + role, e.getCause());
    }
  }

  private static FunctionSession of(Credentials issued) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ACCESS_KEY_ID", requireNonNull(issued.accessKeyId()));
    variables.put("AWS_SECRET_ACCESS_KEY", requireNonNull(issued.secretAccessKey()));
    variables.put("AWS_SESSION_TOKEN", requireNonNull(issued.sessionToken()));
    return new FunctionSession(variables, issued.expiration().minus(LONGEST_CALL));
  }

  /// An access key id of twelve digits names the account.
  private static FunctionSession ofAccount(FunctionName name) {
    return new FunctionSession(
        Map.of("AWS_ACCESS_KEY_ID", name.scope().account(), "AWS_SECRET_ACCESS_KEY", "polder"),
        Instant.MAX);
  }
}
