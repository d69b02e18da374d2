package dev.polder.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs of this machine.
final class Commands {
  private Commands() {}

  /// Runs a program to its end.
  ///
  /// @return what it printed on both its outputs
  /// @throws IllegalStateException with that text if it fails
  static String run(List<String> command) {
    return run(command, Map.of());
  }

  static String run(List<String> command, Map<String, String> environment) {
    Outcome outcome = outcome(command, environment, Path.of(""));
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          command + " ended with " + outcome.status() + ":\n" + outcome.text());
    }
    return outcome.text();
  }

  /// How a program ended.
  ///
  /// @param text what it printed on both its outputs
  record Outcome(int status, String text) {}

  /// Runs a program to its end, whatever that is. One that takes over ten minutes is killed.
  static Outcome outcome(List<String> command, Map<String, String> environment, Path directory) {
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      Thread.ofVirtual().start(() -> killLate(process));
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void killLate(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a program is on this machine and runs.
  static boolean present(String... command) {
    try {
      return outcome(List.of(command), Map.of(), Path.of("")).status() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
