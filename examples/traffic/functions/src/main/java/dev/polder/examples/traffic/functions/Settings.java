package dev.polder.examples.traffic.functions;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function's configuration: its environment variables, as {@code template.yaml} sets them. */
final class Settings {
  private final UnaryOperator<@Nullable String> variables;

  Settings(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  static Settings environment() {
    return new Settings(System::getenv);
  }

  String text(String name) {
    String value = variables.apply(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("Expected the environment variable " + name + " to be set");
    }
    return value;
  }

  int number(String name, int min, int max) {
    String value = text(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "Expected " + name + " to be a whole number but was " + value, e);
    }
    throw new IllegalStateException(
        "Expected " + name + " from " + min + " to " + max + " but was " + value);
  }

  /** How many days before the one on which a run is due it fills. */
  int lookbackDays() {
    return number("LOOKBACK_DAYS", 1, 366);
  }

  /** Athena writes at most 100 partitions with one INSERT. */
  int maxPartitionsPerQuery() {
    return number("MAX_PARTITIONS_PER_QUERY", 1, 100);
  }

  Duration lateness() {
    return Duration.ofHours(number("LATENESS_HOURS", 1, 24 * 31));
  }
}
