package dev.polder.gateway.aws;

import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// Reads requests and writes answers of one protocol.
public sealed interface WireProtocol permits AwsJson, AwsQuery, CoralJson, RestJson {

  /// The reader and writer of a protocol.
  ///
  /// @throws IllegalArgumentException for REST-XML, which only S3 speaks, through its own front
  static WireProtocol of(Protocol protocol) {
    return switch (protocol) {
      case AWS_JSON -> AwsJson.INSTANCE;
      case REST_JSON -> RestJson.INSTANCE;
      case QUERY -> AwsQuery.INSTANCE;
      case REST_XML -> throw new IllegalArgumentException("REST-XML is served by a front");
    };
  }

  /// The reader and writer of a service.
  ///
  /// @throws IllegalArgumentException for S3
  static WireProtocol of(ServiceModel service) {
    return CoralJson.isSpokenBy(service) ? CoralJson.INSTANCE : of(service.protocol());
  }

  /// The request as the SDK's type.
  ///
  /// @throws dev.polder.gateway.codec.MalformedInputException if it cannot be read as such
  SdkRequest read(Matched matched);

  /// The error code for a request that cannot be read.
  String malformedCode();

  /// The answer that carries a response.
  Answer answer(Matched matched, SdkPojo response, String requestId);

  /// The answer that carries a refusal.
  ///
  /// @param matched null where no operation was found
  Answer fail(HttpRequest request, @Nullable Matched matched, Failure failure, String requestId);
}
