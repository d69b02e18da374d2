package dev.polder;

import dev.polder.config.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `polder runtimes install NAME [PACKAGE …]`: fetches what the runtimes of Lambda provide to every
/// function, by the machine's npm or by word of what to do.
final class RuntimesCommand {
  /// Version 2 is one package.
  private static final List<String> VERSION_2 = List.of("aws-sdk@2");

  /// Of version 3 the clients of the services that Polder has, and what is used with them. Other
  /// packages can be named.
  private static final List<String> VERSION_3 =
      List.of(
          "@aws-sdk/client-appsync",
          "@aws-sdk/client-athena",
          "@aws-sdk/client-cloudformation",
          "@aws-sdk/client-cloudwatch-logs",
          "@aws-sdk/client-dynamodb",
          "@aws-sdk/client-dynamodb-streams",
          "@aws-sdk/client-glue",
          "@aws-sdk/client-iam",
          "@aws-sdk/client-lambda",
          "@aws-sdk/client-s3",
          "@aws-sdk/client-scheduler",
          "@aws-sdk/client-sfn",
          "@aws-sdk/client-sts",
          "@aws-sdk/client-xray",
          "@aws-sdk/credential-providers",
          "@aws-sdk/lib-dynamodb",
          "@aws-sdk/lib-storage",
          "@aws-sdk/s3-request-presigner",
          "@aws-sdk/util-dynamodb");

  private RuntimesCommand() {}

  /// @throws Main.UsageException for anything but `install`
  /// @throws IllegalStateException if something cannot be fetched
  static void run(List<String> arguments, PrintStream out) {
    if (arguments.size() < 2 || !arguments.getFirst().equals("install")) {
      throw new Main.UsageException(
          "Expected: polder runtimes install nodejs20.x [PACKAGE …]; nodejs is every version,"
              + " nodejs16.x and before get version 2 of the AWS SDK, later ones version 3");
    }
    String runtime = arguments.get(1);
    List<String> more = arguments.subList(2, arguments.size());
    Path modules = Config.of(List.of(), System.getenv()).runtimes();
    if (runtime.equals("nodejs")) {
      npm(modules.resolve("nodejs-sdk-2"), VERSION_2, List.of(), out);
      npm(modules.resolve("nodejs-sdk-3"), VERSION_3, more, out);
    } else if (runtime.matches("nodejs1[246](\\.x)?")) {
      npm(modules.resolve("nodejs-sdk-2"), VERSION_2, more, out);
    } else if (runtime.matches("nodejs(18|2[024])(\\.x)?")) {
      npm(modules.resolve("nodejs-sdk-3"), VERSION_3, more, out);
    } else if (runtime.startsWith("python")) {
      throw new IllegalStateException(
          "Python functions use the machine's Python: python3 -m pip install boto3");
    } else {
      throw new Main.UsageException("Nothing to install for '" + runtime + "'");
    }
  }

  private static void npm(Path folder, List<String> packages, List<String> more, PrintStream out) {
    List<String> command =
        new ArrayList<>(
            List.of("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"));
    command.add(folder.toString());
    command.addAll(packages);
    command.addAll(more);
    out.println("Installing " + String.join(" ", packages) + " into " + folder + " …");
    try {
      Files.createDirectories(folder);
      Path own = folder.resolve("package.json");
      if (!Files.exists(own)) {
        Files.writeString(own, "{\"private\": true}\n"); // else npm looks in the folders above
      }
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("npm could not install them (exit status " + status + ")");
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot run npm: install Node.js with npm, and try again (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while npm was running", e);
    }
  }
}
