package dev.polder.athena;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.CreateNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.NamedQuery;
import software.amazon.awssdk.services.athena.model.UpdateNamedQueryRequest;

/// Queries that are kept under a name, found by their id.
final class NamedQueries {
  private final Platform platform;
  private final Documents documents;
  private final Documents listed;
  private final Documents tokens;

  NamedQueries(Platform platform) {
    this.platform = platform;
    this.documents = new Documents(platform.store(), "named");
    this.listed = new Documents(platform.store(), "named-listed");
    this.tokens = new Documents(platform.store(), "named-token");
  }

  String create(Scope scope, CreateNamedQueryRequest r) {
    Check.name(r.name(), "(?s).{1,128}", "name");
    String workGroup = r.workGroup() == null ? WorkGroups.PRIMARY : r.workGroup();
    String token = r.clientRequestToken();
    if (token != null) {
      Optional<Map<String, Object>> known = tokens.find(scope, token);
      if (known.isPresent()) {
        return String.valueOf(known.get().get("id"));
      }
    }
    String id = platform.ids().uuid();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("id", id);
    m.put("name", r.name());
    m.put("description", r.description() == null ? "" : r.description());
    m.put("database", r.database());
    m.put("sql", r.queryString());
    m.put("workGroup", workGroup);
    documents.put(scope, m, id);
    listed.put(scope, Map.of("id", id), workGroup, id);
    if (token != null) {
      tokens.put(scope, Map.of("id", id), token);
    }
    return id;
  }

  NamedQuery describe(Scope scope, String id) {
    return find(scope, id)
        .orElseThrow(() -> AthenaErrors.invalid("NamedQuery " + id + " was not found"));
  }

  Optional<NamedQuery> find(Scope scope, String id) {
    return documents
        .find(scope, id)
        .map(m ->
            NamedQuery.builder()
                .namedQueryId(id)
                .name(String.valueOf(m.get("name")))
                .description(String.valueOf(m.get("description")))
                .database(String.valueOf(m.get("database")))
                .queryString(String.valueOf(m.get("sql")))
                .workGroup(String.valueOf(m.get("workGroup")))
                .build());
  }

  void update(Scope scope, UpdateNamedQueryRequest r) {
    describe(scope, r.namedQueryId());
    Map<String, Object> m =
        new LinkedHashMap<>(documents.find(scope, r.namedQueryId()).orElseThrow());
    m.put("name", r.name());
    m.put("sql", r.queryString());
    if (r.description() != null) {
      m.put("description", r.description());
    }
    documents.put(scope, m, r.namedQueryId());
  }

  void delete(Scope scope, String id) {
    NamedQuery known = describe(scope, id);
    listed.remove(scope, known.workGroup(), id);
    documents.remove(scope, id);
  }

  record Page(List<String> ids, @Nullable String next) {}

  Page list(Scope scope, String workGroup, @Nullable String token, int most) {
    Documents.Page page = listed.list(scope, List.of(workGroup), token, most);
    return new Page(
        page.items().stream().map(m -> String.valueOf(m.get("id"))).toList(), page.next());
  }
}
