package dev.polder.gateway.catalogue;

/// How a service's requests and responses are written on the wire.
public enum Protocol {
  /// AWS JSON 1.0 and 1.1: POST to `/`, the operation in `X-Amz-Target`.
  AWS_JSON("json"),
  /// REST with JSON bodies.
  REST_JSON("rest-json"),
  /// Query: a form with `Action` and `Version`, answered in XML.
  QUERY("query"),
  /// REST with XML bodies: S3.
  REST_XML("rest-xml");

  private final String sdkName;

  Protocol(String sdkName) {
    this.sdkName = sdkName;
  }

  /// The protocol that the SDK calls so.
  static Protocol named(String sdkName) {
    for (Protocol protocol : values()) {
      if (protocol.sdkName.equals(sdkName)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException("Unknown protocol " + sdkName);
  }
}
