package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads values: strings, numbers, booleans, lists, maps, sets and question marks.
final class Literals {
  private static final String ROOT = "root";

  private final Lexemes tokens;

  Literals(Lexemes tokens) {
    this.tokens = tokens;
  }

  /// Whether the next token begins a value.
  boolean next() {
    Lexeme token = tokens.peek();
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case WORD -> token.word("TRUE") || token.word("FALSE") || token.word("NULL");
      case SYMBOL ->
          token.symbol("?")
              || token.symbol("[")
              || token.symbol("{")
              || token.symbol("<<")
              || (token.symbol("-") && tokens.peekNext().kind() == Lexeme.Kind.NUMBER)
              || (token.symbol("+") && tokens.peekNext().kind() == Lexeme.Kind.NUMBER);
      case QUOTED, END -> false;
    };
  }

  Value value() {
    return value(ROOT);
  }

  /// The attributes of an item.
  Map<String, Value> attributes() {
    return entries("");
  }

  private Value value(String place) {
    Lexeme token = tokens.peek();
    if (!next()) {
      throw unsupported(place);
    }
    tokens.next();
    return switch (token.kind()) {
      case STRING -> new Value.S(token.text());
      case NUMBER -> number(token.text(), place);
      case WORD -> token.word("NULL") ? Value.NULL : new Value.BOOL(token.word("TRUE"));
      case SYMBOL -> structured(token, place);
      case QUOTED, END -> throw new IllegalArgumentException();
    };
  }

  private Value structured(Lexeme token, String place) {
    tokens.enter();
    Value value =
        switch (token.text()) {
          case "?" -> tokens.parameter();
          case "-" -> number("-" + tokens.next().text(), place);
          case "+" -> number(tokens.next().text(), place);
          case "[" -> new Value.L(elements("]", place));
          case "<<" -> set(elements(">>", place));
          default -> new Value.M(rest(place));
        };
    tokens.leave();
    return value;
  }

  private ValidationException unsupported(String place) {
    Lexeme token = tokens.peek();
    boolean call = token.kind() == Lexeme.Kind.WORD && tokens.peekNext().symbol("(");
    return call
        ? new ValidationException(
            "Unsupported data type: "
                + token.text()
                + " under key "
                + place
                + " at "
                + tokens.place(token))
        : tokens.noTerm();
  }

  private static Value number(String text, String place) {
    int power = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (power >= 0 && !fits(text, power)) {
      throw Malformed.unreadable();
    }
    try {
      return Value.N.parse(text);
    } catch (ValidationException e) {
      throw new ValidationException(e.reason() + " under " + place);
    }
  }

  /// Whether exponent and scale are numbers of 32 bits.
  private static boolean fits(String text, int power) {
    try {
      int exponent = Integer.parseInt(text.substring(power + 1));
      int point = text.indexOf('.');
      Math.toIntExact((point < 0 ? 0L : power - point - 1) - exponent);
      return true;
    } catch (NumberFormatException | ArithmeticException e) {
      return false;
    }
  }

  private List<Value> elements(String end, String place) {
    List<Value> elements = new ArrayList<>();
    if (tokens.take(end)) {
      return elements;
    }
    do {
      elements.add(value(place + "[" + elements.size() + "]"));
    } while (tokens.take(","));
    tokens.expect(end);
    return elements;
  }

  private Map<String, Value> entries(String place) {
    tokens.expect("{");
    return rest(place);
  }

  /// Entries after the opening bracket. The attributes of an item have each its own root.
  private Map<String, Value> rest(String place) {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (tokens.take("}")) {
      return entries;
    }
    do {
      Lexeme name = tokens.next();
      if (name.kind() != Lexeme.Kind.STRING && name.kind() != Lexeme.Kind.QUOTED) {
        throw Malformed.because("Expected a string as the name of an attribute");
      }
      tokens.expect(":");
      entries.put(name.text(), value(place.isEmpty() ? ROOT : place + "." + name.text()));
    } while (tokens.take(","));
    tokens.expect("}");
    return entries;
  }

  private static Value set(List<Value> members) {
    if (members.isEmpty()) {
      throw new ValidationException("Empty bags are not supported");
    }
    List<String> texts = new ArrayList<>();
    List<Value.B> binaries = new ArrayList<>();
    for (Value member : members) {
      if (member.type() != members.getFirst().type()) {
        throw new ValidationException("Elements of a bag must be of the same type");
      }
      switch (member) {
        case Value.S s -> texts.add(s.value());
        case Value.N n -> texts.add(n.text());
        case Value.B b -> binaries.add(b);
        case Value _ ->
            throw new ValidationException("Unsupported type in a bag: " + member.type());
      }
    }
    return switch (members.getFirst()) {
      case Value.S _ -> Value.SS.of(texts);
      case Value.N _ -> Value.NS.of(texts);
      case Value _ -> Value.BS.of(binaries);
    };
  }
}
