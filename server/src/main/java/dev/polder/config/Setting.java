package dev.polder.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Everything that can be configured. The same name is a flag (`--log-level`), a variable of the
/// environment (`POLDER_LOG_LEVEL`) and a line of the file (`log-level = debug`).
public enum Setting {
  HOST("127.0.0.1", "address to listen on; anything but loopback is reachable by others"),
  HOST_NAMES("", "names besides localhost under which browsers may come, separated by commas"),
  PORT("4566", "port to listen on; 0 takes any free one"),
  TLS_PORT("off", "second port, which speaks TLS (https, wss); 0 takes any free one"),
  TLS_CERTIFICATE("", "PEM file of the certificate for tls-port; by default one of our own making"),
  TLS_KEY("", "PEM file of the key for tls-certificate (PKCS #8, not encrypted)"),
  DATA("data", "directory for all state"),
  CLOCK("real", "real, or skip: jump to the next timer whenever nothing runs (tests and demos)"),
  CLOCK_BEGIN("now", "first instant of a skipping clock, such as 2020-05-01T00:00:00Z"),
  AUTH("off", "off accepts every caller; verify checks signatures against the keys"),
  KEYS("", "keys for auth=verify: accessKeyId:secret, separated by commas"),
  ISSUERS("", "keys of token issuers: issuer=file or URL of its JWKS, separated by commas"),
  DEV_ISSUER(
      "off",
      "on lets anybody have tokens at /_polder/token that GraphQL APIs believe; not where others can"
          + " reach this server"),
  ATHENA_MEMORY(
      "auto",
      "memory of one query, such as 2GB; auto shares half of the machine among them, 4GB at most"),
  ATHENA_THREADS("auto", "threads of the SQL engine; auto takes one a core"),
  ATHENA_QUERIES("auto", "queries that run at once; more wait; auto takes one a core"),
  OTLP("", "where spans are exported by OTLP over HTTP, such as http://localhost:4318/v1/traces"),
  RUNTIMES(
      "auto",
      "folder of the modules that Lambda's runtimes provide, filled by polder runtimes install;"
          + " auto is .polder/runtimes in the home directory"),
  SFN_MOCK_CONFIG("", "mock configuration file of Step Functions Local; also as SFN_MOCK_CONFIG"),
  HTTP_HOSTS(
      "", "hosts that HTTP tasks and @http may call besides this machine: name or name:port, …"),
  HTTP_CONNECTIONS("", "JSON file with the EventBridge connections that HTTP tasks may name"),
  LOG_LEVEL("info", "error, warn, info or debug"),
  LOG_FORMAT("text", "text, or json: one object a line");

  private final String fallback;
  private final String meaning;

  Setting(String fallback, String meaning) {
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /// The value where none is given.
  public String fallback() {
    return fallback;
  }

  /// One line for a person.
  public String meaning() {
    return meaning;
  }

  /// The name in the file, and behind `--` on the command line.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The name in the environment.
  public String variable() {
    return "POLDER_" + name();
  }

  /// Whether a variable of the environment names this setting: `POLDER_…`, and the name that Step
  /// Functions Local knows.
  boolean isNamedBy(String variable) {
    return variable.equals(variable()) || (this == SFN_MOCK_CONFIG && variable.equals(name()));
  }

  /// True if its value must not be shown.
  boolean secret() {
    return this == KEYS;
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
