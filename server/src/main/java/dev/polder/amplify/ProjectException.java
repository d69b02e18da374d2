package dev.polder.amplify;

/// A project folder that cannot be served; the message says what is wrong and in which file.
public final class ProjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProjectException(String message) {
    super(message);
  }

  ProjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
