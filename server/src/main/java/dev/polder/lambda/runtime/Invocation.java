package dev.polder.lambda.runtime;

/// One call of a function.
///
/// @param requestId a UUID
/// @param functionArn as the caller named it, with its qualifier
/// @param payload JSON
/// @param clientContext JSON, or empty for none
public record Invocation(
    String requestId, String functionArn, byte[] payload, String clientContext) {}
