package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.JException;
import dev.polder.kernel.Json;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Words JSONata's errors as the reference implementation does: the code, and a sentence in which
/// functions and values are named. The library knows the sentences but fills in some parts wrongly.
final class JsonataErrors {
  private static final String FIRST = "\u0001";
  private static final String SECOND = "\u0002";
  private static final Map<String, String> PLURALS =
      Map.of(
          "a",
          "arrays",
          "b",
          "booleans",
          "f",
          "functions",
          "n",
          "numbers",
          "o",
          "objects",
          "s",
          "strings");
  private static final Set<String> ABOUT_EXPECTED = Set.of("D1002");

  /// Sentences that the library throws in place of their codes.
  private static final Map<String, String> SPELT =
      Stream.of("D3010", "D3011", "D3012", "D3020", "D3040")
          .collect(Collectors.toUnmodifiableMap(JsonataErrors::template, code -> code + ": "));

  private JsonataErrors() {}

  private static final String THREW = " threw an error during evaluation";

  /// How the cause of a failed evaluation ends, after expression and field.
  static String sentence(JException e, JsonataReferences references) {
    String code = e.getError();
    if (code.startsWith(":")) {
      return THREW + code;
    }
    return code.length() == 5
        ? THREW + ". " + code + ": " + text(e, references)
        : THREW + ". " + SPELT.getOrDefault(code, "") + code;
  }

  /// The same where the stack of this process was used up.
  static String tooDeep() {
    return THREW + JsonataBounds.TOO_DEEP;
  }

  /// The same for what the library did not foresee.
  static String sentence(
      RuntimeException e, JsonataReferences references, Environment environment) {
    return switch (e) {
      case NumberFormatException n ->
          THREW + ". D3030: Unable to cast value to a number: " + quoted(n.getMessage());
      case DateTimeException d ->
          THREW
              + ". D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp."
              + " Given "
              + quoted(d.getMessage());
      case ClassCastException c when references.functions().contains("sort") ->
          THREW
              + ". D3070: The single argument form of the sort function can only be applied to an array"
              + " of strings or an array of numbers.  Use the second argument to specify a"
              + " comparison function";
      default ->
          // The real service, too, names an internal error with a new id and says no more.
          " threw an internal error during evaluation. " + environment.uuid();
    };
  }

  /// The value that a message of the JDK shows in quotes.
  private static String quoted(@Nullable String message) {
    String text = String.valueOf(message);
    char quote = text.indexOf('"') >= 0 ? '"' : '\'';
    int from = text.indexOf(quote);
    int to = from < 0 ? -1 : text.indexOf(quote, from + 1);
    return Json.write(to < 0 ? "" : text.substring(from + 1, to));
  }

  /// The sentence without the code.
  static String text(JException e, @Nullable JsonataReferences references) {
    String code = e.getError();
    if (code.equals("D3137") || code.equals("D3141")) {
      return String.valueOf(e.getCurrent());
    }
    String sentence = template(code);
    if (sentence.startsWith("JSonataException ")) {
      return code;
    }
    if (code.equals("T0412")) {
      return "Argument 1 of function "
          + Json.write(function(e, references, ""))
          + " must be an array of "
          + Json.write(PLURALS.getOrDefault(String.valueOf(e.getExpected()), "values"));
    }
    return filled(sentence, e, references);
  }

  /// The sentence of a code, with marks where values go.
  private static String template(String code) {
    return JException.msg(code, -1, FIRST, SECOND)
        .replace(" {code=" + code + "}", "")
        .replaceAll("\\bObject\\b", "function");
  }

  private static String filled(
      String sentence, JException e, @Nullable JsonataReferences references) {
    Object first = ABOUT_EXPECTED.contains(e.getError()) ? e.getExpected() : e.getCurrent();
    boolean signature = e.getError().startsWith("T041");
    Object second =
        signature ? function(e, references, String.valueOf(e.getExpected())) : e.getExpected();
    return sentence
        .replace("\"" + FIRST + "\"", signature && first == null ? "1" : shown(first))
        .replace("\"" + SECOND + "\"", "".equals(second) ? "undefined" : shown(second))
        .replace(FIRST, String.valueOf(first))
        .replace(SECOND, String.valueOf(second))
        .replace("{{token}}", Json.write(operator(references)));
  }

  private static String shown(@Nullable Object value) {
    try {
      Object plain = value == null ? null : JsonataValues.plain(value);
      return Json.write(plain == JsonataValues.UNDEFINED ? String.valueOf(value) : plain);
    } catch (IllegalArgumentException e) {
      return Json.write(String.valueOf(value));
    }
  }

  /// The function whose call stands where the error does.
  private static String function(
      JException e, @Nullable JsonataReferences references, String otherwise) {
    if (references != null) {
      for (JsonataNode node : references.nodes()) {
        if (node.kind() == JsonataNode.Kind.CALL && node.end() == e.getLocation()) {
          JsonataNode.Kind called = node.children().getFirst().kind();
          boolean named = called == JsonataNode.Kind.VARIABLE || called == JsonataNode.Kind.NAME;
          return named ? node.text() : "";
        }
      }
    }
    return otherwise;
  }

  /// The comparison that failed; where there are several, the first.
  private static String operator(@Nullable JsonataReferences references) {
    if (references != null) {
      for (JsonataNode node : references.nodes()) {
        if (Set.of("<", "<=", ">", ">=").contains(node.text())) {
          return node.text();
        }
      }
    }
    return "<";
  }
}
