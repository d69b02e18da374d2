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
public record DeployedApi(
    String apiId, String name, URI endpoint, @Nullable String apiKey, Map<String, String> tables) {

  public DeployedApi {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  @Override
  public String toString() {
    return "DeployedApi[" + name + " at " + endpoint + "]";
  }
}
