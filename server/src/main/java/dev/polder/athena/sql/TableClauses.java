package dev.polder.athena.sql;

import dev.polder.athena.sql.Ddl.ColumnDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clauses of `CREATE TABLE`, which Hive takes in one order and people write in others.
final class TableClauses {
  private final DdlTokens in;
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

  TableClauses(DdlTokens in, boolean external, boolean ifNotExists, TableName name) {
    this.in = in;
    this.external = external;
    this.ifNotExists = ifNotExists;
    this.name = name;
  }

  Ddl read() {
    if (in.peek().value().equals("(")) {
      columns = ColumnDefinitions.read(in);
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
      keys = ColumnDefinitions.read(in);
    } else if (in.accept("CLUSTERED BY") || in.accept("SKEWED BY")) {
      throw new SqlFailure("NOT_SUPPORTED", "Bucketed and skewed tables are not supported");
    } else if (in.accept("ROW FORMAT SERDE")) {
      serde = in.string();
      if (in.accept("WITH SERDEPROPERTIES")) {
        serdeProperties = in.properties();
      }
    } else if (in.accept("ROW FORMAT DELIMITED")) {
      delimiters = delimited();
    } else if (in.accept("WITH SERDEPROPERTIES")) {
      serdeProperties = in.properties();
    } else if (in.accept("STORED AS")) {
      stored();
    } else if (in.accept("LOCATION")) {
      location = in.string();
    } else if (in.accept("TBLPROPERTIES")) {
      properties = in.properties();
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
