package dev.polder.examples.traffic.functions;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The SDK's clients, made once per function instance. Region, credentials and endpoint come from
 * the environment, as Lambda sets it; the small HTTP client keeps cold starts short.
 */
final class Clients {
  private Clients() {}

  static AthenaClient athena() {
    return AthenaClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  static GlueClient glue() {
    return GlueClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  static S3Client s3() {
    return S3Client.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }
}
