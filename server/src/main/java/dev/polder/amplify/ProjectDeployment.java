package dev.polder.amplify;

import dev.polder.cloudformation.Deployment;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Brings a project to the services of this process: the API first, then each function as a stack
/// of its own, once everything is there that its parameters name.
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
    this.stacks = new Deployment(stacks, s3, bucket, out);
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
    List<FunctionFolder> open = new ArrayList<>(project.functions());
    while (!open.isEmpty()) {
      FunctionFolder next = ready(open, outputs);
      open.remove(next);
      var parameters = parameters(next, env, outputs);
      outputs.put(
          "function" + next.name(),
          deploy(
              stackName(project, env, next),
              new FunctionTemplate(next, parameters, api.exports())));
    }
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

  private static String stackName(AmplifyProject project, String env, FunctionFolder function) {
    return String.join("-", "amplify", project.name(), env, function.name())
        .replaceAll("[^A-Za-z0-9-]", "-");
  }

  private Map<String, String> deploy(String stack, FunctionTemplate template) {
    Path file = null;
    try {
      file = Files.createTempFile("polder-function", ".json");
      Files.writeString(file, Json.write(template.ready()));
      return stacks.deploy(file, stack, template.declared()).outputs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }

  private static FunctionFolder ready(
      List<FunctionFolder> open, Map<String, Map<String, String>> outputs) {
    for (FunctionFolder function : open) {
      if (missing(function, outputs).isEmpty()) {
        return function;
      }
    }
    throw new ProjectException(
        "Cannot find "
            + missing(open.getFirst(), outputs).orElse("")
            + ", which the parameters of the function "
            + open.getFirst().name()
            + " name; there are "
            + outputs.keySet());
  }

  private static Optional<String> missing(
      FunctionFolder function, Map<String, Map<String, String>> outputs) {
    return function
        .references()
        .filter(reference -> reference.in(outputs) == null)
        .map(Reference::toString)
        .findFirst();
  }

  private static Map<String, String> parameters(
      FunctionFolder function, String env, Map<String, Map<String, String>> outputs) {
    Map<String, String> parameters = new LinkedHashMap<>();
    // The CLI fills in the place of the code; here the template gets the place itself.
    parameters.put("deploymentBucketName", "local");
    parameters.put("s3Key", "local");
    function
        .parameters()
        .forEach((name, value) ->
            parameters.put(
                name,
                Reference.of(value)
                    .map(reference -> String.valueOf(reference.in(outputs)))
                    .orElseGet(() -> value instanceof String s ? s : Json.write(value))));
    parameters.put("env", env);
    return parameters;
  }
}
