package dev.polder.gateway.auth;

/// Why a signature was not accepted, in words that protocols map to their codes.
///
/// @param reason what kind
/// @param message for people; says nothing secret
public record Denied(Reason reason, String message) {

  /// The kinds of denial.
  public enum Reason {
    MISSING,
    INCOMPLETE,
    UNKNOWN_KEY,
    BAD_TOKEN,
    SKEWED,
    EXPIRED,
    BODY_MISMATCH,
    WRONG_SIGNATURE
  }
}
