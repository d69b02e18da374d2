package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads statements.
final class StatementParser {
  private final Lexemes tokens;
  private final Paths paths;
  private final Conditions conditions;
  private final Literals literals;

  private StatementParser(Lexemes tokens) {
    this.tokens = tokens;
    this.paths = new Paths(tokens);
    this.conditions = new Conditions(tokens);
    this.literals = new Literals(tokens);
  }

  static Statement parse(String text, List<Value> parameters) {
    var parser = new StatementParser(new Lexemes(text, parameters));
    Statement statement = parser.statement();
    parser.tokens.expectEnd();
    return statement;
  }

  private Statement statement() {
    Lexeme first = tokens.peek();
    if (tokens.takeWord("SELECT")) {
      return select();
    }
    if (tokens.takeWord("INSERT")) {
      tokens.expectWord("INTO");
      return insert();
    }
    if (tokens.takeWord("UPDATE")) {
      return update();
    }
    if (tokens.takeWord("DELETE")) {
      tokens.expectWord("FROM");
      return delete();
    }
    if (tokens.takeWord("FROM")) {
      return fromFirst();
    }
    if (first.word("EXISTS") && tokens.peekNext().symbol("(")) {
      return exists();
    }
    throw Malformed.because("Expected data manipulation");
  }

  private Statement.Select select() {
    List<Statement.Column> columns = columns();
    if (!tokens.takeWord("FROM")) {
      throw Malformed.because("Expected FROM");
    }
    if (!paths.next()) {
      throw Malformed.because("Unexpected term");
    }
    List<String> source = source();
    if (source.size() > 2) {
      throw new ValidationException("A path may contain at most 2 components in the FROM clause");
    }
    requireNoAlias();
    Where where = where();
    String index = source.size() == 2 ? source.getLast() : null;
    return new Statement.Select(source.getFirst(), index, columns, where, order());
  }

  private List<Statement.Column> columns() {
    List<Statement.Column> columns = new ArrayList<>();
    if (tokens.take("*")) {
      return columns;
    }
    do {
      Lexeme first = tokens.peek();
      if (first.kind() == Lexeme.Kind.WORD && tokens.peekNext().symbol("(")) {
        throw new ValidationException("Unexpected path component at " + tokens.place(first));
      }
      Path path = paths.path();
      columns.add(new Statement.Column(path, name(path)));
    } while (tokens.take(","));
    return columns;
  }

  /// The last name of a path, with the places in lists that follow it.
  private static String name(Path path) {
    String name = "";
    for (Path.Element element : path.elements()) {
      name =
          switch (element) {
            case Path.Element.Name(var last) -> last;
            case Path.Element.Index index -> name + index;
          };
    }
    return name;
  }

  private List<String> source() {
    List<String> source = new ArrayList<>();
    do {
      Lexeme name = tokens.next();
      if (name.kind() != Lexeme.Kind.WORD && name.kind() != Lexeme.Kind.QUOTED) {
        throw Malformed.because("Expected identifier for simple path");
      }
      if (name.text().isEmpty()) {
        throw new ValidationException("Path component cannot be an empty string");
      }
      source.add(name.text());
    } while (tokens.take("."));
    return source;
  }

  private String table() {
    if (!paths.next()) {
      throw Malformed.because("Expected identifier for simple path");
    }
    List<String> source = source();
    if (source.size() > 1) {
      throw new ValidationException("Writes on indices are not supported");
    }
    return source.getFirst();
  }

  private void requireNoAlias() {
    if (tokens.peek().word("AS") || paths.next()) {
      throw new ValidationException("Aliasing is not supported");
    }
  }

  private Where where() {
    return tokens.takeWord("WHERE") ? new Where(conditions.condition()) : Where.ANY;
  }

  private List<Statement.Order> order() {
    List<Statement.Order> order = new ArrayList<>();
    if (!tokens.takeWord("ORDER")) {
      return order;
    }
    tokens.expectWord("BY");
    do {
      Path path = paths.path();
      boolean descending = tokens.takeWord("DESC");
      if (!descending) {
        tokens.takeWord("ASC");
      }
      order.add(new Statement.Order(path, descending));
    } while (tokens.take(","));
    return order;
  }

  private Statement insert() {
    String table = table();
    if (!tokens.takeWord("VALUE")) {
      throw Malformed.leftover();
    }
    if (tokens.peek().symbol("?")) {
      return new Statement.Insert(table, new Item(map(literals.value())));
    }
    return new Statement.Insert(table, new Item(literals.attributes()));
  }

  private static Map<String, Value> map(Value value) {
    return switch (value) {
      case Value.M m -> m.entries();
      case Value _ -> throw new ValidationException("Unsupported data type: " + value.type());
    };
  }

  private Statement update() {
    String table = table();
    if (!tokens.peek().word("SET") && !tokens.peek().word("REMOVE")) {
      requireNoAlias();
    }
    Update update = new Changes(tokens).update();
    Where where = where();
    return new Statement.Change(table, update, where, returning());
  }

  private Statement fromFirst() {
    String table = table();
    Where where = where();
    Update update = new Changes(tokens).update();
    return new Statement.Change(table, update, where, returning());
  }

  private Statement delete() {
    String table = table();
    requireNoAlias();
    Where where = where();
    Statement.Returning returning = returning();
    if (returning != null && returning != Statement.Returning.ALL_OLD) {
      throw new ValidationException(
          "Invalid returning clause: RETURNING "
              + returning.name().replace('_', ' ')
              + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }
    return new Statement.Delete(table, where, returning != null);
  }

  private Statement.@Nullable Returning returning() {
    if (!tokens.takeWord("RETURNING")) {
      return null;
    }
    boolean all = tokens.takeWord("ALL");
    if (!all) {
      tokens.expectWord("MODIFIED");
    }
    boolean old = tokens.takeWord("OLD");
    if (!old) {
      tokens.expectWord("NEW");
    }
    tokens.expect("*");
    if (all) {
      return old ? Statement.Returning.ALL_OLD : Statement.Returning.ALL_NEW;
    }
    return old ? Statement.Returning.MODIFIED_OLD : Statement.Returning.MODIFIED_NEW;
  }

  private Statement exists() {
    tokens.next();
    tokens.expect("(");
    tokens.expectWord("SELECT");
    Statement.Select select = select();
    tokens.expect(")");
    return new Statement.Exists(select);
  }
}
