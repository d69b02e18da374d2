package dev.polder.gateway.aws;

import dev.polder.gateway.codec.JsonEncoder;
import java.util.Map;

/// The bodies of errors in JSON.
final class JsonErrors {
  private JsonErrors() {}

  /// Models differ in the case of "message", and so do clients in which they read: both are sent.
  static byte[] body(Map<String, String> texts, Failure failure) {
    texts.put("message", failure.message());
    texts.put("Message", failure.message());
    return failure.modeled() == null
        ? JsonEncoder.write(texts)
        : JsonEncoder.write(texts, failure.modeled());
  }
}
