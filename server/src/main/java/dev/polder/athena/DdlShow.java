package dev.polder.athena;

import dev.polder.athena.DdlRunner.Result;
import dev.polder.athena.GlueCatalogue.StoredPartition;
import dev.polder.athena.sql.Ddl;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// `SHOW` and `DESCRIBE`: lines of text, as Hive prints them.
final class DdlShow {
  private final QuerySubmission query;
  private final GlueClient glue;
  private final GlueCatalogue catalogue;

  DdlShow(QuerySubmission query, GlueClient glue, GlueCatalogue catalogue) {
    this.query = query;
    this.glue = glue;
    this.catalogue = catalogue;
  }

  Result run(Ddl ddl) {
    return switch (ddl) {
      case Ddl.ShowDatabases d -> lines("database_name", databases(d.pattern()));
      case Ddl.ShowTables t -> lines("tab_name", tables(t.database(), t.pattern(), false));
      case Ddl.ShowViews v -> lines("views", tables(v.database(), v.pattern(), true));
      case Ddl.ShowPartitions p -> lines("partition", partitions(p.table()));
      case Ddl.ShowColumns c -> lines("field", columns(c.table()));
      case Ddl.ShowCreateTable c -> lines("createtab_stmt", createTable(c.table()));
      case Ddl.ShowCreateView v -> lines("Create View", createView(v.view()));
      case Ddl.ShowProperties p -> lines("prpt_name", properties(p));
      case Ddl.Describe d -> lines("col_name", describe(d.table()));
      default -> throw new IllegalArgumentException("Shows nothing: " + ddl);
    };
  }

  private static Result lines(String column, List<String> lines) {
    return new Result(List.of(ResultColumn.text(column)), lines);
  }

