package dev.polder.gateway.aws;

import dev.polder.gateway.http.Headers;

/// A whole HTTP answer.
@SuppressWarnings("ArrayRecordComponent") // Handed from the protocol to the server, never compared.
public record Answer(int status, Headers headers, byte[] body) {}
