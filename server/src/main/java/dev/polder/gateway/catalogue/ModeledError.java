package dev.polder.gateway.catalogue;

/// An error that a service's model names.
///
/// @param code on the wire
/// @param status the HTTP status that the service answers with it
/// @param className of the SDK's exception
public record ModeledError(String code, int status, String className) {}
