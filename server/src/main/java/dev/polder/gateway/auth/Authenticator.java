package dev.polder.gateway.auth;

import dev.polder.gateway.auth.Denied.Reason;
import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Digests;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides who sends a request, and checks the signature where that is demanded.
///
/// An access key id of twelve digits names its account, as local tooling expects; a session names
/// the account that it was issued in; everybody else is in account 000000000000. Signatures of the
/// single chunks of an `aws-chunked` body are not checked.
public final class Authenticator {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final long LONGEST_PRESIGNED = 604_800;

  private final Authentication policy;
  private final Sessions sessions;
  private final InstantSource time;

  public Authenticator(Authentication policy, Sessions sessions, InstantSource time) {
    this.policy = policy;
    this.sessions = sessions;
    this.time = time;
  }

  /// Whom a request speaks for.
  public Caller caller(HttpRequest request, Optional<Credential> credential) {
    if (credential.isEmpty()) {
      return Caller.root("", Scope.DEFAULT.account(), request.address());
    }
    String key = credential.get().accessKeyId();
    return session(request, key)
        .map(found ->
            new Caller(key, found.account(), found.arn(), found.userId(), request.address()))
        .orElseGet(() ->
            Caller.root(
                key, Scope.isAccount(key) ? key : Scope.DEFAULT.account(), request.address()));
  }

  /// Checks the signature, where that is demanded.
  ///
  /// @param body the whole body; null for S3, whose reader checks it against `x-amz-content-sha256`
  /// @return why the request may not proceed; empty if it may
  public Optional<Denied> check(
      HttpRequest request, Optional<Credential> credential, byte @Nullable [] body) {
    return switch (policy) {
      case Authentication.Any _ -> Optional.empty();
      case Authentication.Verify verify -> verify(request, credential, verify.secrets(), body);
    };
  }

  private Optional<Denied> verify(
      HttpRequest request,
      Optional<Credential> given,
      Map<String, String> secrets,
      byte @Nullable [] body) {
    Signed signed = Signed.of(request);
    if (signed == null || given.isEmpty()) {
      return denied(Reason.MISSING, "Request is missing Authentication Token");
    }
    if (signed.signature.isEmpty() || signed.headers.isEmpty() || signed.time.isEmpty()) {
      return denied(
          Reason.INCOMPLETE,
          "Authorization requires 'Credential', 'Signature', 'SignedHeaders' and a date");
    }
    Credential credential = given.get();
    String secret = secret(request, credential.accessKeyId(), secrets);
    if (secret == null) {
      return token(request) == null
          ? denied(Reason.UNKNOWN_KEY, "The security token included in the request is invalid.")
          : denied(Reason.BAD_TOKEN, "The security token included in the request is invalid.");
    }
    Optional<Denied> late = checkTime(signed, credential);
    return late.isPresent() ? late : compare(request, credential, secret, signed, body);
  }

  private @Nullable String secret(HttpRequest request, String key, Map<String, String> secrets) {
    Optional<String> issued = session(request, key).map(Sessions.Session::secretKey);
    return issued.orElse(token(request) == null ? secrets.get(key) : null);
  }

  private Optional<Denied> checkTime(Signed signed, Credential credential) {
    Instant now = time.instant();
    try {
      Instant at = Instant.from(BASIC.parse(signed.time));
      if (!signed.time.startsWith(credential.date())) {
        return denied(
            Reason.WRONG_SIGNATURE, "Date in Credential scope does not match the request's date");
      }
      if (signed.expires == null) {
        return Duration.between(at, now).abs().compareTo(SKEW) > 0
            ? denied(
                Reason.SKEWED,
                "Signature not yet current or expired: "
                    + signed.time
                    + " against "
                    + BASIC.format(now))
            : Optional.empty();
      }
      long seconds = Long.parseLong(signed.expires);
      if (seconds < 1 || seconds > LONGEST_PRESIGNED) {
        return denied(Reason.INCOMPLETE, "X-Amz-Expires must be from 1 to 604800 seconds");
      }
      boolean current = !now.isAfter(at.plusSeconds(seconds)) && !at.isAfter(now.plus(SKEW));
      return current ? Optional.empty() : denied(Reason.EXPIRED, "Request has expired");
    } catch (DateTimeException | NumberFormatException e) {
      return denied(Reason.INCOMPLETE, "Expected a date of the form yyyyMMddTHHmmssZ");
    }
  }

  private static Optional<Denied> compare(
      HttpRequest request,
      Credential credential,
      String secret,
      Signed signed,
      byte @Nullable [] body) {
    if (!List.of(signed.headers.split(";")).contains("host")) {
      return denied(Reason.INCOMPLETE, "'Host' must be a 'SignedHeader' in the AWS Authorization");
    }
    String announced = request.headers().first("x-amz-content-sha256");
    String actual = body == null ? null : Digests.sha256Hex(body);
    if (actual != null && announced != null && isHash(announced) && !announced.equals(actual)) {
      return denied(
          Reason.BODY_MISMATCH,
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    String hash = announced != null ? announced : actual != null ? actual : "UNSIGNED-PAYLOAD";
    String expected = SigV4.sign(request, credential, secret, signed.headers, signed.time, hash);
    boolean same =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.US_ASCII),
            signed.signature.getBytes(StandardCharsets.UTF_8));
    return same
        ? Optional.empty()
        : denied(
            Reason.WRONG_SIGNATURE,
            "The request signature we calculated does not match the signature you provided. Check"
                + " your AWS Secret Access Key and signing method.");
  }

  private static boolean isHash(String text) {
    return text.length() == 64;
  }

  private Optional<Sessions.Session> session(HttpRequest request, String key) {
    String token = token(request);
    return token == null ? Optional.empty() : sessions.find(key, token);
  }

  private static @Nullable String token(HttpRequest request) {
    String header = request.headers().first("x-amz-security-token");
    return header != null || !request.rawQuery().contains("X-Amz-Security-Token=")
        ? header
        : Uris.first(Uris.parameters(request.rawQuery()), "X-Amz-Security-Token");
  }

  private static Optional<Denied> denied(Reason reason, String message) {
    return Optional.of(new Denied(reason, message));
  }

  /// What the signer wrote beside the credential.
  ///
  /// @param expires seconds, of a presigned request only
  private record Signed(String headers, String signature, String time, @Nullable String expires) {

    static @Nullable Signed of(HttpRequest request) {
      String authorization = request.headers().first("authorization");
      if (authorization != null) {
        return authorization.startsWith(SigV4.ALGORITHM)
            ? new Signed(
                part(authorization, "SignedHeaders="),
                part(authorization, "Signature="),
                request.headers().first("x-amz-date", ""),
                null)
            : null;
      }
      var query = Uris.parameters(request.rawQuery());
      String signature = Uris.first(query, "X-Amz-Signature");
      return signature == null
          ? null
          : new Signed(
              orEmpty(Uris.first(query, "X-Amz-SignedHeaders")),
              signature,
              orEmpty(Uris.first(query, "X-Amz-Date")),
              orEmpty(Uris.first(query, "X-Amz-Expires")));
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }

    private static String part(String authorization, String name) {
      int at = authorization.indexOf(name);
      if (at < 0) {
        return "";
      }
      int end = authorization.indexOf(',', at);
      return authorization
          .substring(at + name.length(), end < 0 ? authorization.length() : end)
          .trim();
    }
  }
}
