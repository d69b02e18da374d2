package dev.polder.gateway;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.aws.RequiredMembers;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.MalformedInputException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Adds to one call within the process what the wire would add: checks of required members, request
/// id, error code, status, and the service's name.
///
/// @param requestId of this call
record Completion(ServiceModel service, String requestId) {
  private static final System.Logger LOG = System.getLogger(Completion.class.getName());

  <T> T call(Operation operation, SdkRequest request, Supplier<T> call) {
    Optional<String> missing = RequiredMembers.missing((SdkPojo) request);
    if (missing.isPresent()) {
      boolean query = service.protocol() == Protocol.QUERY;
      throw refusal(400, query ? "ValidationError" : "ValidationException", missing.get());
    }
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw complete(e);
    } catch (MalformedInputException e) {
      throw refusal(400, "SerializationException", String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      throw e;
    } catch (RuntimeException e) {
      if (operation.isDefaultOf(e)) {
        Failure unknown = Failures.notSupported(operation);
        throw refusal(unknown.status(), unknown.code(), unknown.message());
      }
      LOG.log(ERROR, "Call " + requestId + ": " + operation + " failed on a defect", e);
      throw refusal(
          500, "InternalFailure", "An internal error occurred. It is logged as " + requestId + ".");
    }
  }

  /// The response with its metadata.
  Object complete(Object response) {
    if (!(response instanceof AwsResponse plain)) {
      return response;
    }
    AwsResponse.Builder builder = plain.toBuilder();
    builder.responseMetadata(
        DefaultAwsResponseMetadata.create(
            Map.of("AWS_REQUEST_ID", requestId, "x-amz-request-id", requestId)));
    builder.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
    return builder.build();
  }

  private AwsServiceException complete(AwsServiceException thrown) {
    if (thrown.requestId() != null) {
      return thrown;
    }
    Failure failure = Failure.of(service, thrown);
    AwsServiceException complete =
        thrown.toBuilder()
            .statusCode(failure.status())
            .requestId(requestId)
            .awsErrorDetails(details(failure.status(), failure.code(), failure.message()))
            .build();
    complete.setStackTrace(thrown.getStackTrace());
    return complete;
  }

  private AwsServiceException refusal(int status, String code, String message) {
    return service
        .newException()
        .statusCode(status)
        .requestId(requestId)
        .awsErrorDetails(details(status, code, message))
        .message(message)
        .build();
  }

  private AwsErrorDetails details(int status, String code, String message) {
    return AwsErrorDetails.builder()
        .errorCode(code)
        .errorMessage(message)
        .serviceName(service.sdkName())
        .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
        .build();
  }
}
