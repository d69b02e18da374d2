package dev.polder.athena;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a query was asked to do. It never changes.
///
/// @param order its place in the queue of all scopes
/// @param location where results go, without a slash at its end
/// @param submitted in milliseconds since 1970
record QuerySubmission(
    Scope scope,
    String id,
    long order,
    String query,
    String statementType,
    String substatementType,
    String workGroup,
    String catalog,
    String database,
    List<String> parameters,
    String location,
    long submitted) {

  QuerySubmission {
    parameters = List.copyOf(parameters);
  }

  Map<String, Object> json() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("account", scope.account());
    m.put("region", scope.region());
    m.put("id", id);
    m.put("order", order);
    m.put("query", query);
    m.put("statementType", statementType);
    m.put("substatementType", substatementType);
    m.put("workGroup", workGroup);
    m.put("catalog", catalog);
    m.put("database", database);
    m.put("parameters", parameters);
    m.put("location", location);
    m.put("submitted", submitted);
    return m;
  }

  static QuerySubmission of(JsonObject in) {
    return new QuerySubmission(
        new Scope(in.text("account"), in.text("region")),
        in.text("id"),
        in.number("order"),
        in.text("query"),
        in.text("statementType"),
        in.text("substatementType"),
        in.text("workGroup"),
        in.text("catalog"),
        in.text("database"),
        in.list("parameters"),
        in.text("location"),
        in.number("submitted"));
  }
}
