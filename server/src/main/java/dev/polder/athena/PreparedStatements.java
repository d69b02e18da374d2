package dev.polder.athena;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.PreparedStatement;

/// Statements with parameters, kept by work group and name.
final class PreparedStatements {
  private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_@:]{0,255}";

  private final Platform platform;
  private final Documents documents;

  PreparedStatements(Platform platform) {
    this.platform = platform;
    this.documents = new Documents(platform.store(), "prepared");
  }

  private Map<String, Object> document(String name, String sql, String description) {
    return Map.of(
        "name", name,
        "sql", sql,
        "description", description,
        "modified", platform.time().instant().toEpochMilli());
  }

  void create(
      Scope scope, String workGroup, String name, String sql, @Nullable String description) {
    Check.name(name, NAME, "statementName");
    if (!documents.add(
        scope, document(name, sql, description == null ? "" : description), workGroup, name)) {
      throw AthenaErrors.invalid(
          "Prepared statement " + name + " already exists in WorkGroup " + workGroup);
    }
  }

  void put(Scope scope, String workGroup, String name, String sql, String description) {
    Check.name(name, NAME, "statementName");
    documents.put(scope, document(name, sql, description), workGroup, name);
  }

  void update(
      Scope scope, String workGroup, String name, String sql, @Nullable String description) {
    describe(scope, workGroup, name);
    put(scope, workGroup, name, sql, description == null ? "" : description);
  }

  void remove(Scope scope, String workGroup, String name) {
    describe(scope, workGroup, name);
    documents.remove(scope, workGroup, name);
  }

  Optional<String> sql(Scope scope, String workGroup, String name) {
    return documents.find(scope, workGroup, name).map(m -> String.valueOf(m.get("sql")));
  }

  PreparedStatement describe(Scope scope, String workGroup, String name) {
    return find(scope, workGroup, name)
        .orElseThrow(() ->
            AthenaErrors.notFound(
                name, "PreparedStatement " + name + " was not found in workGroup " + workGroup));
  }

  Optional<PreparedStatement> find(Scope scope, String workGroup, String name) {
    return documents.find(scope, workGroup, name).map(m -> read(workGroup, m));
  }

  private static PreparedStatement read(String workGroup, Map<String, Object> m) {
    return PreparedStatement.builder()
        .statementName(String.valueOf(m.get("name")))
        .queryStatement(String.valueOf(m.get("sql")))
        .workGroupName(workGroup)
        .description(String.valueOf(m.get("description")))
        .lastModifiedTime(
            Instant.ofEpochMilli(m.get("modified") instanceof Number n ? n.longValue() : 0))
        .build();
  }

  record Page(List<PreparedStatement> items, @Nullable String next) {}

  Page list(Scope scope, String workGroup, @Nullable String token, int most) {
    Documents.Page page = documents.list(scope, List.of(workGroup), token, most);
    return new Page(page.items().stream().map(m -> read(workGroup, m)).toList(), page.next());
  }
}
