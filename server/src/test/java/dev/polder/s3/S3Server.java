package dev.polder.s3;

import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.auth.Authentication;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.gateway.s3.S3Front;
import dev.polder.kernel.Ids;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// S3 behind a port of this machine.
final class S3Server implements AutoCloseable {
  static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("000000000000", "secret"));

  final S3Fixture fixture;
  final URI endpoint;
  private final HelidonServer server;

  S3Server(Path directory) {
    this(directory, new Authentication.Any());
  }

  S3Server(Path directory, Authentication authentication) {
    fixture = new S3Fixture(directory);
    var options = GatewayOptions.of(InstantSource.system(), Ids.seeded(7)).with(authentication);
    server =
        new HelidonServer(
            new Gateway(List.of(fixture.service), options)
                .front("s3", new S3Front(fixture.service, Set.of("s3.test"))));
    endpoint = URI.create("http://127.0.0.1:" + server.start("127.0.0.1", 0));
  }

  /// The SDK's own client, buckets in the path.
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  @Override
  public void close() {
    server.close();
    fixture.close();
  }
}
