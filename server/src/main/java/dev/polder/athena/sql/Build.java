package dev.polder.athena.sql;

import dev.polder.athena.sql.TableSource.Column;
import java.util.ArrayList;
import java.util.List;

/// What one translation gathers: names that are used up, and tables that are read.
final class Build {
  private static final int MOST_VIEWS = 20;

  private final Catalogue catalogue;
  private final Session session;
  private final List<TableScan> scans;
  private final int[] next;
  private final int depth;

  Build(Catalogue catalogue, Session session) {
    this(catalogue, session, new ArrayList<>(), new int[1], 0);
  }

  private Build(
      Catalogue catalogue, Session session, List<TableScan> scans, int[] next, int depth) {
    this.catalogue = catalogue;
    this.session = session;
    this.scans = scans;
    this.next = next;
    this.depth = depth;
  }

  /// The same translation inside of a view, whose names are looked up in another database.
  Build inside(String database) {
    if (depth == MOST_VIEWS) {
      throw new SqlFailure(
          "VIEW_IS_RECURSIVE", "Views are nested more than " + MOST_VIEWS + " deep");
    }
    var inner = new Session(database, session.now(), List.of());
    return new Build(catalogue, inner, scans, next, depth + 1);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Session session() {
    return session;
  }

  List<TableScan> scans() {
    return scans;
  }

  /// A name for a column that nothing else has.
  String column() {
    return "c" + ++next[0];
  }

  /// A name for a relation that nothing else has.
  String relation() {
    return "r" + ++next[0];
  }

  /// Notes that a table is read and gives its fields.
  List<Field> scan(TableSource table, TableScan[] made) {
    List<Column> all = table.all();
    List<String> ids = all.stream().map(_ -> column()).toList();
    var scan = new TableScan(scans.size(), table, ids);
    scans.add(scan);
    made[0] = scan;
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      var origin = new Field.Origin(scan, i);
      Column column = all.get(i);
      fields.add(
          new Field(
              table.database(),
              table.name(),
              column.name(),
              column.type(),
              ids.get(i),
              origin,
              true));
    }
    return fields;
  }
}
