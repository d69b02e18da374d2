package dev.polder.appsync.transform;

import graphql.language.SDLDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schema in the making: it begins as the user's and every step adds to it.
final class Draft {
  final Map<String, DraftType> types = new LinkedHashMap<>();

  /// Definitions that no step changes: scalars and unions.
  final List<SDLDefinition<?>> others = new ArrayList<>();

  @Nullable DraftType type(@Nullable String name) {
    return name == null ? null : types.get(name);
  }

  boolean has(String name) {
    return types.containsKey(name);
  }

  /// Adds a type, unless there is one of its name.
  void add(DraftType type) {
    types.putIfAbsent(type.name, type);
  }

  /// `Query`, `Mutation` or `Subscription`, made if it is not there yet.
  DraftType root(String name) {
    return types.computeIfAbsent(name, made -> new DraftType(made, DraftType.Kind.OBJECT));
  }

  boolean isEnum(String name) {
    DraftType type = types.get(name);
    return type != null && type.kind == DraftType.Kind.ENUM;
  }
}
