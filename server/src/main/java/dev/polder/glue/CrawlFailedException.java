package dev.polder.glue;

/// A crawl cannot go on, for a reason that its owner should read.
final class CrawlFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CrawlFailedException(String message) {
    super(message);
  }
}
