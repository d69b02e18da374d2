package dev.polder.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/// The settings as texts, each with where it came from.
final class Values {

  /// A value and its source.
  ///
  /// @param source `default`, `--flag`, a variable's name, or the file's path
  private record Value(String text, String source) {}

  private final Map<Setting, Value> values;

  private Values(Map<Setting, Value> values) {
    this.values = values;
  }

  /// Reads flags, environment and file, of which the one before wins over the one behind.
  ///
  /// @throws ConfigException for an unknown name
  static Values of(List<String> flags, Map<String, String> environment) {
    Map<String, String> given = flags(flags);
    var values = new EnumMap<Setting, Value>(Setting.class);
    for (Setting setting : Setting.values()) {
      values.put(setting, new Value(setting.fallback(), "default"));
    }
    String named = given.remove("config");
    Path file = Path.of(named == null ? "polder.properties" : named);
    if (named != null || Files.exists(file)) {
      values.putAll(file(file));
    }
    values.putAll(environment(environment));
    given.forEach(
        (key, text) -> values.put(known(key, "flag --" + key), new Value(text, "--" + key)));
    return new Values(values);
  }

  private static Map<String, String> flags(List<String> flags) {
    var given = new LinkedHashMap<String, String>();
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      if (!flag.startsWith("--")) {
        throw new ConfigException("Expected a flag such as --port but found '" + flag + "'");
      }
      int equals = flag.indexOf('=');
      if (equals > 0) {
        given.put(flag.substring(2, equals), flag.substring(equals + 1));
      } else if (i + 1 < flags.size()) {
        given.put(flag.substring(2), flags.get(++i));
      } else {
        throw new ConfigException("Expected a value behind " + flag);
      }
    }
    return given;
  }

  private static Map<Setting, Value> environment(Map<String, String> environment) {
    var values = new EnumMap<Setting, Value>(Setting.class);
    for (String name : new TreeSet<>(environment.keySet())) {
      // POLDER_HOME, POLDER_JAVA_OPTS and the like are the launcher's.
      for (Setting setting : Setting.values()) {
        String text = environment.get(name);
        if (setting.isNamedBy(name) && text != null) {
          values.putIfAbsent(setting, new Value(text, name));
        }
      }
    }
    return values;
  }

  private static Map<Setting, Value> file(Path file) {
    var properties = new Properties();
    try (Reader in = new StringReader(Files.readString(file, StandardCharsets.UTF_8))) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("Cannot read the configuration file " + file + ": " + e);
    }
    var values = new EnumMap<Setting, Value>(Setting.class);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String text = properties.getProperty(key).strip();
      values.put(known(key, "line " + key + " of " + file), new Value(text, file.toString()));
    }
    return values;
  }

  private static Setting known(String key, String where) {
    return Setting.ofKey(key)
        .orElseThrow(() -> new ConfigException("Unknown " + where + "; see polder help"));
  }

  /// The same with another value of one setting.
  Values with(Setting setting, String text, String source) {
    var changed = new EnumMap<>(values);
    changed.put(setting, new Value(text, source));
    return new Values(changed);
  }

  String text(Setting setting) {
    return value(setting).text();
  }

  String source(Setting setting) {
    return value(setting).source();
  }

  private Value value(Setting setting) {
    Value value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting.name());
    }
    return value;
  }

  String choice(Setting setting, String... choices) {
    String text = text(setting).toLowerCase(Locale.ROOT);
    return List.of(choices).contains(text) ? text : bad(setting, String.join(" or ", choices));
  }

  long number(Setting setting, long least, long most) {
    try {
      long number = Long.parseLong(text(setting));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      return bad(setting, "a whole number from " + least + " to " + most);
    }
    return bad(setting, "a whole number from " + least + " to " + most);
  }

  <T> T bad(Setting setting, String expected) {
    throw new ConfigException(
        "Expected "
            + setting.key()
            + " ("
            + source(setting)
            + ") to be "
            + expected
            + " but was '"
            + text(setting)
            + "'");
  }

  int autoOrNumber(Setting setting) {
    return text(setting).equals("auto")
        ? Runtime.getRuntime().availableProcessors()
        : (int) number(setting, 1, 1024);
  }

  Optional<Path> path(Setting setting) {
    String text = text(setting);
    return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
  }

  /// What stands between commas.
  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
