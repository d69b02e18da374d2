package dev.polder.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The settings in force, each with where it came from. Every value is checked when this is made.
public final class Config {

  /// A value and its source.
  ///
  /// @param source `default`, `--flag`, a variable's name, or the file's path
  private record Value(String text, String source) {}

  private final Map<Setting, Value> values;

  private Config(Map<Setting, Value> values) {
    this.values = values;
    for (Check check : CHECKS) {
      check.of(this);
    }
  }

  private interface Check {
    Object of(Config config);
  }

  // Asking for a value is what checks it.
  private static final List<Check> CHECKS =
      List.of(
          Config::host,
          Config::port,
          Config::tlsPort,
          Config::tlsFiles,
          Config::data,
          Config::skips,
          Config::begin,
          Config::verifies,
          Config::keys,
          Config::issuers,
          Config::issues,
          Config::athenaMegabytes,
          Config::athenaThreads,
          Config::athenaQueries,
          Config::otlp,
          Config::runtimes,
          Config::sfnMockConfig,
          Config::httpHosts,
          Config::httpConnections,
          Config::logLevel,
          Config::logsJson);

  /// Reads flags, environment and file. The file is the one that `--config` names, else
  /// `polder.properties` in the working directory if there is one.
  ///
  /// @param flags `--name value` or `--name=value`
  /// @throws ConfigException for an unknown name or a bad value
  public static Config of(List<String> flags, Map<String, String> environment) {
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
    return new Config(values);
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

  /// The same settings on any free port.
  public Config withAnyPort() {
    var changed = new EnumMap<>(values);
    changed.put(Setting.PORT, new Value("0", "any free port"));
    return new Config(changed);
  }

  /// The address to listen on.
  public String host() {
    String host = text(Setting.HOST);
    return host.isBlank() ? bad(Setting.HOST, "an address") : host;
  }

  /// 0 to 65535.
  public int port() {
    return (int) number(Setting.PORT, 0, 65535);
  }

  /// The port that speaks TLS, 0 to 65535; empty where there is none.
  public OptionalInt tlsPort() {
    return text(Setting.TLS_PORT).equalsIgnoreCase("off")
        ? OptionalInt.empty()
        : OptionalInt.of((int) number(Setting.TLS_PORT, 0, 65535));
  }

  /// The files of the certificate and its key; empty for one of our own making.
  public Optional<TlsFiles> tlsFiles() {
    String certificate = text(Setting.TLS_CERTIFICATE);
    String key = text(Setting.TLS_KEY);
    if (certificate.isBlank() != key.isBlank()) {
      return bad(key.isBlank() ? Setting.TLS_KEY : Setting.TLS_CERTIFICATE, "given too");
    }
    return certificate.isBlank()
        ? Optional.empty()
        : Optional.of(new TlsFiles(Path.of(certificate), Path.of(key)));
  }

  /// A certificate and its key in PEM.
  public record TlsFiles(Path certificate, Path key) {}

  /// The directory of all state, absolute.
  public Path data() {
    String text = text(Setting.DATA);
    return text.isBlank() ? bad(Setting.DATA, "a directory") : Path.of(text).toAbsolutePath();
  }

  /// True for a clock that skips.
  public boolean skips() {
    return choice(Setting.CLOCK, "real", "skip").equals("skip");
  }

  /// Where a skipping clock begins; empty for now.
  public Optional<Instant> begin() {
    String text = text(Setting.CLOCK_BEGIN);
    try {
      return text.equals("now") ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return bad(Setting.CLOCK_BEGIN, "now, or an instant such as 2020-05-01T00:00:00Z");
    }
  }

  /// True if signatures are checked.
  public boolean verifies() {
    return choice(Setting.AUTH, "off", "verify").equals("verify");
  }

  /// Access key id to secret.
  public Map<String, String> keys() {
    var keys = new LinkedHashMap<String, String>();
    for (String pair : text(Setting.KEYS).split(",")) {
      int colon = pair.indexOf(':');
      if (colon > 0 && colon < pair.length() - 1) {
        keys.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
      } else if (!pair.isBlank()) {
        throw new ConfigException(
            "Expected keys (" + source(Setting.KEYS) + ") to be accessKeyId:secret, …");
      }
    }
    return keys;
  }

  /// File or URL of the key set, by issuer of tokens.
  public Map<String, String> issuers() {
    var issuers = new LinkedHashMap<String, String>();
    for (String pair : text(Setting.ISSUERS).split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && equals < pair.length() - 1) {
        issuers.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      } else if (!pair.isBlank()) {
        return bad(Setting.ISSUERS, "issuer=file or URL, …");
      }
    }
    return issuers;
  }

