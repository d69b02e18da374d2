package dev.polder.athena.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A definition in HiveQL.
public sealed interface Ddl {

  /// A column with its Hive type and comment.
  record ColumnDefinition(String name, String type, @Nullable String comment) {}

  /// Values of partition columns by name, in the order written.
  record PartitionSpec(Map<String, String> values) {
    public PartitionSpec {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// A partition to be added, with its own location or none.
  record NewPartition(PartitionSpec spec, @Nullable String location) {}

  record CreateDatabase(
      String name,
      boolean ifNotExists,
      @Nullable String comment,
      @Nullable String location,
      Map<String, String> properties)
      implements Ddl {}

  record DropDatabase(String name, boolean ifExists, boolean cascade) implements Ddl {}

  /// @param serde null where `ROW FORMAT SERDE` is not given
  /// @param delimiters SerDe parameters that `ROW FORMAT DELIMITED` stands for
  /// @param storedAs the word behind `STORED AS`, lower-case, or null
  record CreateTable(
      TableName table,
      boolean external,
      boolean ifNotExists,
      List<ColumnDefinition> columns,
      List<ColumnDefinition> keys,
      @Nullable String comment,
      @Nullable String serde,
      Map<String, String> serdeProperties,
      Map<String, String> delimiters,
      @Nullable String storedAs,
      @Nullable String inputFormat,
      @Nullable String outputFormat,
      @Nullable String location,
      Map<String, String> properties)
      implements Ddl {}

  record DropTable(TableName table, boolean ifExists) implements Ddl {}

  record DropView(TableName view, boolean ifExists) implements Ddl {}

  record AddColumns(TableName table, List<ColumnDefinition> columns) implements Ddl {}

  record ReplaceColumns(TableName table, List<ColumnDefinition> columns) implements Ddl {}

  record AddPartitions(TableName table, boolean ifNotExists, List<NewPartition> partitions)
      implements Ddl {}

  record DropPartitions(TableName table, boolean ifExists, List<PartitionSpec> specs)
      implements Ddl {}

  record RenamePartition(TableName table, PartitionSpec from, PartitionSpec to) implements Ddl {}

  record SetLocation(TableName table, @Nullable PartitionSpec spec, String location)
      implements Ddl {}

  record SetProperties(TableName table, Map<String, String> properties) implements Ddl {}

  record Repair(TableName table) implements Ddl {}

  record ShowDatabases(@Nullable String pattern) implements Ddl {}

  record ShowTables(@Nullable String database, @Nullable String pattern) implements Ddl {}

  record ShowViews(@Nullable String database, @Nullable String pattern) implements Ddl {}

  record ShowPartitions(TableName table) implements Ddl {}

  record ShowColumns(TableName table) implements Ddl {}

  record ShowCreateTable(TableName table) implements Ddl {}

  record ShowCreateView(TableName view) implements Ddl {}

  record ShowProperties(TableName table, @Nullable String key) implements Ddl {}

  record Describe(TableName table) implements Ddl {}

  /// `DDL` for what changes the catalogue, `UTILITY` for what shows it.
  default String statementType() {
    return switch (this) {
      case CreateDatabase _,
          DropDatabase _,
          CreateTable _,
          DropTable _,
          DropView _,
          AddColumns _,
          ReplaceColumns _,
          AddPartitions _,
          DropPartitions _,
          RenamePartition _,
          SetLocation _,
          SetProperties _,
          Repair _ ->
          "DDL";
      case ShowDatabases _,
          ShowTables _,
          ShowViews _,
          ShowPartitions _,
          ShowColumns _,
          ShowCreateTable _,
          ShowCreateView _,
          ShowProperties _,
          Describe _ ->
          "UTILITY";
    };
  }

  /// The statement's name as `SubstatementType` has it.
  default String substatementType() {
    return switch (this) {
      case CreateDatabase _ -> "CREATE_DATABASE";
      case DropDatabase _ -> "DROP_DATABASE";
      case CreateTable _ -> "CREATE_TABLE";
      case DropTable _ -> "DROP_TABLE";
      case DropView _ -> "DROP_VIEW";
      case AddColumns _ -> "ALTER_TABLE_ADD_COLUMNS";
      case ReplaceColumns _ -> "ALTER_TABLE_REPLACE_COLUMNS";
      case AddPartitions _ -> "ALTER_TABLE_ADD_PARTITION";
      case DropPartitions _ -> "ALTER_TABLE_DROP_PARTITION";
      case RenamePartition _ -> "ALTER_TABLE_RENAME_PARTITION";
      case SetLocation _ -> "ALTER_TABLE_SET_LOCATION";
      case SetProperties _ -> "ALTER_TABLE_SET_TBLPROPERTIES";
      case Repair _ -> "MSCK_REPAIR_TABLE";
      case ShowDatabases _ -> "SHOW_DATABASES";
      case ShowTables _ -> "SHOW_TABLES";
      case ShowViews _ -> "SHOW_VIEWS";
      case ShowPartitions _ -> "SHOW_PARTITIONS";
      case ShowColumns _ -> "SHOW_COLUMNS";
      case ShowCreateTable _ -> "SHOW_CREATE_TABLE";
      case ShowCreateView _ -> "SHOW_CREATE_VIEW";
      case ShowProperties _ -> "SHOW_TBLPROPERTIES";
      case Describe _ -> "DESCRIBE_TABLE";
    };
  }
}