  /// Hive's pattern: `*` for any text, `|` between choices; Athena takes it as a regular
  /// expression.
  private static Pattern pattern(@Nullable String text) {
    try {
      return text == null
          ? Pattern.compile(".*")
          : Pattern.compile(text.replaceAll("(?<![.\\])])\\*", ".*"), Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw DdlRunner.semantic("Invalid pattern '" + text + "': " + e.getDescription());
    }
  }

  private List<String> databases(@Nullable String like) {
    Pattern pattern = pattern(like);
    List<String> names = new ArrayList<>();
    glue.getDatabasesPaginator(r -> r.maxResults(100)).stream()
        .forEach(p -> p.databaseList().forEach(d -> names.add(d.name())));
    return names.stream().filter(n -> pattern.matcher(n).matches()).sorted().toList();
  }

  private List<String> tables(@Nullable String in, @Nullable String like, boolean views) {
    Pattern pattern = pattern(like);
    String database = in == null ? query.database() : in;
    if (!catalogue.hasDatabase(database)) {
      throw DdlRunner.semantic("[Error 10072]: Database does not exist: " + database);
    }
    List<String> names = new ArrayList<>();
    for (Table t :
        glue.getTablesPaginator(r -> r.databaseName(database).maxResults(100)).stream()
            .flatMap(p -> p.tableList().stream())
            .toList()) {
      if (!views || Views.isView(t)) {
        names.add(t.name());
      }
    }
    return names.stream().filter(n -> pattern.matcher(n).matches()).sorted().toList();
  }

  private Table table(TableName name) {
    String database = name.databaseOr(query.database());
    return catalogue
        .raw(database, name.name())
        .orElseThrow(() ->
            DdlRunner.semantic("[Error 10001]: Table not found " + database + "." + name.name()));
  }

  private List<String> partitions(TableName name) {
    Table t = table(name);
    if (!t.hasPartitionKeys() || t.partitionKeys().isEmpty()) {
      throw new SqlFailure(
          "",
          "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Table "
              + name.name()
              + " is not a partitioned table");
    }
    StoredTable stored = catalogue.stored(name.databaseOr(query.database()), name.name());
    List<String> lines = new ArrayList<>();
    for (StoredPartition p : catalogue.partitions(stored)) {
      lines.add(PartitionNames.path(stored.source().keys(), p.values()));
    }
    return lines.stream().sorted().toList();
  }

  private List<String> columns(TableName name) {
    Table t = table(name);
    List<String> lines = new ArrayList<>();
    t.storageDescriptor().columns().forEach(c -> lines.add(String.format("%-20s", c.name())));
    t.partitionKeys().forEach(c -> lines.add(String.format("%-20s", c.name())));
    return lines;
  }

  private List<String> properties(Ddl.ShowProperties p) {
    Map<String, String> all = new TreeMap<>(table(p.table()).parameters());
    if (p.key() == null) {
      return all.entrySet().stream().map(e -> e.getKey() + "\t" + e.getValue()).toList();
    }
    String value = all.get(p.key());
    return List.of(
        value == null
            ? "Table " + p.table().name() + " does not have property: " + p.key()
            : value);
  }

  private List<String> describe(TableName name) {
    Table t = table(name);
    List<String> lines = new ArrayList<>();
    t.storageDescriptor().columns().forEach(c -> lines.add(row(c)));
    t.partitionKeys().forEach(c -> lines.add(row(c)));
    if (!t.partitionKeys().isEmpty()) {
      lines.add(" \t \t ");
      lines.add("# Partition Information\t \t ");
      lines.add(String.format("%-20s\t%-20s\t%-20s", "# col_name", "data_type", "comment"));
      lines.add(" \t \t ");
      t.partitionKeys().forEach(c -> lines.add(row(c)));
    }
    return lines;
  }

  private static String row(Column c) {
    return String.format(
        "%-20s\t%-20s\t%-20s", c.name(), c.type(), c.comment() == null ? "" : c.comment());
  }

  private List<String> createView(TableName name) {
    Table t = table(name);
    if (!Views.isView(t)) {
      throw new SqlFailure(
          "VIEW_NOT_FOUND",
          "line 1:1: View 'awsdatacatalog."
              + name.databaseOr(query.database())
              + "."
              + name.name()
              + "' does not exist");
    }
    List<String> lines = new ArrayList<>();
    lines.add("CREATE VIEW " + name.databaseOr(query.database()) + "." + name.name() + " AS");
    lines.addAll(Views.sql(name.databaseOr(query.database()), t).lines().toList());
    return lines;
  }

  private List<String> createTable(TableName name) {
    Table t = table(name);
    if (Views.isView(t)) {
      throw DdlRunner.semantic("Cannot show CREATE TABLE of a view: " + name.name());
    }
    if (t.tableType() == null) {
      throw new SqlFailure("", "FAILED: NullPointerException Name is null");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "CREATE EXTERNAL TABLE `" + name.databaseOr(query.database()) + "." + t.name() + "`(");
    lines.addAll(columns(t.storageDescriptor().columns()));
    if (t.description() != null) {
      lines.add("COMMENT " + quoted(t.description()));
    }
    if (!t.partitionKeys().isEmpty()) {
      lines.add("PARTITIONED BY ( ");
      lines.addAll(columns(t.partitionKeys()));
    }
    lines.addAll(storage(t.storageDescriptor()));
    Map<String, String> parameters = new TreeMap<>(t.parameters());
    parameters.remove("EXTERNAL");
    if (!parameters.isEmpty()) {
      lines.add("TBLPROPERTIES (");
      lines.addAll(pairs(parameters));
    }
    return lines;
  }

  private static List<String> storage(StorageDescriptor sd) {
    List<String> lines = new ArrayList<>();
    lines.add("ROW FORMAT SERDE ");
    lines.add("  " + quoted(sd.serdeInfo().serializationLibrary()) + " ");
    if (sd.serdeInfo().hasParameters() && !sd.serdeInfo().parameters().isEmpty()) {
      lines.add("WITH SERDEPROPERTIES ( ");
      lines.addAll(pairs(sd.serdeInfo().parameters()));
    }
    lines.add("STORED AS INPUTFORMAT ");
    lines.add("  " + quoted(sd.inputFormat()) + " ");
    lines.add("OUTPUTFORMAT ");
    lines.add("  " + quoted(sd.outputFormat()));
    lines.add("LOCATION");
    lines.add("  " + quoted(sd.location()));
    return lines;
  }

  private static List<String> columns(List<Column> columns) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column c = columns.get(i);
      String comment = c.comment() == null ? "" : " COMMENT " + quoted(c.comment());
      lines.add(
          "  `" + c.name() + "` " + c.type() + comment + (i + 1 < columns.size() ? ", " : ")"));
    }
    return lines;
  }

  private static List<String> pairs(Map<String, String> map) {
    List<String> lines = new ArrayList<>();
    var each = new TreeMap<>(map).entrySet().iterator();
    while (each.hasNext()) {
      var e = each.next();
      lines.add(
          "  " + quoted(e.getKey()) + "=" + quoted(e.getValue()) + (each.hasNext() ? ", " : ")"));
    }
    return lines;
  }

  private static String quoted(@Nullable String text) {
    return "'" + (text == null ? "" : text.replace("\\", "\\\\").replace("'", "\\'")) + "'";
  }
}
