package dev.polder.examples.blog.demo;

import java.io.PrintStream;
import java.util.List;

/// Draws spans one below the other, each with a bar where it lies in time.
final class Timeline {
  private static final int BAR = 44;
  private static final int LABEL = 52;

  private final PrintStream out;

  Timeline(PrintStream out) {
    this.out = out;
  }

  /// Draws the spans of a trace.
  ///
  /// @return from the start of the first to the end of the last, in milliseconds
  double draw(List<Span> roots) {
    double begin = roots.stream().mapToDouble(Span::start).min().orElse(0);
    double end = roots.stream().mapToDouble(Span::end).max().orElse(begin);
    double millis = (end - begin) * 1000;
    out.printf(
        "%s %s 0%s%.1f ms%n", " ".repeat(LABEL), " ".repeat(11), " ".repeat(BAR - 9), millis);
    roots.forEach(root -> draw(root, 0, begin, Math.max(end - begin, 1e-9)));
    return millis;
  }

  private void draw(Span span, int depth, double begin, double length) {
    String label = "  ".repeat(depth) + span.name();
    int from = (int) Math.floor((span.start() - begin) / length * BAR);
    int to = (int) Math.ceil((span.end() - begin) / length * BAR);
    int left = Math.clamp(from, 0, BAR - 1);
    out.printf(
        "%-" + LABEL + "s %8.1f ms │%s%s%n",
        label.length() > LABEL ? label.substring(0, LABEL - 1) + "…" : label,
        (span.end() - span.start()) * 1000,
        " ".repeat(left),
        "█".repeat(Math.clamp(to - left, 1, BAR - left)));
    span.children().forEach(child -> draw(child, depth + 1, begin, length));
  }
}
