package dev.polder.stepfunctions.expression;

import dev.polder.stepfunctions.expression.JsonataLexer.Token;
import dev.polder.stepfunctions.expression.JsonataNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the structure of JSONata expressions that the JSONata library has accepted, by operator
/// precedence (https://docs.jsonata.org/overview). The library keeps its own tree to itself.
final class JsonataParser {
  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("{", 70),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("^", 40),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("&", 50),
          Map.entry("=", 40),
          Map.entry("!=", 40),
          Map.entry("<", 40),
          Map.entry("<=", 40),
          Map.entry(">", 40),
          Map.entry(">=", 40),
          Map.entry("in", 40),
          Map.entry("~>", 40),
          Map.entry("??", 40),
          Map.entry("?:", 40),
          Map.entry("and", 30),
          Map.entry("or", 25),
          Map.entry("?", 20),
          Map.entry("..", 20),
          Map.entry(":=", 10));

  private final JsonataLexer lexer;
  private Token token;

  private JsonataParser(String text) {
    lexer = new JsonataLexer(text);
    token = lexer.next(true);
  }

  static JsonataNode parse(String text) throws MalformedExpression {
    var parser = new JsonataParser(text);
    JsonataNode root = parser.expression(0);
    if (parser.token.kind() != JsonataLexer.Kind.END) {
      throw parser.unexpected();
    }
    return root;
  }

  private JsonataNode expression(int power) throws MalformedExpression {
    JsonataNode left = operand();
    while (token.kind() == JsonataLexer.Kind.OPERATOR
        && POWERS.getOrDefault(token.text(), 0) > power) {
      left = infix(left);
    }
    return left;
  }

  private JsonataNode operand() throws MalformedExpression {
    Token first = token;
    return switch (first.kind()) {
      case STRING -> afterOperand(JsonataNode.leaf(Kind.NAME, first.text(), first.end()), true);
      case NUMBER, REGEX ->
          afterOperand(JsonataNode.leaf(Kind.LITERAL, first.text(), first.end()), false);
      case VARIABLE ->
          afterOperand(JsonataNode.leaf(Kind.VARIABLE, first.text(), first.end()), false);
      case NAME -> named(first);
      case OPERATOR -> prefix(first);
      case END -> throw unexpected();
    };
  }

  /// @param string a quoted text is a name only as a step of a path
  private JsonataNode afterOperand(JsonataNode node, boolean string) {
    token = lexer.next(false);
    return string ? JsonataNode.leaf(Kind.LITERAL, node.text(), node.end()) : node;
  }

  private JsonataNode named(Token name) throws MalformedExpression {
    token = lexer.next(false);
    if ((name.text().equals("function") || name.text().equals("λ")) && token.is("(")) {
      return lambda();
    }
    return JsonataNode.leaf(Kind.NAME, name.text(), name.end());
  }

  private JsonataNode lambda() throws MalformedExpression {
    List<JsonataNode> parts = new ArrayList<>();
    int end = token.end();
    advance("(", true);
    while (!token.is(")")) {
      parts.add(expression(0));
      if (token.is(",")) {
        advance(",", true);
      }
    }
    advance(")", false);
    if (token.is("<")) {
      skipSignature();
    }
    advance("{", true);
    parts.add(expression(0));
    advance("}", false);
    return new JsonataNode(Kind.LAMBDA, "", end, List.copyOf(parts));
  }

  private void skipSignature() throws MalformedExpression {
    int depth = 0;
    do {
      if (token.kind() == JsonataLexer.Kind.END) {
        throw unexpected();
      }
      depth += token.is("<") ? 1 : token.is(">") ? -1 : 0;
      token = lexer.next(false);
    } while (depth > 0);
  }

  private JsonataNode prefix(Token operator) throws MalformedExpression {
    switch (operator.text()) {
      case "-" -> {
        token = lexer.next(true);
        return all(operator, List.of(expression(70)));
      }
      case "(" -> {
        token = lexer.next(true);
        return new JsonataNode(Kind.BLOCK, "(", operator.end(), items(")", ";"));
      }
      case "[" -> {
        token = lexer.next(true);
        return all(operator, items("]", ","));
      }
      case "{" -> {
        token = lexer.next(true);
        return all(operator, pairs());
      }
      case "|" -> {
        return transform(operator);
      }
      case "*", "**", "%", "?" -> {
        token = lexer.next(false);
        return JsonataNode.leaf(Kind.LITERAL, operator.text(), operator.end());
      }
      case "and", "or", "in" -> {
        token = lexer.next(false);
        return JsonataNode.leaf(Kind.NAME, operator.text(), operator.end());
      }
      default -> throw unexpected();
    }
  }

  private JsonataNode transform(Token operator) throws MalformedExpression {
    List<JsonataNode> parts = new ArrayList<>();
    advance("|", true);
    parts.add(expression(20));
    advance("|", true);
    parts.add(expression(20));
    if (token.is(",")) {
      advance(",", true);
      parts.add(expression(20));
    }
    advance("|", false);
    JsonataNode item = JsonataNode.leaf(Kind.LITERAL, "", operator.end());
    return new JsonataNode(Kind.STEP, "|", operator.end(), List.of(item, all(operator, parts)));
  }

  private JsonataNode infix(JsonataNode left) throws MalformedExpression {
    Token operator = token;
    token = lexer.next(true);
    return switch (operator.text()) {
      case "." -> step(operator, left, stepOperand());
      case "[" -> {
        if (token.is("]")) {
          advance("]", false);
          yield left;
        }
        JsonataNode predicate = expression(0);
        advance("]", false);
        yield step(operator, left, predicate);
      }
      case "{" -> step(operator, left, all(operator, pairs()));
      case "^" -> {
        advance("(", true);
        yield step(operator, left, all(operator, sortTerms()));
      }
      case "(" -> call(operator, left);
      case "@", "#" -> {
        String name = token.text();
        token = lexer.next(false);
        yield new JsonataNode(Kind.FOCUS, name, operator.end(), List.of(left));
      }
      case ":=" ->
          new JsonataNode(Kind.ASSIGN, left.text(), operator.end(), List.of(expression(9)));
      case "?" -> condition(operator, left);
      default -> all(operator, List.of(left, expression(POWERS.getOrDefault(operator.text(), 0))));
    };
  }

  /// What follows a dot; a quoted text is the name of a field here.
  private JsonataNode stepOperand() throws MalformedExpression {
    return expression(75);
  }

  private JsonataNode condition(Token operator, JsonataNode test) throws MalformedExpression {
    JsonataNode then = expression(0);
    if (!token.is(":")) {
      return all(operator, List.of(test, then));
    }
    advance(":", true);
    return all(operator, List.of(test, then, expression(0)));
  }

  private JsonataNode call(Token operator, JsonataNode function) throws MalformedExpression {
    List<JsonataNode> parts = new ArrayList<>(List.of(function));
    parts.addAll(items(")", ","));
    return new JsonataNode(Kind.CALL, function.text(), operator.end(), List.copyOf(parts));
  }

  private List<JsonataNode> items(String close, String separator) throws MalformedExpression {
    List<JsonataNode> items = new ArrayList<>();
    while (!token.is(close)) {
      items.add(expression(0));
      if (!token.is(close)) {
        advance(separator, true);
      }
    }
    advance(close, false);
    return List.copyOf(items);
  }

  private List<JsonataNode> pairs() throws MalformedExpression {
    List<JsonataNode> parts = new ArrayList<>();
    while (!token.is("}")) {
      parts.add(expression(0));
      advance(":", true);
      parts.add(expression(0));
      if (!token.is("}")) {
        advance(",", true);
      }
    }
    advance("}", false);
    return List.copyOf(parts);
  }

  private List<JsonataNode> sortTerms() throws MalformedExpression {
    List<JsonataNode> terms = new ArrayList<>();
    while (!token.is(")")) {
      if (token.is("<") || token.is(">")) {
        token = lexer.next(true);
      }
      terms.add(expression(0));
      if (token.is(",")) {
        advance(",", true);
      }
    }
    advance(")", false);
    return List.copyOf(terms);
  }

  private static JsonataNode step(Token operator, JsonataNode left, JsonataNode right) {
    return new JsonataNode(Kind.STEP, operator.text(), operator.end(), List.of(left, right));
  }

  private static JsonataNode all(Token operator, List<JsonataNode> parts) {
    return new JsonataNode(Kind.ALL, operator.text(), operator.end(), List.copyOf(parts));
  }

  /// @param prefix whether an operand follows
  private void advance(String expected, boolean prefix) throws MalformedExpression {
    if (!token.is(expected)) {
      throw unexpected();
    }
    token = lexer.next(prefix);
  }

  private MalformedExpression unexpected() {
    return new MalformedExpression("Unexpected '" + token.text() + "' at " + token.end());
  }
}
