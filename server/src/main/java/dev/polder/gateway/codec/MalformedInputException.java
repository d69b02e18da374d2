package dev.polder.gateway.codec;

/// What a client sent cannot be read as the type that the operation takes: the protocol's
/// SerializationException or MalformedXML. The message names the place and may be answered.
public final class MalformedInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedInputException(String message) {
    super(message);
  }

  public MalformedInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
