package dev.polder.amplify;

import dev.polder.cloudformation.Deployment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Brings a project to the services of this process: the API first, then its functions.
public final class ProjectDeployment {
  private final ApiHost apis;
  private final KnownPools pools;
  private final Deployment stacks;
  private final PrintStream out;

  /// @param pools that can stand for a project's user pool
  /// @param bucket where code goes; made where it is missing
  /// @param out told what happens
  public ProjectDeployment(
      ApiHost apis,
      KnownPools pools,
      CloudFormationClient stacks,
      S3Client s3,
      String bucket,
      PrintStream out) {
    this.apis = apis;
    this.pools = pools;
    // What happens to each resource of a function is nothing that the project's author wrote.
    this.stacks =
        new Deployment(stacks, s3, bucket, new PrintStream(OutputStream.nullOutputStream()));
    this.out = out;
  }

  /// Deploys what changed since the last time.
  ///
  /// @param env the environment, such as `dev`
  /// @throws ProjectException if parts of the project do not fit each other
  /// @throws RuntimeException if the schema or a template is refused, saying why
  public ApiHost.Served deploy(AmplifyProject project, String env) {
    Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
    ApiFolder folder = withUserPool(project, env, outputs);
    ApiHost.Served api = apis.serve(folder, env);
    out.println("Serving the API " + project.api().name() + " with " + tables(api));
    outputs.put("api" + project.api().name(), api.outputs());
    if (!project.unserved().isEmpty()) {
      out.println("Left out: " + String.join(", ", project.unserved()));
    }
    new FunctionsDeployment(project, env, api, outputs, stacks, out).run();
    return api;
  }

  /// The API with the user pool that stands for the project's, whose outputs functions can have.
  /// Nothing is asked of the settings where nobody needs one.
  private ApiFolder withUserPool(
      AmplifyProject project, String env, Map<String, Map<String, String>> outputs) {
    ApiFolder api = project.api();
    List<AuthFolder> folders = project.auth().stream().filter(AuthFolder::hasPool).toList();
    Set<String> parts =
        folders.stream().map(each -> "auth" + each.name()).collect(Collectors.toSet());
    Optional<String> asker =
        api.usesUserPool()
            ? Optional.of("The API " + api.name())
            : project.functions().stream()
                .filter(function -> function.references().anyMatch(r -> parts.contains(r.part())))
                .map(function -> "The function " + function.name())
                .findFirst();
    if (asker.isEmpty()) {
      tellUnserved(project, "nothing here uses a user pool");
      return api;
    }
    String named =
        folders.stream()
            .flatMap(each -> Optional.ofNullable(each.poolIds().get(env)).stream())
            .findFirst()
            .orElse(api.userPool());
    String pool = pools.choose(named, asker.get());
    folders.forEach(
        each -> outputs.put("auth" + each.name(), AuthFolder.outputs(pool, apis.account())));
    tellUnserved(project, "the user pool is " + pool);
    return api.usesUserPool() ? api.withUserPool(pool) : api;
  }

  private void tellUnserved(AmplifyProject project, String what) {
    if (!project.auth().isEmpty()) {
      out.println(
          "Authentication: "
              + what
              + "; left out: "
              + project.auth().stream()
                  .flatMap(each -> each.unserved().stream())
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String tables(ApiHost.Served api) {
    int count = api.tables().size();
    return count == 1 ? "1 table" : count + " tables";
  }
}
