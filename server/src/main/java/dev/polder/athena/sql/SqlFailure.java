package dev.polder.athena.sql;

import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;

/// A statement that cannot be run, in the words of Athena engine version 3: an error name such as
/// `COLUMN_NOT_FOUND`, a place where there is one, and a message.
public final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /// @param code Trino's error name, such as `TABLE_NOT_FOUND`
  /// @param message without the name
  public SqlFailure(String code, String message) {
    super(message);
    this.code = code;
  }

  /// A failure at a node of the statement: the message begins with `line l:c: `.
  static SqlFailure at(Node node, String code, String message) {
    return new SqlFailure(code, node.getLocation().map(SqlFailure::place).orElse("") + message);
  }

  static SqlFailure unsupported(Node node, String what) {
    return at(node, "NOT_SUPPORTED", what + " is not supported");
  }

  static SqlFailure mismatch(Node node, String message) {
    return at(node, "TYPE_MISMATCH", message);
  }

  private static String place(NodeLocation l) {
    return "line " + l.getLineNumber() + ":" + l.getColumnNumber() + ": ";
  }

  /// Trino's error name.
  public String code() {
    return code;
  }

  /// The text that Athena gives as the reason: `CODE: message`. Texts of Hive's DDL carry their own
  /// beginning and have no code.
  public String reason() {
    return code.isEmpty() ? text() : code + ": " + text();
  }

  private String text() {
    return String.valueOf(getMessage());
  }
}
