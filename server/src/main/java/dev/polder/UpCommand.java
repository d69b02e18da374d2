package dev.polder;

import dev.polder.cloudformation.Deployment;
import dev.polder.kernel.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/// `polder up`: deploys a template to a server that runs.
final class UpCommand {
  private static final int CONNECT_MILLIS = 2000;

  private UpCommand() {}

  /// What the command line says.
  ///
  /// @param endpoint of the server
  /// @param stack the stack's name; by default that of the template's folder
  private record Options(
      Path template, URI endpoint, String stack, Scope scope, Map<String, String> parameters) {

    static Options parse(List<String> arguments, Map<String, String> environment) {
      String path = null;
      String stack = null;
      String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
      String account = Scope.DEFAULT.account();
      String region = environment.getOrDefault("AWS_REGION", Scope.DEFAULT.region());
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (!argument.startsWith("--")) {
          path = argument;
          continue;
        }
        if (i + 1 == arguments.size()) {
          throw new Main.UsageException("Expected a value behind " + argument);
        }
        String value = arguments.get(++i);
        switch (argument) {
          case "--endpoint" -> endpoint = value;
          case "--stack" -> stack = value;
          case "--account" -> account = value;
          case "--region" -> region = value;
          case "--parameter" -> parameter(value, parameters);
          default -> throw new Main.UsageException("Unknown flag of polder up: " + argument);
        }
      }
      if (path == null) {
        throw new Main.UsageException("Expected polder up PATH: a template, or a folder with one");
      }
      Path template = Path.of(path).toAbsolutePath().normalize();
      String name = Optional.ofNullable(stack).orElseGet(() -> nameOf(template));
      return new Options(template, uri(endpoint), name, scope(account, region), parameters);
    }

    private static void parameter(String text, Map<String, String> parameters) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new Main.UsageException("Expected --parameter Name=Value but was " + text);
      }
      parameters.put(text.substring(0, equals), text.substring(equals + 1));
    }

    private static Scope scope(String account, String region) {
      try {
        return new Scope(account, region);
      } catch (IllegalArgumentException e) {
        throw new Main.UsageException(String.valueOf(e.getMessage()));
      }
    }

    private static URI uri(String endpoint) {
      try {
        URI uri = URI.create(endpoint);
        if (uri.getHost() != null) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        throw new Main.UsageException("Expected --endpoint to be a URL but was " + endpoint);
      }
      throw new Main.UsageException("Expected --endpoint to be a URL but was " + endpoint);
    }

    private static String nameOf(Path template) {
      Path folder = template.toFile().isDirectory() ? template : template.getParent();
      String name = String.valueOf(folder == null ? null : folder.getFileName());
      String clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
      return clean.matches("[a-z].*") ? clean : "stack-" + clean;
    }
  }

  static void run(List<String> arguments, PrintStream out) {
    Options options = Options.parse(arguments, System.getenv());
    requireServer(options.endpoint());
    var credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(options.scope().account(), "polder"));
    var region = Region.of(options.scope().region());
    try (SdkHttpClient http = UrlConnectionHttpClient.create();
        CloudFormationClient stacks =
            CloudFormationClient.builder()
                .endpointOverride(options.endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
        S3Client s3 =
            S3Client.builder()
                .endpointOverride(options.endpoint())
                .forcePathStyle(true)
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build()) {
      String bucket =
          "polder-artefacts-" + options.scope().account() + "-" + options.scope().region();
      new Deployment(stacks, s3, bucket, out)
          .deploy(options.template(), options.stack(), options.parameters());
    }
  }

  // An SDK retries for long before it says that nobody listens.
  private static void requireServer(URI endpoint) {
    int port = endpoint.getPort() < 0 ? 80 : endpoint.getPort();
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), port), CONNECT_MILLIS);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Nothing answers at " + endpoint + "; start a server with: polder start", e);
    }
  }
}
