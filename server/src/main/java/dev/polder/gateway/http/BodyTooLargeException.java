package dev.polder.gateway.http;

import java.io.IOException;

/// A request's body is larger than what will be read of it.
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public BodyTooLargeException(long limit) {
    super("Request must be smaller than " + limit + " bytes");
  }
}
