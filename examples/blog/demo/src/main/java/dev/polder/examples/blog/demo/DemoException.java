package dev.polder.examples.blog.demo;

/// The demo cannot go on; the message says why.
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }
}
