package dev.polder.amplify;

import dev.polder.cloudformation.Deployment;
import dev.polder.cloudformation.DeploymentException;
import dev.polder.kernel.Folders;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings the functions and layers of a project to CloudFormation, each as a stack of its own, once
/// everything is there that its parameters name. One that needs what is not served is left out.
final class FunctionsDeployment {
  private static final Pattern FUNCTION =
      Pattern.compile("@function\\s*\\(\\s*name\\s*:\\s*\"([^\"]+)\"\\s*(?:,[^)]*)?\\)");

  private final AmplifyProject project;
  private final String env;
  private final ApiHost.Served api;
  private final Map<String, Map<String, String>> outputs;
  private final Deployment stacks;
  private final PrintStream out;
  private final Set<String> unserved;

  /// @param outputs of the parts of the project that are there, by category and name; those of the
  ///   functions are added
  FunctionsDeployment(
      AmplifyProject project,
      String env,
      ApiHost.Served api,
      Map<String, Map<String, String>> outputs,
      Deployment stacks,
      PrintStream out) {
    this.project = project;
    this.env = env;
    this.api = api;
    this.outputs = outputs;
    this.stacks = stacks;
    this.out = out;
    this.unserved = new HashSet<>();
    project.unserved().forEach(each -> unserved.add(each.replace(" ", "")));
    // Of a user pool some things are here and others are not.
    project.auth().forEach(each -> unserved.add("auth" + each.name()));
  }

  /// Deploys what changed since the last time.
  ///
  /// @throws ProjectException if parts of the project do not fit each other, or a template is
  ///   refused
  void run() {
    List<FunctionFolder> open = new ArrayList<>(project.functions());
    while (!open.isEmpty()) {
      FunctionFolder next = next(open);
      open.remove(next);
      Optional<Reference> missing = missing(next);
      if (missing.isPresent()) {
        out.println("Left out: function " + next.name() + ", which needs " + missing.get());
        unserved.add("function" + next.name());
      } else {
        Packages.hint(next).ifPresent(out::println);
        deploy(next);
      }
    }
    tellUnknown();
  }

  /// A name that is mistyped is found when it is called, and then late.
  private void tellUnknown() {
    Set<String> known =
        outputs.values().stream()
            .flatMap(each -> Optional.ofNullable(each.get("Name")).stream())
            .collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    Matcher use = FUNCTION.matcher(project.api().schema().replaceAll("(?m)#.*$", ""));
    while (use.find()) {
      unknown.add(use.group(1).replace("${env}", env));
    }
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      out.println("The schema names functions that are not here: " + String.join(", ", unknown));
    }
  }

  /// One that has all that it needs, or else one that will never have it.
  private FunctionFolder next(List<FunctionFolder> open) {
    return open.stream()
        .filter(function -> missing(function).isEmpty())
        .findFirst()
        .or(() ->
            open.stream()
                .filter(each -> missing(each).filter(r -> unserved.contains(r.part())).isPresent())
                .findFirst())
        .orElseThrow(() -> {
          FunctionFolder first = open.getFirst();
          return new ProjectException(
              "Cannot find "
                  + missing(first).map(Reference::toString).orElse("")
                  + ", which the parameters of the function "
                  + first.name()
                  + " name; there are "
                  + outputs.keySet());
        });
  }

  private Optional<Reference> missing(FunctionFolder function) {
    return function.references().filter(reference -> reference.in(outputs) == null).findFirst();
  }

  private void deploy(FunctionFolder function) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("polder-function");
      Path file = folder.resolve("template.json");
      Path code = LayerContent.one(function.code(), folder);
      var template = new FunctionTemplate(function, parameters(function), api.exports());
      Files.writeString(file, Json.write(template.ready(code)));
      Deployment.Deployed deployed = stacks.deploy(file, stackName(function), template.declared());
      if (deployed.changed()) {
        out.println("Deployed function " + function.name());
      }
      outputs.put("function" + function.name(), deployed.outputs());
    } catch (DeploymentException e) {
      // The user has the template, not the file that was made of it.
      String message = String.valueOf(e.getMessage()).replace(folder + "/template.json: ", "");
      throw new ProjectException(function.templateFile() + ": " + message, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(folder);
    }
  }

  private static void remove(@Nullable Path folder) {
    try {
      if (folder != null) {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String stackName(FunctionFolder function) {
    return String.join("-", "amplify", project.name(), env, function.name())
        .replaceAll("[^A-Za-z0-9-]", "-");
  }

  private Map<String, String> parameters(FunctionFolder function) {
    Map<String, Object> all = new LinkedHashMap<>(function.parameters());
    all.putAll(function.environments().getOrDefault(env, Map.of()));
    Map<String, String> parameters = new LinkedHashMap<>();
    all.forEach((name, value) ->
        parameters.put(
            name,
            Reference.of(value)
                .map(reference -> String.valueOf(reference.in(outputs)))
                .orElseGet(() -> text(value))));
    // The CLI fills in the place of the code; here the template gets the place itself.
    parameters.put("deploymentBucketName", "local");
    parameters.put("s3Key", "local");
    parameters.put("env", env);
    return parameters;
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
      default -> Json.write(value);
    };
  }
}
