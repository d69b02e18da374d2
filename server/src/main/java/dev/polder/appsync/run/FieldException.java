package dev.polder.appsync.run;

import org.jspecify.annotations.Nullable;

/// Why a field has no value: one entry of `errors`, which names the field. The other fields of the
/// request are answered all the same.
public final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String UNNAMED = "Not Authorized";

  private final @Nullable String type;
  private final transient @Nullable Object info;
  private final transient @Nullable Object data;

  /// @param type the member `errorType`, such as `Lambda:Unhandled`
  /// @param message the member `message`
  public FieldException(@Nullable String type, String message) {
    this(type, message, null, null);
  }

  /// @param info the member `errorInfo`, in JSON form
  /// @param data the member `data`, in JSON form
  public FieldException(
      @Nullable String type, String message, @Nullable Object info, @Nullable Object data) {
    super(message, null, false, false);
    this.type = type;
    this.info = info;
    this.data = data;
  }

  /// A field that the caller may not use.
  public static FieldException notAuthorized(String field, String type) {
    return new FieldException(
        "Unauthorized", "Not Authorized to access " + field + " on type " + type);
  }

  /// The same, where the field is the one that is being resolved.
  public static FieldException notAuthorized() {
    return new FieldException("Unauthorized", UNNAMED);
  }

  /// This failure as one of the field that is being resolved.
  FieldException of(String field, String parent) {
    return UNNAMED.equals(getMessage()) ? notAuthorized(field, parent) : this;
  }

  /// A refusal in words of its own, such as `Unauthorized on [title]`.
  public static FieldException unauthorized(String message) {
    return new FieldException("Unauthorized", message);
  }

  public @Nullable String type() {
    return type;
  }

  public @Nullable Object info() {
    return info;
  }

  public @Nullable Object data() {
    return data;
  }

  /// The member `message`.
  public String message() {
    return String.valueOf(getMessage());
  }
}
