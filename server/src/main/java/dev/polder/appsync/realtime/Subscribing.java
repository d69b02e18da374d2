package dev.polder.appsync.realtime;

import dev.polder.appsync.run.Request;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What subscriptions need of the API that they are on.
public interface Subscribing {

  /// Checks a subscription against the schema and the caller's rights.
  ///
  /// @throws RejectedException if it may not be opened
  Accepted accept(Request request);

  /// What a subscriber gets to see of a mutation: the answer to its document.
  ///
  /// @param selected what the mutation answered, by the names of the fields
  /// @return an object with `data`, and `errors` where there are any
  Map<String, @Nullable Object> answer(Request request, Map<String, @Nullable Object> selected);

  /// The subscription fields that a mutation feeds, as `@aws_subscribe` says.
  List<String> fedBy(String mutation);

  /// A subscription that may be opened.
  ///
  /// @param field of the type `Subscription`
  /// @param equal the arguments that a mutation's answer must equal
  /// @param filters filters that it must pass, all of them
  record Accepted(
      String field, Map<String, @Nullable Object> equal, List<Map<String, Object>> filters) {
    public Accepted {
      equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
      filters = List.copyOf(filters);
    }
  }
}
