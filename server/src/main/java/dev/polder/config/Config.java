package dev.polder.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings in force, each with where it came from. Every value is checked when this is made.
public final class Config {

  private final Values values;

  private Config(Values values) {
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
          Config::hostNames,
          Config::httpConnections,
          Config::logLevel,
          Config::logsJson);

  /// Reads flags, environment and file. The file is the one that `--config` names, else
  /// `polder.properties` in the working directory if there is one.
  ///
  /// @param flags `--name value` or `--name=value`
  /// @throws ConfigException for an unknown name or a bad value
  public static Config of(List<String> flags, Map<String, String> environment) {
    return new Config(Values.of(flags, environment));
  }

  /// The same settings on any free port.
  public Config withAnyPort() {
    return new Config(values.with(Setting.PORT, "0", "any free port"));
  }

  /// The address to listen on.
  public String host() {
    String host = values.text(Setting.HOST);
    return host.isBlank() ? values.bad(Setting.HOST, "an address") : host;
  }

  /// 0 to 65535.
  public int port() {
    return (int) values.number(Setting.PORT, 0, 65535);
  }

  /// The port that speaks TLS, 0 to 65535; empty where there is none.
  public OptionalInt tlsPort() {
    return values.text(Setting.TLS_PORT).equalsIgnoreCase("off")
        ? OptionalInt.empty()
        : OptionalInt.of((int) values.number(Setting.TLS_PORT, 0, 65535));
  }

  /// The files of the certificate and its key; empty for one of our own making.
  public Optional<TlsFiles> tlsFiles() {
    String certificate = values.text(Setting.TLS_CERTIFICATE);
    String key = values.text(Setting.TLS_KEY);
    if (certificate.isBlank() != key.isBlank()) {
      return values.bad(key.isBlank() ? Setting.TLS_KEY : Setting.TLS_CERTIFICATE, "given too");
    }
    return certificate.isBlank()
        ? Optional.empty()
        : Optional.of(new TlsFiles(Path.of(certificate), Path.of(key)));
  }

  /// A certificate and its key in PEM.
  public record TlsFiles(Path certificate, Path key) {}

  /// The directory of all state, absolute.
  public Path data() {
    String text = values.text(Setting.DATA);
    return text.isBlank()
        ? values.bad(Setting.DATA, "a directory")
        : Path.of(text).toAbsolutePath();
  }

  /// True for a clock that skips.
  public boolean skips() {
    return values.choice(Setting.CLOCK, "real", "skip").equals("skip");
  }

  /// Where a skipping clock begins; empty for now.
  public Optional<Instant> begin() {
    String text = values.text(Setting.CLOCK_BEGIN);
    try {
      return text.equals("now") ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return values.bad(Setting.CLOCK_BEGIN, "now, or an instant such as 2020-05-01T00:00:00Z");
    }
  }

  /// True if signatures are checked.
  public boolean verifies() {
    return values.choice(Setting.AUTH, "off", "verify").equals("verify");
  }

  /// Access key id to secret.
  public Map<String, String> keys() {
    var keys = new LinkedHashMap<String, String>();
    for (String pair : values.text(Setting.KEYS).split(",")) {
      int colon = pair.indexOf(':');
      if (colon > 0 && colon < pair.length() - 1) {
        keys.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
      } else if (!pair.isBlank()) {
        throw new ConfigException(
            "Expected keys (" + values.source(Setting.KEYS) + ") to be accessKeyId:secret, …");
      }
    }
    return keys;
  }

  /// File or URL of the key set, by issuer of tokens.
  public Map<String, String> issuers() {
    var issuers = new LinkedHashMap<String, String>();
    for (String pair : values.text(Setting.ISSUERS).split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && equals < pair.length() - 1) {
        issuers.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      } else if (!pair.isBlank()) {
        return values.bad(Setting.ISSUERS, "issuer=file or URL, …");
      }
    }
    return issuers;
  }

  /// True if the development issuer is on.
  public boolean issues() {
    return values.choice(Setting.DEV_ISSUER, "off", "on").equals("on");
  }

  /// Memory of one query in mebibytes; empty for a share of the machine.
  public Optional<Long> athenaMegabytes() {
    String text = values.text(Setting.ATHENA_MEMORY).toUpperCase(Locale.ROOT);
    if (text.equals("AUTO")) {
      return Optional.empty();
    }
    if (!text.matches("[1-9][0-9]{0,6}(MB|GB)")) {
      return values.bad(Setting.ATHENA_MEMORY, "auto, or a size such as 512MB or 2GB");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 2));
    return Optional.of(text.endsWith("GB") ? number << 10 : number);
  }

  /// Threads of the SQL engine.
  public int athenaThreads() {
    return values.autoOrNumber(Setting.ATHENA_THREADS);
  }

  /// Queries that run at once.
  public int athenaQueries() {
    return values.autoOrNumber(Setting.ATHENA_QUERIES);
  }

  /// The folder of the modules that Lambda's runtimes provide, absolute.
  public Path runtimes() {
    String text = values.text(Setting.RUNTIMES);
    if (text.isBlank()) {
      return values.bad(Setting.RUNTIMES, "auto, or a directory");
    }
    return text.equals("auto")
        ? Path.of(System.getProperty("user.home"), ".polder", "runtimes").toAbsolutePath()
        : Path.of(text).toAbsolutePath();
  }

  /// Where spans are exported; empty for nowhere.
  public Optional<URI> otlp() {
    String text = values.text(Setting.OTLP);
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
    return values.bad(Setting.OTLP, "a URL such as http://localhost:4318/v1/traces");
  }

  /// The mock configuration of Step Functions, absolute.
  public Optional<Path> sfnMockConfig() {
    return values.path(Setting.SFN_MOCK_CONFIG);
  }

  /// The hosts that HTTP tasks and fields with `@http` may call.
  public Set<String> httpHosts() {
    return Set.copyOf(values.list(Setting.HTTP_HOSTS));
  }

  /// The names besides `localhost` under which browsers may come, in lower case.
  public Set<String> hostNames() {
    return values.list(Setting.HOST_NAMES).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The file of connections for HTTP tasks, absolute.
  public Optional<Path> httpConnections() {
    return values.path(Setting.HTTP_CONNECTIONS);
  }

  /// The least level that is logged.
  public System.Logger.Level logLevel() {
    return switch (values.choice(Setting.LOG_LEVEL, "error", "warn", "info", "debug")) {
      case "error" -> System.Logger.Level.ERROR;
      case "warn" -> System.Logger.Level.WARNING;
      case "info" -> System.Logger.Level.INFO;
      default -> System.Logger.Level.DEBUG;
    };
  }

  /// True for one JSON object a line.
  public boolean logsJson() {
    return values.choice(Setting.LOG_FORMAT, "text", "json").equals("json");
  }

  /// The settings in force and their sources, a line each, without secrets.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String text = values.text(setting);
      String shown = setting.secret() && !text.isEmpty() ? "(hidden)" : text;
      lines.add(String.format("%-16s = %s  (%s)", setting.key(), shown, values.source(setting)));
    }
    return lines;
  }
}
