package dev.polder.lambda.runtime;

/// Where what a function prints goes.
public interface InvocationLog {

  /// Appends bytes of `from[offset, offset + length)`. Called by any thread of the function.
  void write(byte[] from, int offset, int length);
}
