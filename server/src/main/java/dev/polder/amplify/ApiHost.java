package dev.polder.amplify;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where a project's API is served.
public interface ApiHost {

  /// Serves an API, or changes the one of this name and environment; its tables keep their items.
  ///
  /// @param env the project's environment, such as `dev`
  /// @throws RuntimeException if the schema is refused, with every problem and its line
  Served serve(ApiFolder api, String env);

  /// The account in which it is served, twelve digits.
  String account();

  /// An API that answers.
  ///
  /// @param endpoint takes GraphQL over HTTP
  /// @param apiKey absent where callers prove who they are in other ways only
  /// @param tables names of the models' tables, by model
  /// @param streams ARNs of the tables' streams, by model
  record Served(
      String apiId,
      URI endpoint,
      Optional<String> apiKey,
      Map<String, String> tables,
      Map<String, String> streams) {

    /// What the stack of an API puts out.
    Map<String, String> outputs() {
      Map<String, String> outputs = new LinkedHashMap<>();
      outputs.put("GraphQLAPIIdOutput", apiId);
      outputs.put("GraphQLAPIEndpointOutput", endpoint.toString());
      apiKey.ifPresent(key -> outputs.put("GraphQLAPIKeyOutput", key));
      return outputs;
    }

    /// What the nested stacks of an API export for other stacks.
    Map<String, String> exports() {
      Map<String, String> exports = new LinkedHashMap<>();
      tables.forEach((model, table) -> {
        exports.put(apiId + ":GetAtt:" + model + "Table:Name", table);
        exports.put(apiId + ":GetAtt:" + model + "DataSource:Name", model + "Table");
      });
      streams.forEach(
          (model, stream) -> exports.put(apiId + ":GetAtt:" + model + "Table:StreamArn", stream));
      exports.put(apiId + ":ApiId", apiId);
      return exports;
    }
  }
}
