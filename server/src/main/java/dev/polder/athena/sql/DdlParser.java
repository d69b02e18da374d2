package dev.polder.athena.sql;

import dev.polder.athena.sql.Ddl.NewPartition;
import dev.polder.athena.sql.Ddl.PartitionSpec;
import dev.polder.athena.sql.DdlTokens.Kind;
import dev.polder.athena.sql.DdlTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// HiveQL definitions, as Athena takes them.
final class DdlParser {
  private final DdlTokens in;

  private DdlParser(String text) {
    this.in = new DdlTokens(text);
  }

  /// Reads one statement.
  ///
  /// @throws SqlFailure `FAILED: ParseException ...` with the place
  static Ddl parse(String text) {
    var parser = new DdlParser(text);
    Ddl ddl = parser.statement();
    parser.in.end();
    return ddl;
  }

  private Ddl statement() {
    if (in.accept("CREATE")) {
      return create();
    }
    if (in.accept("DROP")) {
      return drop();
    }
    if (in.accept("ALTER")) {
      return alter();
    }
    if (in.accept("MSCK")) {
      in.expect("REPAIR TABLE");
      return new Ddl.Repair(table());
    }
    if (in.accept("SHOW")) {
      return show();
    }
    if (in.accept("DESCRIBE") || in.accept("DESC")) {
      boolean more = in.accept("EXTENDED") || in.accept("FORMATTED");
      if (more) {
        throw new SqlFailure(
            "NOT_SUPPORTED", "DESCRIBE EXTENDED and DESCRIBE FORMATTED are not supported");
      }
      return new Ddl.Describe(table());
    }
    throw in.near(in.peek());
  }

  // CREATE.

  private Ddl create() {
    if (in.accept("DATABASE") || in.accept("SCHEMA")) {
      return database();
    }
    boolean external = in.accept("EXTERNAL");
    in.expect("TABLE");
    boolean ifNotExists = in.accept("IF NOT EXISTS");
    return new TableClauses(in, external, ifNotExists, table()).read();
  }

  private Ddl database() {
    boolean ifNotExists = in.accept("IF NOT EXISTS");
    String name = in.identifier();
    String comment = in.accept("COMMENT") ? in.string() : null;
    String location = in.accept("LOCATION") ? in.string() : null;
    Map<String, String> properties = in.accept("WITH DBPROPERTIES") ? in.properties() : Map.of();
    return new Ddl.CreateDatabase(name, ifNotExists, comment, location, properties);
  }

  private TableName table() {
    String first = in.identifier();
    if (!in.accept(".")) {
      return new TableName(null, first);
    }
    String second = in.identifier();
    if (in.peek().value().equals(".")) {
      throw in.near(in.peek());
    }
    return new TableName(first, second);
  }

  // DROP.

  private Ddl drop() {
    if (in.accept("DATABASE") || in.accept("SCHEMA")) {
      boolean ifExists = in.accept("IF EXISTS");
      String name = in.identifier();
      boolean cascade = in.accept("CASCADE");
      if (!cascade) {
        in.accept("RESTRICT");
      }
      return new Ddl.DropDatabase(name, ifExists, cascade);
    }
    if (in.accept("VIEW")) {
      boolean ifExists = in.accept("IF EXISTS");
      return new Ddl.DropView(table(), ifExists);
    }
    in.expect("TABLE");
    boolean ifExists = in.accept("IF EXISTS");
    return new Ddl.DropTable(table(), ifExists);
  }

  // ALTER.

  private Ddl alter() {
    in.expect("TABLE");
    TableName table = table();
    if (in.accept("ADD COLUMNS")) {
      return new Ddl.AddColumns(table, ColumnDefinitions.read(in));
    }
    if (in.accept("REPLACE COLUMNS")) {
      return new Ddl.ReplaceColumns(table, ColumnDefinitions.read(in));
    }
    if (in.accept("ADD")) {
      return addPartitions(table, in.accept("IF NOT EXISTS"));
    }
    if (in.accept("DROP")) {
      return dropPartitions(table, in.accept("IF EXISTS"));
    }
    if (in.accept("SET TBLPROPERTIES")) {
      return new Ddl.SetProperties(table, in.properties());
    }
    PartitionSpec spec = in.accept("PARTITION") ? spec() : null;
    if (in.accept("SET LOCATION")) {
      return new Ddl.SetLocation(table, spec, in.string());
    }
    if (spec != null && in.accept("RENAME TO PARTITION")) {
      return new Ddl.RenamePartition(table, spec, spec());
    }
    throw in.near(in.peek());
  }

  private Ddl addPartitions(TableName table, boolean ifNotExists) {
    List<NewPartition> partitions = new ArrayList<>();
    in.expect("PARTITION");
    do {
      PartitionSpec spec = spec();
      partitions.add(new NewPartition(spec, in.accept("LOCATION") ? in.string() : null));
    } while (in.accept("PARTITION"));
    return new Ddl.AddPartitions(table, ifNotExists, partitions);
  }

  private Ddl dropPartitions(TableName table, boolean ifExists) {
    List<PartitionSpec> specs = new ArrayList<>();
    do {
      in.expect("PARTITION");
      specs.add(spec());
    } while (in.accept(","));
    return new Ddl.DropPartitions(table, ifExists, specs);
  }

  private PartitionSpec spec() {
    in.expect("(");
    Map<String, String> values = new LinkedHashMap<>();
    do {
      String name = in.identifier();
      if (!in.accept("=")) {
        throw in.near(in.peek());
      }
      Token value = in.take();
      if (value.kind() != Kind.STRING && value.kind() != Kind.NUMBER) {
        throw in.near(value);
      }
      values.put(name, value.value());
    } while (in.accept(","));
    in.expect(")");
    return new PartitionSpec(values);
  }

  // SHOW.

  private Ddl show() {
    if (in.accept("DATABASES") || in.accept("SCHEMAS")) {
      in.accept("LIKE");
      return new Ddl.ShowDatabases(pattern());
    }
    if (in.accept("TABLES")) {
      String database = within();
      return new Ddl.ShowTables(database, pattern());
    }
    if (in.accept("VIEWS")) {
      String database = within();
      in.accept("LIKE");
      return new Ddl.ShowViews(database, pattern());
    }
    if (in.accept("PARTITIONS")) {
      return new Ddl.ShowPartitions(table());
    }
    if (in.accept("COLUMNS")) {
      return showColumns();
    }
    if (in.accept("CREATE TABLE")) {
      return new Ddl.ShowCreateTable(table());
    }
    if (in.accept("CREATE VIEW")) {
      return new Ddl.ShowCreateView(table());
    }
    if (in.accept("TBLPROPERTIES")) {
      TableName table = table();
      String key = null;
      if (in.accept("(")) {
        key = in.string();
        in.expect(")");
      }
      return new Ddl.ShowProperties(table, key);
    }
    throw in.near(in.peek());
  }

  private Ddl showColumns() {
    if (!in.accept("FROM")) {
      in.expect("IN");
    }
    TableName table = table();
    String database = within();
    return new Ddl.ShowColumns(
        new TableName(Optional.ofNullable(database).orElse(table.database()), table.name()));
  }

  private @Nullable String within() {
    return in.accept("IN") || in.accept("FROM") ? in.identifier() : null;
  }

  private @Nullable String pattern() {
    in.accept("LIKE");
    return in.peek().kind() == Kind.STRING ? in.string() : null;
  }
}
