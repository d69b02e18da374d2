package dev.polder;

import dev.polder.config.Config;
import dev.polder.config.ConfigException;
import dev.polder.config.LogLines;
import dev.polder.config.Setting;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The command line of the server.
public final class Main {
  private static final int USAGE = 2;
  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] args) {
    String verb = args.length == 0 ? "help" : args[0];
    List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    try {
      switch (verb) {
        case "start" -> start(rest);
        case "train" -> Training.services(Config.of(rest, System.getenv()));
        case "train-graphql" -> Training.graphql(Config.of(rest, System.getenv()));
        case "up" -> {
          if (ProjectCommand.isProject(rest)) {
            ProjectCommand.up(rest, System.out);
          } else {
            UpCommand.run(rest, System.out);
          }
        }
        case "serve-schema" -> ProjectCommand.serveSchema(rest, System.out);
        case "runtimes" -> RuntimesCommand.run(rest, System.out);
        case "version" -> System.out.println("Polder " + version());
        case "help", "--help", "-h" -> help(System.out);
        default -> throw new UsageException("Unknown command '" + verb + "'; see polder help");
      }
    } catch (ConfigException | UsageException e) {
      fail(e, USAGE);
    } catch (RuntimeException e) {
      fail(e, FAILED);
    }
  }

  private static void fail(RuntimeException e, int status) {
    System.err.println("polder: " + words(e));
    if (Boolean.getBoolean("polder.trace")) {
      e.printStackTrace();
    }
    System.exit(status);
  }

  /// What went wrong, in words for people: the JDK's exceptions of files tell no more than a path.
  private static String words(RuntimeException e) {
    return switch (e.getCause()) {
      case NoSuchFileException file when e instanceof UncheckedIOException ->
          "There is no " + file.getFile();
      case AccessDeniedException file when e instanceof UncheckedIOException ->
          "Access to " + file.getFile() + " is denied";
      case FileSystemException file when e instanceof UncheckedIOException ->
          "Cannot use " + file.getFile() + ": " + file.getReason();
      case null, default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  private static void start(List<String> flags) {
    Config config = Config.of(flags, System.getenv());
    LogLines.install(config);
    System.out.println("Polder " + version());
    config.lines().forEach(line -> System.out.println("  " + line));
    App app = App.start(config);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  app.close();
                  stopped.countDown();
                }));
    app.secureEndpoint().ifPresent(uri -> System.out.println("secure " + uri));
    System.out.println("ready " + app.endpoint());
    System.out.flush();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void help(PrintStream out) {
    out.println(
        "Settings of polder start, as flags; also POLDER_NAME in the environment, and lines");
    out.println("of a file (polder.properties, or the one that --config names):");
    for (Setting setting : Setting.values()) {
      out.printf(
          "  --%-16s %s (default: %s)%n",
          setting.key(),
          setting.meaning(),
          setting.fallback().isEmpty() ? "none" : setting.fallback());
    }
  }

  /// The version of this build.
  static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /// A command line that cannot be understood.
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
