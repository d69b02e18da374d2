package dev.polder.glue;

/// A crawl was asked to stop and has.
final class CrawlStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CrawlStoppedException() {
    super("The crawl was stopped");
  }
}
