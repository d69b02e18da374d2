package dev.polder.stepfunctions.asl;

import org.jspecify.annotations.Nullable;

/// Labels of Map states, which become parts of ARNs.
final class Labels {
  static final String CODE = "INVALID_LABEL_NAME";
  private static final int LONGEST = 40;
  private static final String REFUSED = " \t\n<>{}[]?*\"#%\\^|~`$&,;:/";

  private Labels() {}

  static @Nullable String check(Fields state) {
    String label = state.text("Label");
    if (label == null) {
      return null;
    }
    if (label.isEmpty()) {
      state.findings().report(CODE, "Label cannot be empty", state.at("Label"));
      return label;
    }
    if (label.length() > LONGEST) {
      state
          .findings()
          .report(CODE, "Label cannot exceed " + LONGEST + " characters", state.at("Label"));
      return label;
    }
    label
        .codePoints()
        .filter(Labels::isRefused)
        .findFirst()
        .ifPresent(c ->
            state
                .findings()
                .report(
                    CODE,
                    "Label contains invalid character: " + quoted(Character.toString(c)),
                    state.at("Label")));
    return label;
  }

  private static boolean isRefused(int c) {
    return REFUSED.indexOf(c) >= 0
        || Character.isISOControl(c)
        || (c & 0xFFFE) == 0xFFFE
        || Character.getType(c) == Character.SURROGATE;
  }

  /// The message of CreateStateMachine for a bad label, which looks unlike all others (recorded):
  /// values in it are quoted and escaped as Python does.
  static String createMessage(Diagnostic bad, String definition) {
    return "Error=ValueError Args=["
        + quoted(bad.message())
        + "] in definition '"
        + definition
        + "'.";
  }

  static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    var out = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> out.append(escaped(c, quote)));
    return out.append(quote).toString();
  }

  private static String escaped(int c, char quote) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c == quote
              ? "\\" + quote
              : Character.isISOControl(c)
                  ? String.format("\\x%02x", c)
                  : c == 0xFFFE || c == 0xFFFF
                      ? String.format("\\u%04x", c)
                      : Character.toString(c);
    };
  }
}
