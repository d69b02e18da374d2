package dev.polder.athena.sql;

import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.athena.sql.Ddl.NewPartition;
import dev.polder.athena.sql.Ddl.PartitionSpec;
import dev.polder.athena.sql.DdlTokens.Kind;
import dev.polder.athena.sql.DdlTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    return new TableClauses(external, ifNotExists, table()).read();
  }

  private Ddl database() {
    boolean ifNotExists = in.accept("IF NOT EXISTS");
    String name = in.identifier();
    String comment = in.accept("COMMENT") ? in.string() : null;
    String location = in.accept("LOCATION") ? in.string() : null;
    Map<String, String> properties = in.accept("WITH DBPROPERTIES") ? properties() : Map.of();
    return new Ddl.CreateDatabase(name, ifNotExists, comment, location, properties);
  }

  /// The clauses of `CREATE TABLE`, which Hive takes in one order and people write in others.
  private final class TableClauses {
    private final boolean external;
    private final boolean ifNotExists;
    private final TableName name;
    private List<ColumnDefinition> columns = List.of();
    private List<ColumnDefinition> keys = List.of();
    private @Nullable String comment;
    private @Nullable String serde;
    private Map<String, String> serdeProperties = Map.of();
    private Map<String, String> delimiters = Map.of();
    private @Nullable String storedAs;
    private @Nullable String inputFormat;
    private @Nullable String outputFormat;
    private @Nullable String location;
    private Map<String, String> properties = Map.of();

    TableClauses(boolean external, boolean ifNotExists, TableName name) {
      this.external = external;
      this.ifNotExists = ifNotExists;
      this.name = name;
    }

    Ddl read() {
      if (in.peek().value().equals("(")) {
        columns = columns();
      }
      while (clause()) {
        // Each call reads one clause.
      }
      return new Ddl.CreateTable(
          name,
          external,
          ifNotExists,
          columns,
          keys,
          comment,
          serde,
          serdeProperties,
          delimiters,
          storedAs,
          inputFormat,
          outputFormat,
          location,
          properties);
    }

    private boolean clause() {
      if (in.accept("COMMENT")) {
        comment = in.string();
      } else if (in.accept("PARTITIONED BY")) {
        keys = columns();
      } else if (in.accept("CLUSTERED BY") || in.accept("SKEWED BY")) {
        throw new SqlFailure("NOT_SUPPORTED", "Bucketed and skewed tables are not supported");
      } else if (in.accept("ROW FORMAT SERDE")) {
        serde = in.string();
        if (in.accept("WITH SERDEPROPERTIES")) {
          serdeProperties = properties();
        }
      } else if (in.accept("ROW FORMAT DELIMITED")) {
        delimiters = delimited();
      } else if (in.accept("WITH SERDEPROPERTIES")) {
        serdeProperties = properties();
      } else if (in.accept("STORED AS")) {
        stored();
      } else if (in.accept("LOCATION")) {
        location = in.string();
      } else if (in.accept("TBLPROPERTIES")) {
        properties = properties();
      } else {
        return false;
      }
      return true;
    }

    private void stored() {
      if (in.accept("INPUTFORMAT")) {
        inputFormat = in.string();
        in.expect("OUTPUTFORMAT");
        outputFormat = in.string();
      } else {
        storedAs = in.identifier();
      }
    }

    private Map<String, String> delimited() {
      Map<String, String> parameters = new LinkedHashMap<>();
      while (true) {
        if (in.accept("FIELDS TERMINATED BY")) {
          String delimiter = in.string();
          parameters.put("field.delim", delimiter);
          parameters.put("serialization.format", delimiter);
          if (in.accept("ESCAPED BY")) {
            parameters.put("escape.delim", in.string());
          }
        } else if (in.accept("ESCAPED BY")) {
          parameters.put("escape.delim", in.string());
        } else if (in.accept("COLLECTION ITEMS TERMINATED BY")) {
          parameters.put("colelction.delim", in.string());
        } else if (in.accept("MAP KEYS TERMINATED BY")) {
          parameters.put("mapkey.delim", in.string());
        } else if (in.accept("LINES TERMINATED BY")) {
          parameters.put("line.delim", in.string());
        } else if (in.accept("NULL DEFINED AS")) {
          parameters.put("serialization.null.format", in.string());
        } else {
          return parameters;
        }
      }
    }
  }

  private List<ColumnDefinition> columns() {
    in.expect("(");
    List<ColumnDefinition> columns = new ArrayList<>();
    do {
      String name = in.identifier();
      String type = type();
      String comment = in.accept("COMMENT") ? in.string() : null;
      columns.add(new ColumnDefinition(name, type, comment));
    } while (in.accept(","));
    in.expect(")");
    return columns;
  }

  /// A type's text, up to the comma, bracket or word behind it.
  private String type() {
    int from = in.peek().from();
    int to = from;
    int depth = 0;
    while (true) {
      Token token = in.peek();
      boolean ends =
          token.kind() == Kind.END
              || depth == 0
                  && (token.value().equals(",")
                      || token.value().equals(")")
                      || token.value().equalsIgnoreCase("COMMENT"));
      if (ends) {
        break;
      }
      depth +=
          switch (token.value()) {
            case "<", "(" -> 1;
            case ">", ")" -> -1;
            default -> 0;
          };
      to = token.to();
      in.take();
    }
    String text =
        in.source(from, to)
            .replaceAll("\\s+", "")
            .toLowerCase(Locale.ROOT)
            .replace("integer", "int");
    try {
      HiveTypes.parse(text);
    } catch (SqlFailure e) {
      throw in.failure(
          from,
          "cannot recognize input near '"
              + in.source(from, Math.max(to, from))
              + "' in column type");
    }
    return text.replace("`", "");
  }

  private Map<String, String> properties() {
    in.expect("(");
    Map<String, String> properties = new LinkedHashMap<>();
    do {
      String name = in.string();
      in.expect("=");
      properties.put(name, in.string());
    } while (in.accept(","));
    in.expect(")");
    return properties;
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
      return new Ddl.AddColumns(table, columns());
    }
    if (in.accept("REPLACE COLUMNS")) {
      return new Ddl.ReplaceColumns(table, columns());
    }
    if (in.accept("ADD")) {
      return addPartitions(table, in.accept("IF NOT EXISTS"));
    }
    if (in.accept("DROP")) {
      return dropPartitions(table, in.accept("IF EXISTS"));
    }
    if (in.accept("SET TBLPROPERTIES")) {
      return new Ddl.SetProperties(table, properties());
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
