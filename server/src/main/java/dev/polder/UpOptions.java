package dev.polder;

import dev.polder.kernel.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the command line of `polder up` says of a template.
///
/// @param endpoint of the server
/// @param stack the stack's name; by default that of the template's folder
record UpOptions(
    Path template, URI endpoint, String stack, Scope scope, Map<String, String> parameters) {
  private static final Set<String> FLAGS = Set.of("--endpoint", "--stack", "--account", "--region");

  static UpOptions parse(List<String> arguments, Map<String, String> environment) {
    String path = null;
    Map<String, String> flags = new HashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        path = argument;
      } else if (i + 1 == arguments.size()) {
        throw new Main.UsageException("Expected a value behind " + argument);
      } else if (argument.equals("--parameter")) {
        parameter(arguments.get(++i), parameters);
      } else if (FLAGS.contains(argument)) {
        flags.put(argument, arguments.get(++i));
      } else {
        throw new Main.UsageException("Unknown flag of polder up for a template: " + argument);
      }
    }
    if (path == null) {
      throw new Main.UsageException("Expected polder up PATH: a template, or a folder with one");
    }
    return of(Path.of(path).toAbsolutePath().normalize(), flags, parameters, environment);
  }

  private static UpOptions of(
      Path template,
      Map<String, String> flags,
      Map<String, String> parameters,
      Map<String, String> environment) {
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
    // Older clients know the second alone; where both are set the newer ones take the first.
    String region =
        environment.getOrDefault(
            "AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", Scope.DEFAULT.region()));
    String stack = flags.get("--stack");
    return new UpOptions(
        template,
        uri(flags.getOrDefault("--endpoint", endpoint)),
        stack == null ? nameOf(template) : stack,
        scope(
            flags.getOrDefault("--account", Scope.DEFAULT.account()),
            flags.getOrDefault("--region", region)),
        parameters);
  }

  private static void parameter(String text, Map<String, String> parameters) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new Main.UsageException("Expected --parameter Name=Value but was " + text);
    }
    parameters.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static Scope scope(String account, String region) {
    try {
      return new Scope(account, region);
    } catch (IllegalArgumentException e) {
      throw new Main.UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static URI uri(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new Main.UsageException("Expected --endpoint to be a URL but was " + endpoint);
    }
    throw new Main.UsageException("Expected --endpoint to be a URL but was " + endpoint);
  }

  private static String nameOf(Path template) {
    Path folder = template.toFile().isDirectory() ? template : template.getParent();
    String name = String.valueOf(folder == null ? null : folder.getFileName());
    String clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    return clean.matches("[a-z].*") ? clean : "stack-" + clean;
  }
}
