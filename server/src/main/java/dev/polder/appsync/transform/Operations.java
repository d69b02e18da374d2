package dev.polder.appsync.transform;

import graphql.language.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `@model` says: the names of the operations that a model gets.
///
/// @param get null for none, as all of them
/// @param onCreate the subscriptions to `create`; empty for none, as all of them
/// @param authorised false where the schema says `level: public`: whoever may call the API may
///   subscribe
/// @param protectsSubscribers true where the schema says `level: on`, or nothing
/// @param createdAt the field for the time of creation
/// @param updatedAt the field for the time of the last change
public record Operations(
    @Nullable String get,
    @Nullable String list,
    @Nullable String sync,
    @Nullable String create,
    @Nullable String update,
    @Nullable String delete,
    List<String> onCreate,
    List<String> onUpdate,
    List<String> onDelete,
    boolean authorised,
    boolean protectsSubscribers,
    @Nullable String createdAt,
    @Nullable String updatedAt) {

  /// The operations of a type, by its name and the arguments of `@model`.
  ///
  /// @param sync true if the model resolves conflicts
  /// @param merged true if what a group of arguments leaves out keeps its default, false if naming
  ///   one operation of a group leaves out the others
  public static Operations of(String type, Directive model, boolean sync, boolean merged) {
    Map<String, @Nullable Object> given = Directives.arguments(model);
    String many = Plural.of(type);
    Group queries = new Group(given, "queries", merged);
    Group mutations = new Group(given, "mutations", merged);
    Group subscriptions = new Group(given, "subscriptions", merged);
    Group timestamps = new Group(given, "timestamps", true);
    String level = subscriptions.name("level", "on");
    boolean off = level == null || level.equals("off");
    return new Operations(
        queries.name("get", Words.camel("get", type)),
        queries.name("list", Words.camel("list", many)),
        sync ? queries.name("sync", Words.camel("sync", many)) : null,
        mutations.name("create", Words.camel("create", type)),
        mutations.name("update", Words.camel("update", type)),
        mutations.name("delete", Words.camel("delete", type)),
        off ? List.of() : subscriptions.names("onCreate", type),
        off ? List.of() : subscriptions.names("onUpdate", type),
        off ? List.of() : subscriptions.names("onDelete", type),
        !"public".equals(level),
        "on".equals(level),
        timestamps.name("createdAt", "createdAt"),
        timestamps.name("updatedAt", "updatedAt"));
  }

  /// The names of the timestamps that the model has.
  List<String> timestamps() {
    List<String> names = new ArrayList<>();
    if (createdAt != null) {
      names.add(createdAt);
    }
    if (updatedAt != null) {
      names.add(updatedAt);
    }
    return names;
  }

  /// The subscriptions, each with the mutations that feed it.
  public Map<String, List<String>> subscriptions() {
    Map<String, List<String>> feeds = new LinkedHashMap<>();
    feed(feeds, onCreate, create);
    feed(feeds, onUpdate, update);
    feed(feeds, onDelete, delete);
    return feeds;
  }

  private static void feed(
      Map<String, List<String>> feeds, List<String> names, @Nullable String mutation) {
    if (mutation != null) {
      for (String name : names) {
        feeds.computeIfAbsent(name, unused -> new ArrayList<>()).add(mutation);
      }
    }
  }

  /// One argument of `@model`, an object that may be null as a whole or in parts.
  private static final class Group {
    private final boolean none;
    private final boolean merged;
    private final Map<?, ?> given;

    Group(Map<String, @Nullable Object> arguments, String name, boolean merged) {
      this.none = arguments.containsKey(name) && arguments.get(name) == null;
      this.given = arguments.get(name) instanceof Map<?, ?> map ? map : Map.of();
      this.merged = merged || !arguments.containsKey(name);
    }

    @Nullable String name(String key, String standard) {
      if (none) {
        return null;
      }
      if (given.containsKey(key)) {
        return given.get(key) instanceof String text && !text.isEmpty() ? text : null;
      }
      return merged || key.equals("level") ? standard : null;
    }

    List<String> names(String key, String type) {
      String standard = Words.subscription(Words.camel(key, type));
      if (none) {
        return List.of();
      }
      if (!given.containsKey(key) || !merged && onlyLevel()) {
        return merged || onlyLevel() ? List.of(standard) : List.of();
      }
      return switch (given.get(key)) {
        case String text -> List.of(text);
        case List<?> list when list.isEmpty() && merged -> List.of(standard);
        case List<?> list -> list.stream().map(String::valueOf).toList();
        case null, default -> List.of();
      };
    }

    private boolean onlyLevel() {
      return "public".equals(given.get("level"))
          && Stream.of("onCreate", "onUpdate", "onDelete").allMatch(key -> given.get(key) == null);
    }
  }
}
