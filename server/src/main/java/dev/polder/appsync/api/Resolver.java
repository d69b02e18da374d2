package dev.polder.appsync.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a field gets its value.
public sealed interface Resolver {

  /// `createX(input, condition)`.
  record Create(String model) implements Resolver {}

  /// `updateX(input, condition)`.
  record Update(String model) implements Resolver {}

  /// `deleteX(input, condition)`.
  record Delete(String model) implements Resolver {}

  /// `getX(key fields)`.
  record Get(String model) implements Resolver {}

  /// `listXs([key arguments,] filter, limit, nextToken[, sortDirection])`.
  record ListAll(String model) implements Resolver {}

  /// `syncXs(filter, limit, nextToken, lastSync)` of a model that resolves conflicts.
  record Sync(String model) implements Resolver {}

  /// A query field over an index.
  record QueryIndex(String model, String index) implements Resolver {}

  /// A connection to many: a query on the children's index, or on their table where `index` is
  /// null.
  ///
  /// @param from fields of the parent whose values are the key's: the first the partition's, the
  ///   others the first fields of the sort key
  /// @param paged true if the field answers `{items, nextToken}` with arguments, false for a plain
  ///   list (first generation)
  /// @param limit how many items a page holds unless its `limit` says otherwise
  record Children(String model, @Nullable String index, List<String> from, boolean paged, int limit)
      implements Resolver {
    public Children {
      from = List.copyOf(from);
    }

    /// Pages of 100.
    public Children(String model, @Nullable String index, List<String> from, boolean paged) {
      this(model, index, from, paged, 100);
    }
  }

  /// A connection to one: by the key of its table, or the first that an index finds.
  ///
  /// @param from fields of the source whose values are the key's, in its order; null in one of them
  ///   answers null
  record One(String model, @Nullable String index, List<String> from) implements Resolver {
    public One {
      from = List.copyOf(from);
    }
  }

  /// `@function`, one or several in a row: each sees what the one before answered.
  record Functions(List<FunctionCall> calls) implements Resolver {
    public Functions {
      calls = List.copyOf(calls);
    }
  }

  /// A function that gets the whole context of the field, as a data source of the management API
  /// without templates has it.
  ///
  /// @param function its ARN
  record Direct(String function) implements Resolver {}

  /// `@http`: what another host answers.
  ///
  /// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
  /// @param origin scheme, host and port, with `${env}` still in it where the schema says so
  /// @param path with `:name` for the members of the argument `params`
  /// @param headers that are sent besides the caller's own
  /// @param required arguments that the query or the body must have
  record Http(
      String method, String origin, String path, List<Header> headers, List<String> required)
      implements Resolver {
    public Http {
      headers = List.copyOf(headers);
      required = List.copyOf(required);
    }
  }

  /// A header of a request.
  record Header(String key, String value) {}

  /// How many items a connection or list has under its filter; an extension of Polder.
  ///
  /// @param of the field that lists them
  record Count(Resolver of) implements Resolver {}

  /// A function to call.
  ///
  /// @param name with `${env}` still in it where the schema says so
  /// @param region null for the API's own
  /// @param account null for the API's own
  /// @param event true for the invocation type `Event`: not awaited, answers `{success: true}`
  record FunctionCall(
      String name, @Nullable String region, @Nullable String account, boolean event) {}
}
