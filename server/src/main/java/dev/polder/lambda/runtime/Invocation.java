package dev.polder.lambda.runtime;

/// One call of a function.
///
/// @param requestId a UUID
/// @param functionArn as the caller named it, with its qualifier
/// @param payload JSON
/// @param clientContext JSON, or empty for none
/// @param trace the X-Ray header, such as `Root=1-5e1b4151-…;Parent=…;Sampled=0`
public record Invocation(
    String requestId, String functionArn, byte[] payload, String clientContext, String trace) {}
