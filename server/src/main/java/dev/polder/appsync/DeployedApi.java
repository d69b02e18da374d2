package dev.polder.appsync;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a deployment made.
///
/// @param endpoint where the API answers
/// @param apiKey a key that it accepts; null if it accepts none
/// @param tables the names of the tables by the type that each holds
/// @param streams the ARNs of their streams by the same types
public record DeployedApi(
    String apiId,
    String name,
    URI endpoint,
    @Nullable String apiKey,
    Map<String, String> tables,
    Map<String, String> streams) {

  public DeployedApi {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
  }

  @Override
  public String toString() {
    return "DeployedApi[" + name + " at " + endpoint + "]";
  }
}
