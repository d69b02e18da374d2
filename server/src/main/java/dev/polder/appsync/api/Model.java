package dev.polder.appsync.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type with `@model`: a table of its own, one item an object.
///
/// @param type name in the schema
/// @param table first part of the table's name, which is `<table>-<apiId>-<env>`; another than the
///   type where `@mapsTo` says so
/// @param key the primary key; `id` unless a directive says otherwise
/// @param indexes in the order of the schema
/// @param fields the stored ones, by name, timestamps and generated foreign keys included
/// @param createdAt the field for the time of creation; null if there is none
/// @param updatedAt the field for the time of the last change; null if there is none
/// @param versioning for `@versioned` (first generation); null where changes are not counted
/// @param unique the fields whose values no two objects may share; an extension of Polder
/// @param cascades what goes with an object that is deleted; an extension of Polder
/// @param synced true if writes that meet are resolved: objects carry `_version`, `_deleted` and
///   `_lastChangedAt`, and what was deleted is kept for those who catch up
public record Model(
    String type,
    String table,
    TableKey key,
    List<TableIndex> indexes,
    Map<String, ModelField> fields,
    @Nullable String createdAt,
    @Nullable String updatedAt,
    @Nullable Versioning versioning,
    List<String> unique,
    List<Cascade> cascades,
    boolean synced) {

  public Model {
    indexes = List.copyOf(indexes);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    unique = List.copyOf(unique);
    cascades = List.copyOf(cascades);
  }

  /// A model that does not resolve conflicts.
  public Model(
      String type,
      String table,
      TableKey key,
      List<TableIndex> indexes,
      Map<String, ModelField> fields,
      @Nullable String createdAt,
      @Nullable String updatedAt,
      @Nullable Versioning versioning,
      List<String> unique,
      List<Cascade> cascades) {
    this(
        type,
        table,
        key,
        indexes,
        fields,
        createdAt,
        updatedAt,
        versioning,
        unique,
        cascades,
        false);
  }

  /// How the changes of an object are counted and guarded.
  ///
  /// @param field the one that counts them, from 1
  /// @param input the member of an input that says which count a change is based on
  public record Versioning(String field, String input) {
    /// The names that `@versioned` means unless it says others.
    public static final Versioning USUAL = new Versioning("version", "expectedVersion");
  }

  /// Children that are deleted with their parent.
  ///
  /// @param children found as the connection finds them
  public record Cascade(Resolver.Children children) {}

  /// The index of a name.
  ///
  /// @throws IllegalArgumentException if there is none
  public TableIndex index(String name) {
    return indexes.stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no index " + name));
  }
}
