package dev.polder.athena.sql;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.CreateTable;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.CreateView;
import io.trino.sql.tree.Deallocate;
import io.trino.sql.tree.Delete;
import io.trino.sql.tree.Execute;
import io.trino.sql.tree.Explain;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Insert;
import io.trino.sql.tree.Merge;
import io.trino.sql.tree.Prepare;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement that was read: in Trino's grammar what queries and writes, in Hive's what defines
/// and shows.
public sealed interface Command {

  /// A query.
  record Select(Query query) implements Command {}

  /// `INSERT INTO`.
  record InsertInto(Insert insert) implements Command {}

  /// `CREATE TABLE ... AS`.
  record TableAsSelect(CreateTableAsSelect create) implements Command {}

  /// `CREATE VIEW`.
  ///
  /// @param sql the view's query as written
  record ViewAs(CreateView create, String sql) implements Command {}

  /// `PREPARE name FROM statement`.
  record PrepareStatement(String name, String sql) implements Command {}

  /// `EXECUTE name USING parameters`.
  record ExecuteStatement(String name, List<Expression> parameters) implements Command {}

  /// `DEALLOCATE PREPARE name`.
  record DeallocateStatement(String name) implements Command {}

  /// A definition in HiveQL.
  record Definition(Ddl ddl) implements Command {}

  Pattern FIRST =
      Pattern.compile(
          "\\A(?:\\s|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/|\\()*([A-Za-z]+)", Pattern.DOTALL);
  Pattern HIVE =
      Pattern.compile(
          "(?is)\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(?:create\\s+(?:external\\s+table|database|schema)|drop\\s|alter\\s|msck\\s|show\\s|desc\\s|describe\\s(?!\\s*(?:input|output)\\s)).*");
  Pattern VIEW_BODY = Pattern.compile("(?is)\\A.*?\\bas\\b(.*)\\z");

  /// Reads one statement. A semicolon at its end is allowed.
  ///
  /// @throws SqlFailure `SYNTAX_ERROR` with the place, or `FAILED: ParseException` in Hive's part
  static Command parse(String text) {
    String sql = text.stripTrailing();
    while (sql.endsWith(";")) {
      sql = sql.substring(0, sql.length() - 1).stripTrailing();
    }
    if (sql.isEmpty()) {
      throw new SqlFailure("SYNTAX_ERROR", "line 1:1: The query is empty");
    }
    if (HIVE.matcher(sql).matches()) {
      return new Definition(DdlParser.parse(sql));
    }
    if (isHiveTable(sql)) {
      return new Definition(DdlParser.parse(sql));
    }
    return trino(sql);
  }

  private static boolean isHiveTable(String sql) {
    Matcher create =
        Pattern.compile("(?is)\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*create\\s+table\\b.*")
            .matcher(sql);
    if (!create.matches()) {
      return false;
    }
    try {
      return new SqlParser().createStatement(sql) instanceof CreateTable;
    } catch (ParsingException e) {
      return !Pattern.compile("(?is)\\bas\\s*\\(?\\s*(select|with|values|table)\\b")
          .matcher(sql)
          .find();
    }
  }

  private static Command trino(String sql) {
    Statement statement;
    try {
      statement = new SqlParser().createStatement(sql);
    } catch (ParsingException e) {
      throw syntax(e);
    } catch (StackOverflowError e) {
      throw new SqlFailure(
          "STACK_OVERFLOW", "statement is too large (stack overflow during analysis)");
    }
    return switch (statement) {
      case Query q -> new Select(q);
      case Insert i -> new InsertInto(i);
      case CreateTableAsSelect c -> new TableAsSelect(c);
      case CreateView v -> view(v, sql);
      case Prepare p -> new PrepareStatement(p.getName().getValue(), body(sql, "from"));
      case Execute e -> new ExecuteStatement(e.getName().getValue(), e.getParameters());
      case Deallocate d -> new DeallocateStatement(d.getName().getValue());
      case Update _, Delete _, Merge _ ->
          throw SqlFailure.at(
              statement, "NOT_SUPPORTED", "Modifying Hive table rows is not supported");
      case Explain e -> throw SqlFailure.unsupported(e, "EXPLAIN");
      default -> throw SqlFailure.unsupported(statement, statement.getClass().getSimpleName());
    };
  }

  private static Command view(CreateView v, String sql) {
    Matcher body = VIEW_BODY.matcher(sql);
    if (!body.matches()) {
      throw SqlFailure.unsupported(v, "This CREATE VIEW");
    }
    return new ViewAs(v, body.group(1).strip());
  }

  private static String body(String sql, String word) {
    Matcher m = Pattern.compile("(?is)\\A.*?\\b" + word + "\\b(.*)\\z").matcher(sql);
    return m.matches() ? m.group(1).strip() : "";
  }

  /// The parameters of `EXECUTE` or of a request, each an expression.
  static List<Expression> parameters(List<String> texts) {
    List<Expression> parsed = new ArrayList<>();
    for (String text : texts) {
      try {
        parsed.add(new SqlParser().createExpression(text));
      } catch (ParsingException e) {
        throw syntax(e);
      }
    }
    return parsed;
  }

  private static SqlFailure syntax(ParsingException e) {
    return new SqlFailure(
        "SYNTAX_ERROR",
        "line " + e.getLineNumber() + ":" + e.getColumnNumber() + ": " + e.getErrorMessage());
  }

  /// The first word in upper case, for telling kinds of statements apart before they are read.
  static String firstWord(String text) {
    Matcher m = FIRST.matcher(text);
    return m.find() ? m.group(1).toUpperCase(Locale.ROOT) : "";
  }

  /// `DML`, `DDL` or `UTILITY`.
  default String statementType() {
    return switch (this) {
      case Select _, InsertInto _, ExecuteStatement _ -> "DML";
      case TableAsSelect _, ViewAs _ -> "DDL";
      case PrepareStatement _, DeallocateStatement _ -> "UTILITY";
      case Definition d -> d.ddl().statementType();
    };
  }

  /// The statement's name as `SubstatementType` has it.
  default String substatementType() {
    return switch (this) {
      case Select _ -> "SELECT";
      case InsertInto _ -> "INSERT";
      case TableAsSelect _ -> "CREATE_TABLE_AS_SELECT";
      case ViewAs _ -> "CREATE_VIEW";
      case ExecuteStatement _ -> "EXECUTE";
      case PrepareStatement _ -> "PREPARE";
      case DeallocateStatement _ -> "DEALLOCATE";
      case Definition d -> d.ddl().substatementType();
    };
  }
}
