package dev.polder.stepfunctions.expression;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads calls such as `States.Format('{} of {}', $.part, States.ArrayLength($.all))`
/// (https://states-language.net/spec.html#appendix-b).
final class IntrinsicParser {
  private static final Pattern NAME = Pattern.compile("States\\.(\\w+)\\s*\\(");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final Pattern WORD = Pattern.compile("null|true|false");
  private static final int DEEPEST = 10;

  private final String text;
  private final Set<String> variables;
  private int at;

  private IntrinsicParser(String text, Set<String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /// @param variables receives the variables that arguments mention
  static Expression parse(String text, Set<String> variables) throws MalformedExpression {
    var parser = new IntrinsicParser(text, variables);
    Expression call = parser.call(1);
    parser.blanks();
    if (parser.at < text.length()) {
      throw parser.unexpected();
    }
    return call;
  }

  /// Nesting is limited to ten calls
  /// (https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html).
  private Expression call(int depth) throws MalformedExpression {
    int start = at;
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt() || depth > DEEPEST) {
      throw unexpected();
    }
    IntrinsicFunction function = IntrinsicFunction.named(name.group(1));
    if (function == null) {
      throw new MalformedExpression("Unknown function 'States." + name.group(1) + "'");
    }
    at = name.end();
    List<Expression> arguments = arguments(depth, function);
    if (!function.takes(arguments.size())) {
      throw new MalformedExpression(
          "Wrong number of arguments for 'States." + name.group(1) + "': " + arguments.size());
    }
    return new Intrinsic(text.substring(start, at), function, List.copyOf(arguments));
  }

  private List<Expression> arguments(int depth, IntrinsicFunction function)
      throws MalformedExpression {
    List<Expression> arguments = new ArrayList<>();
    blanks();
    if (peek() == ')') {
      at++;
      return arguments;
    }
    while (true) {
      blanks();
      boolean pattern = function == IntrinsicFunction.FORMAT && arguments.isEmpty();
      arguments.add(argument(depth, pattern));
      blanks();
      char separator = peek();
      at++;
      if (separator == ')') {
        return arguments;
      }
      if (separator != ',') {
        throw unexpected();
      }
    }
  }

  private Expression argument(int depth, boolean pattern) throws MalformedExpression {
    char first = peek();
    if (first == '\'') {
      return Expression.of(string(pattern));
    }
    if (first == '$') {
      return path();
    }
    if (first == 'S') {
      return call(depth + 1);
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      return Expression.of(Json.parse(number.group()));
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      at = word.end();
      return Expression.of(Json.parse(word.group()));
    }
    throw unexpected();
  }

  /// @param pattern keep the escapes of braces: the function sees to them
  private String string(boolean pattern) throws MalformedExpression {
    var value = new StringBuilder();
    at++;
    while (peek() != '\'') {
      char c = text.charAt(at++);
      if (c == '\\') {
        char escaped = peek();
        at++;
        if ("'{}\\".indexOf(escaped) < 0) {
          throw new MalformedExpression("Unknown escape '\\" + escaped + "'");
        }
        if (pattern && escaped != '\'') {
          value.append('\\');
        }
        value.append(escaped);
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  private Expression path() throws MalformedExpression {
    int start = at;
    int open = 0;
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (open > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        open++;
      } else if (open > 0 && (c == ']' || c == ')')) {
        open--;
      } else if (open == 0 && (c == ',' || c == ')')) {
        break;
      }
    }
    if (at == text.length()) {
      throw unexpected();
    }
    Path path = Path.of(text.substring(start, at).strip());
    path.referenced(variables);
    return new ArgumentPath(path);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() throws MalformedExpression {
    if (at >= text.length()) {
      throw unexpected();
    }
    return text.charAt(at);
  }

  private MalformedExpression unexpected() {
    return new MalformedExpression(
        at >= text.length()
            ? "Unexpected end of '" + text + "'"
            : "Unexpected '" + text.charAt(at) + "' at " + at + " in '" + text + "'");
  }
}
