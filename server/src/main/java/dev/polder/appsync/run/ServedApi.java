package dev.polder.appsync.run;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Model;
import dev.polder.kernel.Scope;
import java.util.Objects;

/// An API where it is deployed.
///
/// @param scope of the API, its tables and, unless the schema says otherwise, its functions
/// @param name what its owner calls it
/// @param env name of the environment; empty if there is none
public record ServedApi(
    Scope scope, String apiId, String name, String env, Api api, Limits limits) {

  /// The table of a model: `Post-<apiId>-<env>`.
  public String table(Model model) {
    return table(model.table());
  }

  /// The table that keeps the values that may be there only once; see [Model#unique].
  public String uniqueTable() {
    return table("Unique");
  }

  private String table(String first) {
    return first + "-" + apiId + (env.isEmpty() ? "" : "-" + env);
  }

  /// The model of a type.
  Model model(String type) {
    return Objects.requireNonNull(api.models().get(type), () -> "No model " + type);
  }

  /// A name with `${env}` filled in; where there is no environment the dash before it goes too, as
  /// Amplify does it.
  String named(String name) {
    return env.isEmpty()
        ? name.replace("-${env}", "").replace("${env}", "")
        : name.replace("${env}", env);
  }
}
