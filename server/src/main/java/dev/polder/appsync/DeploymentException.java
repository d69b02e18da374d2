package dev.polder.appsync;

/// A deployment that would change what cannot be changed without losing data.
public final class DeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeploymentException(String message) {
    super(message);
  }
}
