package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.check.Token.Kind;
import graphql.language.Node;
import graphql.language.ObjectValue;
import graphql.language.SourceLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The text of a schema, and pictures of places in it.
final class Source {
  private static final int LONG_LINE = 120;
  private static final int PIECE = 80;
  private static final Set<String> KEYWORDS =
      Set.of(
          "extend", "schema", "scalar", "type", "interface", "union", "enum", "input", "directive");

  private final String body;
  private final List<String> lines;
  private final Lexer lexer;

  /// Where the lines begin.
  private final int[] starts;

  Source(String body) {
    this.body = body;
    this.lines = List.of(body.split("\r\n|[\n\r]", -1));
    this.lexer = new Lexer(body);
    this.starts = new int[lines.size()];
    for (int i = 1, at = 0; i < starts.length; i++) {
      at += lines.get(i - 1).length();
      at += body.startsWith("\r\n", at) ? 2 : 1;
      starts[i] = at;
    }
  }

  /// A place in the text, both from 1.
  record Place(Source source, int line, int column) {
    /// The place as the reference implementation draws it: with the lines around it.
    String drawn() {
      return source.draw(line, column);
    }
  }

  Place place(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    int line = found < 0 ? -found - 1 : found + 1;
    return new Place(this, line, offset - starts[line - 1] + 1);
  }

  /// Where a node begins.
  Place place(Node<?> node) {
    SourceLocation at = Objects.requireNonNull(node.getSourceLocation());
    return new Place(this, at.getLine(), at.getColumn());
  }

  /// Where the name of a definition stands: behind its description and keyword.
  Place name(Node<?> definition) {
    Token token = lexer.next(offset(place(definition)));
    if (token.isString()) {
      token = lexer.next(token.end());
    }
    boolean directive = false;
    while (token.is(Kind.NAME) && KEYWORDS.contains(token.text()) && isKeyword(token)) {
      directive = token.isKeyword("directive");
      token = lexer.next(token.end());
    }
    return place(directive ? lexer.next(token.end()).start() : token.start());
  }

  /// Where the members of a value in braces begin; the parser does not keep their places.
  List<Place> members(ObjectValue object) {
    List<Place> members = new ArrayList<>();
    Token token = lexer.next(offset(place(object)));
    token = lexer.next(token.end());
    while (token.is(Kind.NAME)) {
      members.add(place(token.start()));
      Token colon = lexer.next(token.end());
      token = lexer.next(endOfValue(colon.end()));
    }
    return members;
  }

  private int endOfValue(int from) {
    Token token = lexer.next(from);
    int depth = opens(token) ? 1 : 0;
    while (depth > 0) {
      token = lexer.next(token.end());
      depth += opens(token) ? 1 : closes(token) ? -1 : 0;
    }
    return token.end();
  }

  private static boolean opens(Token token) {
    return token.is(Kind.BRACE_OPEN) || token.is(Kind.BRACKET_OPEN);
  }

  private static boolean closes(Token token) {
    return token.is(Kind.BRACE_CLOSE) || token.is(Kind.BRACKET_CLOSE);
  }

  /// True for a word that begins a definition; a field may have the same name, but is followed by a
  /// colon or arguments.
  private boolean isKeyword(Token token) {
    Token next = lexer.next(token.end());
    return next.is(Kind.NAME) || next.is(Kind.AT) && token.isKeyword("directive");
  }

  /// The number of characters before a place.
  int offset(Place place) {
    return starts[place.line() - 1] + place.column() - 1;
  }

  private String draw(int line, int column) {
    String head = "GraphQL request:" + line + ":" + column + "\n";
    String marked = lines.get(line - 1);
    List<String[]> rows = new ArrayList<>();
    if (marked.length() > LONG_LINE) {
      cut(rows, marked, line, column);
    } else {
      if (line > 1) {
        rows.add(new String[] {String.valueOf(line - 1), lines.get(line - 2)});
      }
      rows.add(new String[] {String.valueOf(line), marked});
      rows.add(new String[] {"", " ".repeat(column - 1) + "^"});
      if (line < lines.size()) {
        rows.add(new String[] {String.valueOf(line + 1), lines.get(line)});
      }
    }
    return head + aligned(rows);
  }

  /// A long line is drawn in pieces, the mark below the piece that it is in.
  private static void cut(List<String[]> rows, String line, int number, int column) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < line.length(); i += PIECE) {
      pieces.add(line.substring(i, Math.min(i + PIECE, line.length())));
    }
    int piece = column / PIECE;
    rows.add(new String[] {String.valueOf(number), pieces.getFirst()});
    for (int i = 1; i < Math.min(piece + 1, pieces.size()); i++) {
      rows.add(new String[] {"", pieces.get(i)});
    }
    rows.add(new String[] {" ", " ".repeat(Math.max(0, column % PIECE - 1)) + "^"});
    if (piece + 1 < pieces.size()) {
      rows.add(new String[] {"", pieces.get(piece + 1)});
    }
  }

  private static String aligned(List<String[]> rows) {
    int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    return rows.stream()
        .map(row ->
            " ".repeat(width - row[0].length())
                + row[0]
                + (row[1].isEmpty() ? " |" : " | " + row[1]))
        .collect(Collectors.joining("\n"));
  }
}
