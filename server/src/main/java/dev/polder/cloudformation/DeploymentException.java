package dev.polder.cloudformation;

import org.jspecify.annotations.Nullable;

/// A deployment that did not come about. The message is for the person who asked for it.
public final class DeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeploymentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
