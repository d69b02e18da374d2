package dev.polder.athena.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The tokens of a HiveQL statement.
final class DdlTokens {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  DdlTokens(String text) {
    this.text = text;
    scan();
  }

  enum Kind {
    WORD,
    QUOTED,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  /// @param value without quotes
  record Token(Kind kind, String value, int from, int to) {}

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at);
        at = end < 0 ? text.length() : end + 2;
      } else {
        at = token(at, c);
      }
    }
    tokens.add(new Token(Kind.END, "<EOF>", text.length(), text.length()));
  }

  private int token(int at, char c) {
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(at, c);
    }
    int end = at + 1;
    Kind kind = Kind.SYMBOL;
    if (Character.isLetter(c) || c == '_') {
      kind = Kind.WORD;
    } else if (Character.isDigit(c)
        || c == '-' && end < text.length() && Character.isDigit(text.charAt(end))) {
      kind = Kind.NUMBER;
    }
    if (kind != Kind.SYMBOL) {
      while (end < text.length() && isPart(text.charAt(end), kind)) {
        end++;
      }
    }
    String value = text.substring(at, end);
    if (kind == Kind.NUMBER && value.chars().anyMatch(Character::isLetter)) {
      kind = Kind.WORD;
    }
    tokens.add(new Token(kind, value, at, end));
    return end;
  }

  private static boolean isPart(char c, Kind kind) {
    return Character.isLetterOrDigit(c) || c == '_' || kind == Kind.NUMBER && c == '.';
  }

  private int quoted(int at, char quote) {
    var value = new StringBuilder();
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '`' && i + 1 < text.length()) {
        i = escape(i + 1, value);
      } else {
        value.append(c);
        i++;
      }
    }
    if (i >= text.length()) {
      throw failure(at, "cannot recognize input near '" + text.substring(at) + "'");
    }
    tokens.add(new Token(quote == '`' ? Kind.QUOTED : Kind.STRING, value.toString(), at, i + 1));
    return i + 1;
  }

  private int escape(int at, StringBuilder value) {
    if (text.substring(at).matches("(?s)[0-3][0-7]{2}.*")) {
      value.append((char) Integer.parseInt(text.substring(at, at + 3), 8));
      return at + 3;
    }
    if (text.substring(at).matches("(?s)u[0-9a-fA-F]{4}.*")) {
      value.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
      return at + 5;
    }
    char c = text.charAt(at);
    value.append(
        switch (c) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case '0' -> '\0';
          default -> c;
        });
    return at + 1;
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  /// True, and past them, if these words come next.
  boolean accept(String words) {
    String[] all = words.split(" ");
    for (int i = 0; i < all.length; i++) {
      if (next + i >= tokens.size() || !isWord(tokens.get(next + i), all[i])) {
        return false;
      }
    }
    next += all.length;
    return true;
  }

  private static boolean isWord(Token token, String word) {
    boolean plain = token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL;
    return plain && token.value().equalsIgnoreCase(word);
  }

  void expect(String words) {
    for (String word : words.split(" ")) {
      if (!accept(word)) {
        throw missing(word.toUpperCase(Locale.ROOT));
      }
    }
  }

  String identifier() {
    Token token = take();
    if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
      throw near(token);
    }
    return token.value().toLowerCase(Locale.ROOT);
  }

  String string() {
    Token token = take();
    if (token.kind() != Kind.STRING) {
      throw near(token);
    }
    return token.value();
  }

  /// Names and values in brackets, such as `('a' = 'b')`.
  Map<String, String> properties() {
    expect("(");
    Map<String, String> properties = new LinkedHashMap<>();
    do {
      String name = string();
      expect("=");
      properties.put(name, string());
    } while (accept(","));
    expect(")");
    return properties;
  }

  void end() {
    accept(";");
    if (peek().kind() != Kind.END) {
      throw failure(peek().from(), "extraneous input '" + peek().value() + "' expecting EOF");
    }
  }

  String source(int from, int to) {
    return text.substring(from, to);
  }

  SqlFailure near(Token token) {
    return failure(token.from(), "cannot recognize input near '" + token.value() + "'");
  }

  private SqlFailure missing(String word) {
    return failure(peek().from(), "missing " + word + " at '" + peek().value() + "'");
  }

  /// Hive's words for a statement that it cannot read; columns count from 0.
  SqlFailure failure(int at, String message) {
    String before = text.substring(0, at);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = at - before.lastIndexOf('\n') - 1;
    return new SqlFailure("", "FAILED: ParseException line " + line + ":" + column + " " + message);
  }
}
