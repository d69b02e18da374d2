package dev.polder.iam;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;

/// Which work groups a request of Athena is about: the one that it names, those of the queries that
/// it names, or `primary`.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html
final class AthenaWorkGroups {
  private static final String PRIMARY = "primary";

  // They are about no work group.
  private static final Set<String> OTHERS =
      Set.of("ListWorkGroups", "ListEngineVersions", "ListDataCatalogs");

  private AthenaWorkGroups() {}

  /// The ARNs.
  static List<String> of(
      Clients clients, Scope scope, String operation, Map<String, @Nullable Object> members) {
    if (OTHERS.contains(operation)) {
      return List.of("*");
    }
    return names(clients, scope, operation, members)
        .distinct()
        .map(name -> scope.arn("athena", "workgroup/" + name).toString())
        .toList();
  }

  private static Stream<String> names(
      Clients clients, Scope scope, String operation, Map<String, @Nullable Object> members) {
    if (members.get("WorkGroup") instanceof String name) {
      return Stream.of(name);
    }
    if (operation.equals("CreateWorkGroup")) {
      return Stream.of(String.valueOf(members.get("Name")));
    }
    Stream<String> queries =
        ids(members, "QueryExecutionId").map(id -> workGroupOf(clients, scope, id));
    Stream<String> named =
        ids(members, "NamedQueryId").map(id -> workGroupOfNamed(clients, scope, id));
    List<String> all = Stream.concat(queries, named).toList();
    return all.isEmpty() ? Stream.of(PRIMARY) : all.stream();
  }

  /// The ids that a member holds, or that of the same name in the plural.
  private static Stream<String> ids(Map<String, @Nullable Object> members, String member) {
    if (members.get(member) instanceof String id) {
      return Stream.of(id);
    }
    return members.get(member + "s") instanceof List<?> ids
        ? ids.stream().map(String::valueOf)
        : Stream.of();
  }

  private static String workGroupOf(Clients clients, Scope scope, String id) {
    try {
      return clients
          .get(AthenaClient.class, scope)
          .getQueryExecution(b -> b.queryExecutionId(id))
          .queryExecution()
          .workGroup();
    } catch (InvalidRequestException _) {
      return PRIMARY;
    }
  }

  private static String workGroupOfNamed(Clients clients, Scope scope, String id) {
    try {
      return clients
          .get(AthenaClient.class, scope)
          .getNamedQuery(b -> b.namedQueryId(id))
          .namedQuery()
          .workGroup();
    } catch (InvalidRequestException _) {
      return PRIMARY;
    }
  }
}
