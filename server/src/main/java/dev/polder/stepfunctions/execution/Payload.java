package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A JSON value that is kept as a value, as text, or both, and turned from one into the other at
/// most once. What leaves one state and enters the next is one payload, so it is written once.
public final class Payload {
  /// The most bytes of UTF-8 that a payload may have: the service's limit for the input and output
  /// of tasks, states and executions.
  public static final int LIMIT = 262_144;

  /// An empty object.
  public static final Payload EMPTY = ofText("{}");

  private boolean parsed;
  private @Nullable Object value;
  private @Nullable String text;

  private Payload(boolean parsed, @Nullable Object value, @Nullable String text) {
    this.parsed = parsed;
    this.value = value;
    this.text = text;
  }

  /// A value in [Json] form.
  public static Payload of(@Nullable Object value) {
    return new Payload(true, value, null);
  }

  /// A text that is known to be JSON.
  public static Payload ofText(String text) {
    return new Payload(false, null, text);
  }

  /// The value in [Json] form. Must not be changed.
  public synchronized @Nullable Object value() {
    if (!parsed) {
      value = Json.parse(Objects.requireNonNull(text));
      parsed = true;
    }
    return value;
  }

  /// The JSON text.
  public synchronized String text() {
    if (text == null) {
      text = Json.write(value);
    }
    return text;
  }

  /// The same value, whose text has no needless white space.
  public Payload compact() {
    return of(value());
  }

  /// True if the text has more bytes than the service allows.
  public boolean exceedsLimit() {
    String known = text();
    return known.length() > LIMIT / 3
        && (known.length() > LIMIT || known.getBytes(StandardCharsets.UTF_8).length > LIMIT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && text().equals(payload.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
