package dev.polder.appsync.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One GraphQL request of a caller who is known.
///
/// @param query the document
/// @param operationName which of its operations to run; null where it has only one
/// @param variables in [dev.polder.kernel.Json] form
/// @param headers of HTTP, names in lower case, as functions and resolvers see them
/// @param strict true to answer as the GraphQL-over-HTTP specification says, false as AppSync does
public record Request(
    String query,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables,
    Map<String, String> headers,
    Identity identity,
    boolean strict) {

  public Request {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
