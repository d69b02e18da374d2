package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks JSON text that may end anywhere, and gathers the types of what it sees. Nothing but names
/// and numbers is ever copied out of the bytes.
final class JsonScanner {
  private static final int DEEPEST = 200;

  /// The text ends within a value.
  static final class CutShort extends Exception {
    private static final long serialVersionUID = 1L;
    static final CutShort INSTANCE = new CutShort();

    private CutShort() {
      super("cut short", null, false, false);
    }
  }

  /// The text is not JSON here.
  static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;
    static final NotJson INSTANCE = new NotJson();

    private NotJson() {
      super("not JSON", null, false, false);
    }
  }

  private final byte[] text;
  private int at;
  private int depth;

  JsonScanner(byte[] text) {
    this.text = text;
    boolean mark =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    this.at = mark ? 3 : 0;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    skipSpace();
    return at >= text.length;
  }

  /// The next character that is not space.
  byte peek() throws CutShort {
    skipSpace();
    if (at >= text.length) {
      throw CutShort.INSTANCE;
    }
    return text[at];
  }

  /// Moves behind the next line break. False if there is none.
  boolean skipLine() {
    while (at < text.length) {
      if (text[at++] == '\n') {
        return true;
      }
    }
    return false;
  }

  /// Reads a value into a tally.
  void value(TypeTally into) throws CutShort, NotJson {
    switch (peek()) {
      case '{' -> object(into.fields());
      case '[' -> {
        TypeTally element = into.element();
        beginArray();
        while (nextElement()) {
          value(element);
        }
      }
      case '"' -> {
        text();
        into.string();
      }
      case 't' -> {
        word("true");
        into.bool();
      }
      case 'f' -> {
        word("false");
        into.bool();
      }
      case 'n' -> word("null");
      default -> number(into);
    }
  }

  /// Reads an object's members into tallies by name.
  void object(Map<String, TypeTally> fields) throws CutShort, NotJson {
    beginObject();
    for (String name = nextName(); name != null; name = nextName()) {
      TypeTally field = fields.get(name);
      if (field == null) {
        field = new TypeTally();
        fields.put(name, field);
      }
      value(field);
    }
  }

  void beginObject() throws CutShort, NotJson {
    expect('{');
    begun();
  }

  void beginArray() throws CutShort, NotJson {
    expect('[');
    begun();
  }

  private void begun() throws NotJson {
    if (++depth > DEEPEST) {
      throw NotJson.INSTANCE;
    }
  }

  /// True where another element of the array follows; else its end has been read.
  boolean nextElement() throws CutShort, NotJson {
    return next((byte) '[', (byte) ']');
  }

  /// The name of the next member, its colon read; null where the object has ended.
  @Nullable String nextName() throws CutShort, NotJson {
    if (!next((byte) '{', (byte) '}')) {
      return null;
    }
    peek();
    int begin = at + 1;
    boolean escaped = text();
    String raw = new String(text, begin, at - 1 - begin, UTF_8);
    expect(':');
    return escaped ? unescaped(raw) : raw;
  }

  private boolean next(byte open, byte close) throws CutShort, NotJson {
    byte c = peek();
    if (c == close) {
      at++;
      depth--;
      return false;
    }
    if (c == ',') {
      at++;
      if (peek() == close) {
        throw NotJson.INSTANCE;
      }
      return true;
    }
    int before = at - 1;
    while (before >= 0 && isSpace(text[before])) {
      before--;
    }
    // Only the first of a list needs no comma before it.
    if (before < 0 || text[before] != open) {
      throw NotJson.INSTANCE;
    }
    return true;
  }

  private static String unescaped(String raw) throws NotJson {
    try {
      return String.valueOf(Json.parse("\"" + raw + "\""));
    } catch (Json.Malformed e) {
      throw NotJson.INSTANCE;
    }
  }

  /// Reads a string. True if it has escapes.
  private boolean text() throws CutShort, NotJson {
    expect('"');
    boolean escaped = false;
    while (at < text.length) {
      byte c = text[at++];
      if (c == '"') {
        return escaped;
      }
      if (c == '\\') {
        escaped = true;
        at++;
      } else if (c == '\n') {
        throw NotJson.INSTANCE;
      }
    }
    throw CutShort.INSTANCE;
  }

  private void word(String word) throws CutShort, NotJson {
    for (int i = 0; i < word.length(); i++) {
      if (at >= text.length) {
        throw CutShort.INSTANCE;
      }
      if (text[at++] != word.charAt(i)) {
        throw NotJson.INSTANCE;
      }
    }
  }

  private void number(TypeTally into) throws CutShort, NotJson {
    int begin = at;
    boolean fraction = false;
    boolean digits = false;
    while (at < text.length) {
      byte c = text[at];
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c == '.' || c == 'e' || c == 'E') {
        fraction = true;
      } else if (c != '-' && c != '+') {
        break;
      }
      at++;
    }
    if (at >= text.length && depth > 0) {
      throw CutShort.INSTANCE;
    }
    if (!digits) {
      throw NotJson.INSTANCE;
    }
    if (fraction) {
      into.fraction();
    } else {
      into.whole(new String(text, begin, at - begin, ISO_8859_1));
    }
  }

  private void expect(char c) throws CutShort, NotJson {
    if (peek() != c) {
      throw NotJson.INSTANCE;
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /// Forgets how deep it is, for going on after a record that was not JSON.
  void reset() {
    depth = 0;
  }
}
