package dev.polder.kernel;

/// A service refused a call. Carries what the wire would carry.
public final class ServiceCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String service;
  private final String errorCode;
  private final String exceptionName;
  private final int statusCode;
  private final String requestId;

  /// @param service the SDK's name of the service, such as `Glue`
  /// @param errorCode the code on the wire, such as `EntityNotFoundException`
  /// @param exceptionName the SDK's class name without its package
  /// @param statusCode the HTTP status that the real service answers
  public ServiceCallException(
      String service,
      String errorCode,
      String exceptionName,
      int statusCode,
      String requestId,
      String message,
      Throwable cause) {
    super(message, cause);
    this.service = service;
    this.errorCode = errorCode;
    this.exceptionName = exceptionName;
    this.statusCode = statusCode;
    this.requestId = requestId;
  }

  public String service() {
    return service;
  }

  public String errorCode() {
    return errorCode;
  }

  public String exceptionName() {
    return exceptionName;
  }

  public int statusCode() {
    return statusCode;
  }

  public String requestId() {
    return requestId;
  }
}
