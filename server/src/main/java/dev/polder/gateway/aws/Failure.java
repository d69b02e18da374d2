package dev.polder.gateway.aws;

import dev.polder.gateway.catalogue.ModeledError;
import dev.polder.gateway.catalogue.ServiceModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// A refusal as the wire carries it.
///
/// @param status of the HTTP answer
/// @param code the error code
/// @param modeled the exception whose further members are written too, where it has any
public record Failure(int status, String code, String message, @Nullable SdkPojo modeled) {

  /// A refusal that no service's model names.
  public static Failure of(int status, String code, String message) {
    return new Failure(status, code, message, null);
  }

  /// What a service threw. Code and status come from the exception's own details, else from the
  /// service's model, else the code is the class name and the status 400.
  public static Failure of(ServiceModel service, AwsServiceException thrown) {
    Optional<ModeledError> known = service.error(thrown.getClass());
    AwsErrorDetails details = thrown.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    if (code == null) {
      code = known.map(ModeledError::code).orElse(thrown.getClass().getSimpleName());
    }
    int status =
        thrown.statusCode() > 0 ? thrown.statusCode() : known.map(ModeledError::status).orElse(400);
    return new Failure(status, code, message(thrown), thrown instanceof SdkPojo pojo ? pojo : null);
  }

  /// The message without what the SDK appends to it.
  private static String message(AwsServiceException thrown) {
    AwsErrorDetails details = thrown.awsErrorDetails();
    String detailed = details == null ? null : details.errorMessage();
    String plain = detailed == null ? thrown.toBuilder().message() : detailed;
    return plain == null ? "" : plain;
  }
}
