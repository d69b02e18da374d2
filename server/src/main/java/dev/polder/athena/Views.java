package dev.polder.athena;

import dev.polder.athena.sql.HiveTypes;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableSource;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.TableSource.View;
import dev.polder.athena.sql.TrinoTypes;
import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/// Views in the catalogue, in the form that Presto, Trino and Athena share: JSON in Base64 inside
/// of a comment.
final class Views {
  private static final String BEGIN = "/* Presto View: ";
  private static final String END = " */";

  private Views() {}

  static boolean isView(Table t) {
    return "VIRTUAL_VIEW".equals(t.tableType());
  }

  static TableSource read(String database, Table t) {
    Map<String, Object> definition = definition(database, t);
    List<Column> columns = new ArrayList<>();
    if (definition.get("columns") instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> c = (Map<?, ?>) each;
        columns.add(
            new Column(
                String.valueOf(c.get("name")).toLowerCase(Locale.ROOT),
                TrinoTypes.parse(String.valueOf(c.get("type")))));
      }
    }
    String schema = definition.get("schema") instanceof String s ? s : database;
    var view = new View(String.valueOf(definition.get("originalSql")), schema);
    return new TableSource(database, t.name(), columns, List.of(), Optional.of(view));
  }

  private static Map<String, Object> definition(String database, Table t) {
    String text = t.viewOriginalText();
    if (text == null || !text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new SqlFailure(
          "NOT_SUPPORTED",
          "The view " + database + "." + t.name() + " was not made by Athena or Trino");
    }
    String encoded = text.substring(BEGIN.length(), text.length() - END.length());
    return Json.parseObject(
        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  /// The statement of a view.
  static String sql(String database, Table t) {
    return String.valueOf(definition(database, t).get("originalSql"));
  }

  static TableInput input(String database, String name, String sql, List<Column> columns) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("originalSql", sql);
    definition.put("catalog", "awsdatacatalog");
    definition.put("schema", database);
    List<Object> list = new ArrayList<>();
    columns.forEach(c -> list.add(Map.of("name", c.name(), "type", c.type().toString())));
    definition.put("columns", list);
    String encoded =
        Base64.getEncoder().encodeToString(Json.write(definition).getBytes(StandardCharsets.UTF_8));
    List<software.amazon.awssdk.services.glue.model.Column> glue = new ArrayList<>();
    columns.forEach(c ->
        glue.add(
            software.amazon.awssdk.services.glue.model.Column.builder()
                .name(c.name())
                .type(hive(c.type()))
                .build()));
    return TableInput.builder()
        .name(name)
        .tableType("VIRTUAL_VIEW")
        .parameters(Map.of("presto_view", "true", "comment", "Presto View"))
        .storageDescriptor(
            StorageDescriptor.builder()
                .columns(glue)
                .location("")
                .serdeInfo(SerDeInfo.builder().build())
                .build())
        .viewOriginalText(BEGIN + encoded + END)
        .viewExpandedText("/* Presto View */")
        .build();
  }

  private static String hive(SqlType type) {
    try {
      return HiveTypes.text(type);
    } catch (SqlFailure e) {
      return "string";
    }
  }
}
