package dev.polder.examples.traffic.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// Where the demo writes: lines that stay, and below them, on a terminal, live lines that are
/// redrawn in place.
///
/// Colour and redrawing need a terminal; `NO_COLOR` switches colour off. Elsewhere everything is
/// plain ASCII, one line after another, and live lines are left out.
final class Terminal {
  private static final String ESCAPE = "\u001b[";
  private static final int BAR_CELLS = 28;

  private final PrintStream out;
  private final boolean live;
  private final boolean colour;
  private int drawn;

  Terminal(PrintStream out, boolean live, boolean colour) {
    this.out = out;
    this.live = live;
    this.colour = colour;
  }

  static Terminal standard(Map<String, String> environment) {
    Console console = System.console();
    boolean terminal =
        console != null
            && console.isTerminal()
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(System.out, terminal, terminal && !plain);
  }

  /// Whether live lines are shown.
  boolean isLive() {
    return live;
  }

  /// Writes a line that stays.
  void line(String text) {
    eraseLive();
    out.println(text);
    out.flush();
  }

  /// Writes the title of a section.
  void title(String text) {
    line("");
    line(bold(text));
  }

  /// Shows these lines below all others until the next call.
  void live(List<String> lines) {
    if (!live) {
      return;
    }
    eraseLive();
    for (String text : lines) {
      out.println(text);
    }
    drawn = lines.size();
    out.flush();
  }

  private void eraseLive() {
    if (drawn > 0) {
      out.print(ESCAPE + drawn + "A" + ESCAPE + "0J");
      drawn = 0;
    }
  }

  String bold(String text) {
    return paint("1", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  /// A bar for a part of a whole.
  String bar(long part, long whole) {
    int filled = whole <= 0 ? 0 : Math.clamp(part * BAR_CELLS / whole, 0, BAR_CELLS);
    String full = live ? "\u2588" : "#";
    String empty = live ? "\u2591" : ".";
    return "[" + paint("36", full.repeat(filled)) + dim(empty.repeat(BAR_CELLS - filled)) + "]";
  }

  private String paint(String code, String text) {
    return colour && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
