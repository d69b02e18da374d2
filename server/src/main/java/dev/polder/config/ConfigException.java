package dev.polder.config;

/// A setting that cannot be used; the message names it, its source and what was expected.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