  /// True if the development issuer is on.
  public boolean issues() {
    return choice(Setting.DEV_ISSUER, "off", "on").equals("on");
  }

  /// Memory of one query in mebibytes; empty for a share of the machine.
  public Optional<Long> athenaMegabytes() {
    String text = text(Setting.ATHENA_MEMORY).toUpperCase(Locale.ROOT);
    if (text.equals("AUTO")) {
      return Optional.empty();
    }
    if (!text.matches("[1-9][0-9]{0,6}(MB|GB)")) {
      return bad(Setting.ATHENA_MEMORY, "auto, or a size such as 512MB or 2GB");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 2));
    return Optional.of(text.endsWith("GB") ? number << 10 : number);
  }

  /// Threads of the SQL engine.
  public int athenaThreads() {
    return autoOrNumber(Setting.ATHENA_THREADS);
  }

  /// Queries that run at once.
  public int athenaQueries() {
    return autoOrNumber(Setting.ATHENA_QUERIES);
  }

  /// The folder of the modules that Lambda's runtimes provide, absolute.
  public Path runtimes() {
    String text = text(Setting.RUNTIMES);
    if (text.isBlank()) {
      return bad(Setting.RUNTIMES, "auto, or a directory");
    }
    return text.equals("auto")
        ? Path.of(System.getProperty("user.home"), ".polder", "runtimes").toAbsolutePath()
        : Path.of(text).toAbsolutePath();
  }

  private int autoOrNumber(Setting setting) {
    return text(setting).equals("auto")
        ? Runtime.getRuntime().availableProcessors()
        : (int) number(setting, 1, 1024);
  }

  /// Where spans are exported; empty for nowhere.
  public Optional<URI> otlp() {
    String text = text(Setting.OTLP);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    return bad(Setting.OTLP, "a URL such as http://localhost:4318/v1/traces");
  }

  /// The mock configuration of Step Functions, absolute.
  public Optional<Path> sfnMockConfig() {
    return path(Setting.SFN_MOCK_CONFIG);
  }

  /// The hosts that HTTP tasks and fields with `@http` may call.
  public Set<String> httpHosts() {
    return Arrays.stream(text(Setting.HTTP_HOSTS).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The file of connections for HTTP tasks, absolute.
  public Optional<Path> httpConnections() {
    return path(Setting.HTTP_CONNECTIONS);
  }

  private Optional<Path> path(Setting setting) {
    String text = text(setting);
    return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
  }

  /// The least level that is logged.
  public System.Logger.Level logLevel() {
    return switch (choice(Setting.LOG_LEVEL, "error", "warn", "info", "debug")) {
      case "error" -> System.Logger.Level.ERROR;
      case "warn" -> System.Logger.Level.WARNING;
      case "info" -> System.Logger.Level.INFO;
      default -> System.Logger.Level.DEBUG;
    };
  }

  /// True for one JSON object a line.
  public boolean logsJson() {
    return choice(Setting.LOG_FORMAT, "text", "json").equals("json");
  }

  /// The settings in force and their sources, a line each, without secrets.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String text = text(setting);
      String shown = setting.secret() && !text.isEmpty() ? "(hidden)" : text;
      lines.add(String.format("%-16s = %s  (%s)", setting.key(), shown, source(setting)));
    }
    return lines;
  }

  private String text(Setting setting) {
    return value(setting).text();
  }

  private String source(Setting setting) {
    return value(setting).source();
  }

  private Value value(Setting setting) {
    Value value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting.name());
    }
    return value;
  }

  private String choice(Setting setting, String... choices) {
    String text = text(setting).toLowerCase(Locale.ROOT);
    return List.of(choices).contains(text) ? text : bad(setting, String.join(" or ", choices));
  }

  private long number(Setting setting, long least, long most) {
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

  private <T> T bad(Setting setting, String expected) {
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
}
