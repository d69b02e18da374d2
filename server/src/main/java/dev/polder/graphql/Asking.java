package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Json;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an HTTP request asks for.
sealed interface Asking {

  /// A request that can be read.
  record Well(String query, @Nullable String operationName, Map<String, @Nullable Object> variables)
      implements Asking {}

  /// One that cannot; see https://github.com/graphql/graphql-over-http/issues/81.
  record Refused(String type, String message) implements Asking {}

  /// Reads the parameters of GET, or the body of POST.
  static Asking read(HttpRequest request, byte[] body) {
    return request.method().equals("GET") ? parameters(request.rawQuery()) : body(body);
  }

  private static Asking body(byte[] body) {
    if (new String(body, UTF_8).isBlank()) {
      return new Refused("MalformedHttpRequestException", "Request body is empty.");
    }
    try {
      return Json.parse(body) instanceof Map<?, ?> members ? members(members) : unparsable();
    } catch (Json.Malformed e) {
      return unparsable();
    }
  }

  private static Asking parameters(String query) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        members.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    if (members.get("variables") instanceof String text) {
      try {
        members.put("variables", text.isEmpty() ? null : Json.parse(text));
      } catch (Json.Malformed e) {
        return unparsable();
      }
    }
    return members(members);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Asking members(Map<?, ?> members) {
    Object variables = members.get("variables");
    Object operation = members.get("operationName");
    Object extensions = members.get("extensions");
    boolean isWell =
        members.get("query") instanceof String query
            && !query.isBlank()
            && (variables == null || variables instanceof Map<?, ?>)
            && (operation == null || operation instanceof String)
            && (extensions == null || extensions instanceof Map<?, ?>);
    if (!isWell) {
      return unparsable();
    }
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (variables instanceof Map<?, ?> map) {
      map.forEach((name, value) -> given.put(String.valueOf(name), value));
    }
    String name = operation instanceof String text && !text.isEmpty() ? text : null;
    return new Well(String.valueOf(members.get("query")), name, given);
  }

  private static Refused unparsable() {
    return new Refused("MalformedHttpRequestException", "Unable to parse GraphQL query.");
  }

  /// True if the operation that would run is a mutation.
  static boolean isMutation(Well asked) {
    try {
      return Parser.parse(asked.query()).getDefinitionsOfType(OperationDefinition.class).stream()
          .filter(operation ->
              asked.operationName() == null || asked.operationName().equals(operation.getName()))
          .anyMatch(
              operation -> operation.getOperation() == OperationDefinition.Operation.MUTATION);
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }
}
