package dev.polder.kernel;

import org.jspecify.annotations.Nullable;

/// Any operation of any service of this process by name, with JSON-shaped input and output, as Step
/// Functions' `aws-sdk` integrations and Scheduler's universal targets need it.
public interface ServiceCalls {

  /// True if Polder has this service and implements this operation.
  ///
  /// @param service the name in an `aws-sdk:` resource, such as `glue` or `sfn`
  /// @param action the operation in camel case, such as `startCrawler`
  boolean supports(String service, String action);

  /// Calls an operation and waits for its answer.
  ///
  /// @param input an object in [Json] form whose members have the API's names in Pascal case
  /// @return the response as an object in [Json] form, Pascal case
  /// @throws ServiceCallException if the service refuses or fails, or the operation is unknown
  @Nullable Object call(Scope scope, String service, String action, @Nullable Object input);
}
