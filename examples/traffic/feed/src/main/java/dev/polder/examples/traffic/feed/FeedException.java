package dev.polder.examples.traffic.feed;

/// A document of the feed that cannot be read on: not well-formed, too large, or not of the feed.
/// The message names the line and column.
public final class FeedException extends Exception {
  private static final long serialVersionUID = 1L;

  FeedException(String message) {
    super(message);
  }

  FeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
