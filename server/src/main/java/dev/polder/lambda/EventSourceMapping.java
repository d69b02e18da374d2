package dev.polder.lambda;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bond between a stream and the function that gets its records.
///
/// @param id a UUID
/// @param function with the qualifier that was given
/// @param source the stream's ARN
/// @param latest true if it began with what was written after it was made, false if with the oldest
///   record
/// @param created what it began after, where `latest`
/// @param modified when it was made or changed last
record EventSourceMapping(
    String id,
    FunctionName function,
    String source,
    boolean latest,
    boolean enabled,
    Batching batching,
    Instant created,
    Instant modified) {

  /// How records are put together, and what happens to those that fail.
  ///
  /// @param size records at most
  /// @param window seconds to wait for more
  /// @param retries after a failure; -1 for as long as the records are there
  /// @param maxAge seconds after which a record is dropped; -1 for never
  /// @param bisect true if a batch that fails is cut in two
  /// @param reportsItems true if the function answers which records failed
  /// @param filters patterns, of which one must match; none for all records
  /// @param onFailure the ARN of the bucket that is told of dropped records; null for none
  record Batching(
      int size,
      int window,
      int retries,
      int maxAge,
      boolean bisect,
      boolean reportsItems,
      List<String> filters,
      @Nullable String onFailure) {

    Batching {
      filters = List.copyOf(filters);
    }
  }

  EventSourceMapping with(FunctionName changed, boolean on, Batching how, Instant now) {
    return new EventSourceMapping(id, changed, source, latest, on, how, created, now);
  }

  String arn() {
    return function.scope().arn("lambda", "event-source-mapping:" + id).toString();
  }

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", function.scope().account());
    json.put("region", function.scope().region());
    json.put("name", function.name());
    json.put("qualifier", function.qualifier());
    json.put("source", source);
    json.put("latest", latest);
    json.put("enabled", enabled);
    json.put("size", batching.size());
    json.put("window", batching.window());
    json.put("retries", batching.retries());
    json.put("maxAge", batching.maxAge());
    json.put("bisect", batching.bisect());
    json.put("reportsItems", batching.reportsItems());
    json.put("filters", batching.filters());
    json.put("onFailure", batching.onFailure());
    json.put("created", created.toString());
    json.put("modified", modified.toString());
    return JsonObject.bytes(json);
  }

  static EventSourceMapping of(String id, byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new EventSourceMapping(
        id,
        new FunctionName(
            new Scope(json.text("account"), json.text("region")),
            json.text("name"),
            json.optionalText("qualifier")),
        json.text("source"),
        json.flag("latest"),
        json.flag("enabled"),
        new Batching(
            json.whole("size"),
            json.whole("window"),
            json.whole("retries"),
            json.whole("maxAge"),
            json.flag("bisect"),
            json.flag("reportsItems"),
            json.list("filters"),
            json.optionalText("onFailure")),
        json.instant("created"),
        json.instant("modified"));
  }

  /// How far a mapping has come, as it is on disk: what is behind it has been dealt with for good.
  ///
  /// @param shard null before the first
  /// @param after sequence number of the last record of the shard that is done; null before the
  ///   first
  /// @param parts what follows and has been tried before, in order; each must be tried as it is
  /// @param result of the last batch, as the API shows it
  record Progress(@Nullable String shard, @Nullable String after, List<Part> parts, String result) {
    static final Progress NONE = new Progress(null, null, List.of(), "No records processed");

    /// Records up to and with one that go together.
    ///
    /// @param failures how often they have failed together
    record Part(String last, int failures) {}

    Progress {
      parts = List.copyOf(parts);
    }

    /// Everything up to and with a record is done.
    Progress done(String last, String outcome) {
      List<Part> rest = new ArrayList<>(parts);
      if (!rest.isEmpty() && rest.getFirst().last().equals(last)) {
        rest.removeFirst();
      }
      return new Progress(shard, last, rest, outcome);
    }

    /// Everything up to and with a record is done, within what is next.
    Progress reaching(String last) {
      return new Progress(shard, last, parts, result);
    }

    /// What is next is to be tried as these parts.
    Progress retrying(List<Part> first, String outcome) {
      List<Part> all = new ArrayList<>(first);
      if (!parts.isEmpty()) {
        all.addAll(parts.subList(1, parts.size()));
      }
      return new Progress(shard, after, all, outcome);
    }

    Progress at(String next) {
      return new Progress(next, null, List.of(), result);
    }

    byte[] bytes() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("shard", shard);
      json.put("after", after);
      List<Map<String, Object>> all = new ArrayList<>();
      for (Part part : parts) {
        all.add(Map.of("last", part.last(), "failures", part.failures()));
      }
      json.put("parts", all);
      json.put("result", result);
      return JsonObject.bytes(json);
    }

    static Progress of(byte @Nullable [] bytes) {
      if (bytes == null) {
        return NONE;
      }
      JsonObject json = JsonObject.of(bytes);
      List<Part> parts =
          json.objects("parts").stream()
              .map(each -> new Part(each.text("last"), each.whole("failures")))
              .toList();
      return new Progress(
          json.optionalText("shard"), json.optionalText("after"), parts, json.text("result"));
    }
  }
}
