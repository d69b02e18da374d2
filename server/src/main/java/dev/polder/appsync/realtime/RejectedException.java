package dev.polder.appsync.realtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A subscription, or a connection, that is not accepted.
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Map<String, Object>> errors;

  /// @param errors as the client gets them: `errorType`, `message`, `errorCode`
  public RejectedException(List<Map<String, Object>> errors) {
    super(errors.toString(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  /// A rejection for one reason.
  ///
  /// @param type null where the real service names none, as for a document that is not valid
  /// @param code null where it gives none
  public static RejectedException of(
      @Nullable String type, String message, @Nullable Integer code) {
    Map<String, Object> error = new LinkedHashMap<>();
    if (type != null) {
      error.put("errorType", type);
    }
    error.put("message", message);
    if (code != null) {
      error.put("errorCode", code);
    }
    return new RejectedException(List.of(error));
  }

  public List<Map<String, Object>> errors() {
    return errors;
  }
}
