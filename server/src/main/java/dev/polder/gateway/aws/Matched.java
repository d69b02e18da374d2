package dev.polder.gateway.aws;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.http.HttpRequest;
import java.util.List;
import java.util.Map;

/// A request whose operation is known.
///
/// @param path the variables of a REST operation's path, decoded
/// @param parameters of the query string; of the form, for the Query protocol
/// @param body whole
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record Matched(
    HttpRequest request,
    Operation operation,
    Map<String, String> path,
    Map<String, List<String>> parameters,
    byte[] body) {

  public Matched {
    path = Map.copyOf(path);
  }
}
