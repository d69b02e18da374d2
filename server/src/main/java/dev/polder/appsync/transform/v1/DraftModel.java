package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model while directives work on it.
final class DraftModel {
  private final ObjectTypeDefinition written;

  /// The fields that were generated for operations.
  final Map<Operation, String> operations = new EnumMap<>(Operation.class);

  /// The subscriptions to a mutation.
  final Map<Operation, List<String>> subscriptions = new EnumMap<>(Operation.class);

  /// Attributes that no field of the type shows: foreign keys of unnamed connections.
  final Map<String, ModelField> hidden = new LinkedHashMap<>();

  final List<TableIndex> indexes = new ArrayList<>();
  TableKey key = new TableKey("id", List.of());
  @Nullable String createdAt;
  @Nullable String updatedAt;
  Model.@Nullable Versioning versioning;

  /// How far `@auth` reaches subscriptions.
  Level level = Level.ON;

  DraftModel(ObjectTypeDefinition written) {
    this.written = written;
  }

  String type() {
    return written.getName();
  }

  /// The type as its author wrote it.
  ObjectTypeDefinition written() {
    return written;
  }

  Optional<String> operation(Operation operation) {
    return Optional.ofNullable(operations.get(operation));
  }

  Optional<TableIndex> index(String name) {
    return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
  }

  /// What `@model` generates fields for.
  enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    GET,
    LIST
  }

  /// Values of `subscriptions.level`.
  enum Level {
    OFF,
    PUBLIC,
    ON
  }
}
