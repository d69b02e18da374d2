package dev.polder;

import dev.polder.cloudformation.Deployment;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
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

  static void run(List<String> arguments, PrintStream out) {
    UpOptions options = UpOptions.parse(arguments, System.getenv());
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
