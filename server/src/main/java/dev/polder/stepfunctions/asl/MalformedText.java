package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words what is wrong with a text that is not JSON as the real service does: with the message and
/// the location of an older version of the JSON library, which gives the place *behind* the part at
/// fault and quotes the first 500 characters of the text.
final class MalformedText {
  private static final Pattern PLACE =
      Pattern.compile("(.*) \\(line (\\d+), column (\\d+)\\)", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("Unrecognized token '(.*?)':.*", Pattern.DOTALL);
  private static final Pattern HIDDEN = Pattern.compile("\\[Source: REDACTED \\(.*?\\)");
  private static final int SHOWN = 500;

  private MalformedText() {}

  static Diagnostic diagnostic(String text, Json.Malformed e) {
    String problem = String.valueOf(e.getMessage());
    String line = "1";
    int column = 0;
    Matcher placed = PLACE.matcher(problem);
    if (placed.matches()) {
      problem = placed.group(1);
      line = placed.group(2);
      column = Integer.parseInt(placed.group(3)) + width(problem);
    }
    String source = "[Source: (String)" + quoted(text);
    String place = source + "; line: " + line + ", column: " + column + "]";
    String words = HIDDEN.matcher(problem).replaceAll(Matcher.quoteReplacement(source));
    return new Diagnostic(
        "INVALID_JSON_DESCRIPTION", Diagnostic.Severity.ERROR, words + "\n at " + place, place);
  }

  /// The length of the part at fault.
  private static int width(String problem) {
    Matcher token = TOKEN.matcher(problem);
    if (token.matches()) {
      return token.group(1).length();
    }
    return problem.startsWith("Unexpected character") ? 1 : 0;
  }

  private static String quoted(String text) {
    return text.length() <= SHOWN
        ? "\"" + text + "\""
        : "\"" + text.substring(0, SHOWN) + "\"[truncated " + (text.length() - SHOWN) + " chars]";
  }
}
