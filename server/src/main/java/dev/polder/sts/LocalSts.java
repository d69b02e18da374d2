package dev.polder.sts;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/// STS as one account sees it.
final class LocalSts implements StsClient {
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

  private final Scope scope;
  private final SealedSessions sessions;
  private final InstantSource time;

  LocalSts(Scope scope, SealedSessions sessions, InstantSource time) {
    this.scope = scope;
    this.sessions = sessions;
    this.time = time;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  /// The sender of the request; the root of the account where it has no session.
  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    Caller caller = caller();
    return GetCallerIdentityResponse.builder()
        .account(caller.account())
        .arn(caller.arn())
        .userId(caller.userId())
        .build();
  }

  /// Credentials for a session in a role, in the account that the role's ARN names, for 900 to
  /// 43,200 seconds. An ExternalId is taken and not compared: there are no trust policies.
  @Override
  public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
    refuse("Policy", request.policy());
    refuse("PolicyArns", request.hasPolicyArns() ? request.policyArns() : null);
    refuse("Tags", request.hasTags() ? request.tags() : null);
    refuse(
        "TransitiveTagKeys", request.hasTransitiveTagKeys() ? request.transitiveTagKeys() : null);
    refuse("SerialNumber", request.serialNumber());
    refuse("TokenCode", request.tokenCode());
    refuse("ProvidedContexts", request.hasProvidedContexts() ? request.providedContexts() : null);
    String roleArn = required("roleArn", request.roleArn());
    Arn role =
        Arn.parse(roleArn)
            .filter(arn -> arn.service().equals("iam") && arn.resource().startsWith("role/"))
            .filter(arn -> Scope.isAccount(arn.account()))
            .orElseThrow(() -> StsErrors.invalid(roleArn + " is invalid"));
    String session = required("roleSessionName", request.roleSessionName());
    if (!SESSION_NAME.matcher(session).matches()) {
      throw StsErrors.invalid(
          Violation.pattern(session, "roleSessionName", SESSION_NAME.pattern()));
    }
    String name = role.resource().substring(role.resource().lastIndexOf('/') + 1);
    String arn = "arn:aws:sts::" + role.account() + ":assumed-role/" + name + "/" + session;
    String userId = "AROA" + SealedSessions.derived(roleArn, 17) + ":" + session;
    var issued =
        sessions.issue(role.account(), arn, userId, until(request.durationSeconds(), 3600, 43_200));
    return AssumeRoleResponse.builder()
        .credentials(credentials(issued))
        .assumedRoleUser(AssumedRoleUser.builder().arn(arn).assumedRoleId(userId).build())
        .sourceIdentity(request.sourceIdentity())
        .build();
  }

  /// Credentials for the sender itself, for 900 to 129,600 seconds.
  @Override
  public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
    refuse("SerialNumber", request.serialNumber());
    refuse("TokenCode", request.tokenCode());
    Caller caller = caller();
    var issued =
        sessions.issue(
            caller.account(),
            caller.arn(),
            caller.userId(),
            until(request.durationSeconds(), 43_200, 129_600));
    return GetSessionTokenResponse.builder().credentials(credentials(issued)).build();
  }

  private Caller caller() {
    return Caller.current().orElseGet(() -> Caller.root("", scope.account()));
  }

  private Instant until(@Nullable Integer seconds, int usual, int most) {
    int length = seconds == null ? usual : seconds;
    if (length < 900 || length > most) {
      throw StsErrors.invalid(
          Violation.of(
              length,
              "durationSeconds",
              "Member must have value "
                  + (length < 900
                      ? "greater than or equal to 900"
                      : "less than or equal to " + most)));
    }
    return time.instant().plusSeconds(length);
  }

  private static Credentials credentials(SealedSessions.Issued issued) {
    return Credentials.builder()
        .accessKeyId(issued.accessKeyId())
        .secretAccessKey(issued.secretKey())
        .sessionToken(issued.token())
        .expiration(issued.expiration())
        .build();
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw StsErrors.invalid(Violation.missing(name));
    }
    return value;
  }

  private static void refuse(String member, @Nullable Object value) {
    if (value != null) {
      throw StsErrors.notSupported(member);
    }
  }
}
