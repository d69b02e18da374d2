package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one evaluation may use up. The real service ends evaluations that go too deep (a chain of
/// 200 additions), take too much memory (a range of 873,783 numbers) or too long; its exact limits
/// of depth and time are not known.
final class JsonataBounds {
  static final String TOO_DEEP =
      ": Stack overflow error: Check for non-terminating recursive function."
          + "  Consider rewriting as tail-recursive.";
  static final String TOO_LONG = ": Expression evaluation timeout: Check for infinite loop";
  static final String TOO_MUCH =
      ": Expression evaluation memory limit exceeded: Check for excessive memory usage";

  private static final int DEEPEST = 150;
  private static final long LONGEST_NANOS = 5_000_000_000L;
  private static final int MOST_NUMBERS = 873_782;
  private static final int MOST_CHARACTERS = 1 << 22;

  private final long begun = System.nanoTime();
  private int depth;
  private int steps;

  private JsonataBounds() {}

  static void set(Jsonata.Frame frame) {
    var bounds = new JsonataBounds();
    frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.leave(result));
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new JException(TOO_DEEP);
    }
    if ((++steps & 0x3F) == 0 && System.nanoTime() - begun > LONGEST_NANOS) {
      throw new JException(TOO_LONG);
    }
  }

  private void leave(@Nullable Object result) {
    depth--;
    if (result instanceof List<?> list && list.size() > MOST_NUMBERS
        || result instanceof String text && text.length() > MOST_CHARACTERS) {
      throw new JException(TOO_MUCH);
    }
  }
}
