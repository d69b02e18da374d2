package dev.polder.examples.traffic.demo;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The services that the demo talks to, all at one endpoint.
final class Services implements AutoCloseable {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final URI endpoint;
  private final String region;
  private final S3Client s3;
  private final AthenaClient athena;
  private final SfnClient stepFunctions;
  private final CloudFormationClient cloudFormation;

  Services(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
    this.s3 = at(S3Client.builder().forcePathStyle(true)).build();
    this.athena = at(AthenaClient.builder()).build();
    this.stepFunctions = at(SfnClient.builder()).build();
    this.cloudFormation = at(CloudFormationClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B at(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(CREDENTIALS)
        .httpClient(http);
  }

  S3Client s3() {
    return s3;
  }

  AthenaClient athena() {
    return athena;
  }

  SfnClient stepFunctions() {
    return stepFunctions;
  }

  CloudFormationClient cloudFormation() {
    return cloudFormation;
  }

  @Override
  public void close() {
    s3.close();
    athena.close();
    stepFunctions.close();
    cloudFormation.close();
    http.close();
  }
}
