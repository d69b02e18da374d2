package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.Jsonata;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Parses the text of expressions.
///
/// The library keeps one parser for each thread, and a text that it cannot read may leave that
/// parser damaged, so that it refuses sound texts later. Each text is therefore read on a thread of
/// its own.
final class JsonataSource {
  private JsonataSource() {}

  /// @throws RuntimeException the library's own, where the text is no expression
  static Jsonata parse(String text) {
    var parsed = new CompletableFuture<Jsonata>();
    Thread.ofVirtual()
        .name("jsonata")
        .start(() -> {
          try {
            parsed.complete(Jsonata.jsonata(text));
          } catch (RuntimeException e) {
            parsed.completeExceptionally(e);
          } catch (StackOverflowError e) {
            parsed.completeExceptionally(new IllegalArgumentException("nested too deeply", e));
          }
        });
    try {
      return parsed.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
