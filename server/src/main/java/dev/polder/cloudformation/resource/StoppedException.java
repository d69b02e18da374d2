package dev.polder.cloudformation.resource;

/// The process closes while a step waits. The step is neither done nor failed: the next process
/// takes it again.
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedException() {
    super("stopped");
  }
}
