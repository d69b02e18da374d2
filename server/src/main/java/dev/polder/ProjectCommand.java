package dev.polder;

import dev.polder.amplify.AmplifyProject;
import dev.polder.amplify.ApiHost;
import dev.polder.amplify.FunctionOutput;
import dev.polder.amplify.ProjectWatch;
import dev.polder.amplify.SchemaFolder;
import dev.polder.config.Config;
import dev.polder.config.LogLines;
import dev.polder.kernel.Folders;
import dev.polder.kernel.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Commands that serve a project from its folder until they are stopped.
final class ProjectCommand {
  private ProjectCommand() {}

  /// True if `polder up` is given an Amplify project folder.
  static boolean isProject(List<String> arguments) {
    Optional<Path> path = path(arguments);
    if (path.isPresent() && !Files.exists(path.get())) {
      throw new Main.UsageException("There is no file or folder " + path.get());
    }
    return path.filter(AmplifyProject::isIn).isPresent();
  }

  private static Optional<Path> path(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        return Optional.of(Path.of(argument));
      }
      i += argument.contains("=") ? 0 : 1;
    }
    return Optional.empty();
  }

  /// `polder up DIR [--env NAME] [settings of start]`: serves an Amplify project, and again
  /// whatever of it changes. What its functions print is shown.
  static void up(List<String> arguments, PrintStream out) {
    List<String> settings = new ArrayList<>(arguments);
    Path folder = path(arguments).orElseThrow();
    settings.remove(settings.indexOf(folder.toString()));
    String env = taken(settings, "--env", "dev");
    AmplifyProject project = AmplifyProject.read(folder);
    Config config = Config.of(settings, System.getenv());
    LogLines.install(config);
    App app = closedAtExit(App.start(config));
    deploy(app, project, env, out);
    out.println("ready " + app.endpoint());
    out.flush();
    var output = new FunctionOutput(logs(config.data(), Scope.DEFAULT), out);
    Thread.ofVirtual().name("function output").start(output::follow);
    watch(app, folder, env, out);
  }

  private static String taken(List<String> settings, String flag, String otherwise) {
    int at = settings.indexOf(flag);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == settings.size()) {
      throw new Main.UsageException("Expected a value behind " + flag);
    }
    settings.remove(at);
    return settings.remove(at);
  }

  private static void deploy(App app, AmplifyProject project, String env, PrintStream out) {
    ApiHost.Served api = app.deployment(Scope.DEFAULT, out).deploy(project, env);
    out.println("GraphQL endpoint  " + api.endpoint());
    app.secureEndpoint()
        .ifPresent(
            uri -> out.println("  over TLS        " + uri.resolve(api.endpoint().getRawPath())));
    api.apiKey().ifPresent(key -> out.println("API key           " + key));
  }

  private static Path logs(Path data, Scope scope) {
    return data.resolve("lambda/logs").resolve(scope.account()).resolve(scope.region());
  }

  private static void watch(App app, Path folder, String env, PrintStream out) {
    try (var watch = new ProjectWatch(folder.resolve("amplify/backend"))) {
      while (true) {
        watch.awaitChange();
        try {
          deploy(app, AmplifyProject.read(folder), env, out);
        } catch (RuntimeException e) {
          // Half-written files are part of work in progress: whatever they cause, go on serving.
          out.println("Not deployed, the last state stays: " + e.getMessage());
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// `polder serve-schema DIR`: serves a schema on a free port with nothing kept, says `READY URL`
  /// once it answers. Believes every token whoever signed it: suites make their own.
  static void serveSchema(List<String> arguments, PrintStream out) {
    if (arguments.isEmpty()) {
      throw new Main.UsageException("Expected polder serve-schema DIR");
    }
    SchemaFolder folder = SchemaFolder.read(Path.of(arguments.getFirst()));
    List<String> settings = new ArrayList<>(arguments.subList(1, arguments.size()));
    Path data = temporary();
    for (String each : List.of("--port", "0", "--data", data.toString(), "--log-level", "warn")) {
      settings.add(each);
    }
    Config config = Config.of(settings, System.getenv());
    LogLines.install(config);
    App app = closedAtExit(App.startTrusting(config), data);
    ApiHost.Served served = app.serve(folder, Scope.DEFAULT);
    out.println("READY " + served.endpoint());
    out.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("polder-schema");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static App closedAtExit(App app, Path... temporary) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  app.close();
                  for (Path folder : temporary) {
                    remove(folder);
                  }
                }));
    return app;
  }

  private static void remove(Path folder) {
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      System.err.println("polder: cannot remove " + folder + ": " + e.getMessage());
    }
  }
}
