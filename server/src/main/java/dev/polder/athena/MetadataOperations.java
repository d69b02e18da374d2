package dev.polder.athena;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.Column;
import software.amazon.awssdk.services.athena.model.DataCatalog;
import software.amazon.awssdk.services.athena.model.Database;
import software.amazon.awssdk.services.athena.model.GetDatabaseResponse;
import software.amazon.awssdk.services.athena.model.GetTableMetadataResponse;
import software.amazon.awssdk.services.athena.model.ListDatabasesResponse;
import software.amazon.awssdk.services.athena.model.ListTableMetadataResponse;
import software.amazon.awssdk.services.athena.model.TableMetadata;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Table;

/// The Data Catalog through Athena's operations. There is one data catalog, `AwsDataCatalog`.
final class MetadataOperations {
  static final String CATALOG = "AwsDataCatalog";
  private static final int MOST = 50;

  private final GlueClient glue;

  MetadataOperations(GlueClient glue) {
    this.glue = glue;
  }

  static void check(@Nullable String catalog) {
    if (catalog == null || !catalog.toLowerCase(Locale.ROOT).equals("awsdatacatalog")) {
      throw AthenaErrors.invalid("Data catalog " + catalog + " was not found");
    }
  }

  static DataCatalog catalog() {
    return DataCatalog.builder().name(CATALOG).type("GLUE").build();
  }

  private interface Call<T> {
    T run();
  }

  private static <T> T glue(Call<T> call) {
    try {
      return call.run();
    } catch (GlueException e) {
      throw AthenaErrors.metadata(e.awsErrorDetails().errorMessage(), e);
    }
  }

  ListDatabasesResponse databases(String catalog, @Nullable String token, @Nullable Integer most) {
    check(catalog);
    int size = Check.page(most, MOST);
    return glue(() -> {
      var page = glue.getDatabases(r -> r.nextToken(token).maxResults(size));
      List<Database> databases =
          page.databaseList().stream().map(MetadataOperations::database).toList();
      return ListDatabasesResponse.builder()
          .databaseList(databases)
          .nextToken(page.nextToken())
          .build();
    });
  }

  private static Database database(software.amazon.awssdk.services.glue.model.Database d) {
    return Database.builder()
        .name(d.name())
        .description(d.description())
        .parameters(d.parameters())
        .build();
  }

  GetDatabaseResponse database(String catalog, String name) {
    check(catalog);
    return glue(() ->
        GetDatabaseResponse.builder()
            .database(database(glue.getDatabase(r -> r.name(name)).database()))
            .build());
  }

  ListTableMetadataResponse tables(
      String catalog,
      String database,
      @Nullable String expression,
      @Nullable String token,
      @Nullable Integer most) {
    check(catalog);
    int size = Check.page(most, MOST);
    Pattern pattern = pattern(expression);
    return glue(() -> {
      var page = glue.getTables(r -> r.databaseName(database).nextToken(token).maxResults(size));
      List<TableMetadata> tables =
          page.tableList().stream()
              .filter(t -> pattern.matcher(t.name()).find())
              .map(MetadataOperations::table)
              .toList();
      return ListTableMetadataResponse.builder()
          .tableMetadataList(tables)
          .nextToken(page.nextToken())
          .build();
    });
  }

  private static Pattern pattern(@Nullable String expression) {
    try {
      return Pattern.compile(expression == null ? "" : expression, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw AthenaErrors.invalid("Invalid expression: " + expression);
    }
  }

  GetTableMetadataResponse table(String catalog, String database, String name) {
    check(catalog);
    return glue(() ->
        GetTableMetadataResponse.builder()
            .tableMetadata(table(glue.getTable(r -> r.databaseName(database).name(name)).table()))
            .build());
  }

  private static TableMetadata table(Table t) {
    Map<String, String> parameters = new LinkedHashMap<>(t.parameters());
    if (t.storageDescriptor() != null) {
      put(parameters, "inputformat", t.storageDescriptor().inputFormat());
      put(parameters, "outputformat", t.storageDescriptor().outputFormat());
      put(parameters, "location", t.storageDescriptor().location());
      if (t.storageDescriptor().serdeInfo() != null) {
        put(
            parameters,
            "serde.serialization.lib",
            t.storageDescriptor().serdeInfo().serializationLibrary());
        t.storageDescriptor()
            .serdeInfo()
            .parameters()
            .forEach((k, v) -> parameters.put("serde.param." + k, v));
      }
    }
    return TableMetadata.builder()
        .name(t.name())
        .createTime(t.createTime())
        .lastAccessTime(t.lastAccessTime())
        .tableType(t.tableType())
        .columns(
            t.storageDescriptor() == null ? List.of() : columns(t.storageDescriptor().columns()))
        .partitionKeys(columns(t.partitionKeys()))
        .parameters(parameters)
        .build();
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  private static List<Column> columns(
      List<software.amazon.awssdk.services.glue.model.Column> columns) {
    return columns.stream()
        .map(c -> Column.builder().name(c.name()).type(c.type()).comment(c.comment()).build())
        .toList();
  }
}
