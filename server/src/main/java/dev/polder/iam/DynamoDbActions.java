package dev.polder.iam;

import dev.polder.iam.RequestedActions.Requested;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The actions of DynamoDB: on tables and indexes; a transaction asks for what its parts ask for,
/// and a statement for what its first word does.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
final class DynamoDbActions {
  private static final Set<String> READS_INDEXES = Set.of("Query", "Scan");
  private static final Set<String> STATEMENTS =
      Set.of("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction");

  // The name behind the word that a table follows: plain or quoted, and perhaps an index.
  private static final Pattern TABLE =
      Pattern.compile(
          "(?is)\\b(?:from|into|update)\\s+(?:\"([^\"]+)\"|([\\w.-]+?))(?:\\.\"([^\"]+)\")?(?=\\s|$|;)");

  private DynamoDbActions() {}

  static List<Requested> of(Scope scope, String operation, Map<String, @Nullable Object> members) {
    String action = "dynamodb:" + operation;
    if (STATEMENTS.contains(operation)) {
      return statements(scope, members);
    }
    if (members.get("RequestItems") instanceof Map<?, ?> tables) {
      return tables.entrySet().stream()
          .map(table ->
              new Requested(
                  action,
                  table(scope, String.valueOf(table.getKey())),
                  Map.of("RequestItems", table.getValue())))
          .toList();
    }
    if (members.get("TransactItems") instanceof List<?> items) {
      return transaction(scope, items);
    }
    if (operation.equals("ListBackups")) {
      return List.of(new Requested(action, "*", members));
    }
    Object table = table(members);
    if (members.get("ShardIterator") instanceof String iterator) {
      return List.of(new Requested(action, iterator.split("\\|", 2)[0], members));
    }
    if (operation.equals("ListStreams")) {
      String streams = table == null ? "*" : table(scope, table.toString()) + "/stream/*";
      return List.of(new Requested(action, streams, members));
    }
    if (table == null) {
      String arn =
          RequestedActions.given(members, List.of("ResourceArn", "StreamArn", "BackupArn"));
      return List.of(new Requested(action, arn, members));
    }
    String arn = table(scope, String.valueOf(table));
    boolean index = members.get("IndexName") != null && READS_INDEXES.contains(operation);
    return List.of(
        new Requested(action, index ? arn + "/index/" + members.get("IndexName") : arn, members));
  }

  private static List<Requested> transaction(Scope scope, List<?> items) {
    List<Requested> requested = new ArrayList<>();
    for (Object item : items) {
      if (item instanceof Map<?, ?> map) {
        map.forEach((kind, part) -> {
          if (part instanceof Map<?, ?> request && request.get("TableName") != null) {
            String verb = "ConditionCheck".equals(kind) ? "ConditionCheckItem" : kind + "Item";
            String arn = table(scope, String.valueOf(request.get("TableName")));
            requested.add(new Requested("dynamodb:" + verb, arn, request));
          }
        });
      }
    }
    return requested;
  }

  private static List<Requested> statements(Scope scope, Map<String, @Nullable Object> members) {
    List<Requested> requested = new ArrayList<>();
    if (members.get("Statement") instanceof String statement) {
      requested.add(statement(scope, statement, members));
    }
    for (String list : List.of("Statements", "TransactStatements")) {
      if (members.get(list) instanceof List<?> all) {
        for (Object each : all) {
          if (each instanceof Map<?, ?> map && map.get("Statement") instanceof String statement) {
            requested.add(statement(scope, statement, map));
          }
        }
      }
    }
    return requested;
  }

  private static Requested statement(Scope scope, String statement, Map<?, ?> part) {
    String verb = statement.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    String action =
        switch (verb) {
          case "insert" -> "dynamodb:PartiQLInsert";
          case "update" -> "dynamodb:PartiQLUpdate";
          case "delete" -> "dynamodb:PartiQLDelete";
          default -> "dynamodb:PartiQLSelect";
        };
    Matcher names = TABLE.matcher(statement);
    if (!names.find()) {
      return new Requested(action, "*", part);
    }
    String arn = table(scope, names.group(1) == null ? names.group(2) : names.group(1));
    return new Requested(
        action, names.group(3) == null ? arn : arn + "/index/" + names.group(3), part);
  }

  /// The name or the ARN of the table that a request is about; null where there is none.
  private static @Nullable Object table(Map<String, @Nullable Object> members) {
    for (String name : List.of("TableName", "TableArn", "SourceTableName", "SourceTableArn")) {
      if (members.get(name) != null) {
        return members.get(name);
      }
    }
    return null;
  }

  private static String table(Scope scope, String name) {
    return name.startsWith("arn:") ? name : scope.arn("dynamodb", "table/" + name).toString();
  }
}
