package dev.polder.gateway;

/// Why a request may not proceed.
///
/// @param status of the HTTP answer
/// @param code the error code, in the words of the service's protocol
/// @param message for people
public record Refusal(int status, String code, String message) {}
