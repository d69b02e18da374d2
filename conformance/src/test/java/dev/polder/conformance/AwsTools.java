package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The AWS CLI and boto3 of this machine, pointed at a server as a user would.
///
/// @param directory where commands run
/// @param account twelve digits
record AwsTools(URI endpoint, Path directory, String account, String region) {
  // Either takes a second to say that it is there.
  private static final boolean CLI = Commands.present("aws", "--version");
  private static final boolean BOTO3 = Commands.present("python3", "-c", "import boto3");

  AwsTools(PolderProcess server, Path directory) {
    this(server.endpoint(), directory, "000000000000", "us-east-1");
  }

  AwsTools as(String otherAccount, String otherRegion) {
    return new AwsTools(endpoint, directory, otherAccount, otherRegion);
  }

  /// Skips the test where the machine has no AWS CLI.
  static void assumeCli() {
    Assumptions.assumeTrue(CLI, "no AWS CLI on this machine");
  }

  /// Skips the test where the machine has no boto3.
  static void assumeBoto3() {
    Assumptions.assumeTrue(BOTO3, "no boto3 on this machine");
  }

  /// What an AWS CLI command printed that must succeed.
  String aws(String... arguments) {
    return succeeds(command(arguments));
  }

  /// What an AWS CLI command printed that must fail.
  String refused(String... arguments) {
    Commands.Outcome outcome = Commands.outcome(command(arguments), environment(), directory);
    assertThat(outcome.status()).as(outcome.text()).isNotZero();
    return outcome.text();
  }

  /// What a Python program printed.
  String python(String program) {
    return succeeds(List.of("python3", "-c", program));
  }

  private String succeeds(List<String> command) {
    Commands.Outcome outcome = Commands.outcome(command, environment(), directory);
    assertThat(outcome.status()).as("%s: %s", command, outcome.text()).isZero();
    return outcome.text();
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws"));
    command.addAll(List.of(arguments));
    return command;
  }

  private Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        account,
        "AWS_SECRET_ACCESS_KEY",
        "secret",
        "AWS_DEFAULT_REGION",
        region,
        "AWS_ENDPOINT_URL",
        endpoint.toString(),
        "AWS_CONFIG_FILE",
        directory.resolve("no-configuration").toString(),
        "AWS_MAX_ATTEMPTS",
        "1",
        "AWS_PAGER",
        "",
        "NO_PROXY",
        "*");
  }
}
