package dev.polder.store;

/// What a batch required did not hold. Nothing was changed.
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Key key;

  ConflictException(Key key) {
    super("The key was changed by somebody else: " + key);
    this.key = key;
  }

  /// The first key that did not have the value required.
  public Key key() {
    return key;
  }
}
