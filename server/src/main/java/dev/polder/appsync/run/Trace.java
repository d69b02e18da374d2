package dev.polder.appsync.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the time of a request goes. The run time opens a span around every request, resolver and
/// call of a service; what becomes of them is the implementation's business.
public interface Trace {

  /// Keeps nothing.
  Trace NONE = new Trace() {};

  /// Begins a span.
  ///
  /// @param parent null for the span of a whole request
  default Span open(@Nullable Span parent, Kind kind, String name, Map<String, String> attributes) {
    return Span.NONE;
  }

  /// What is timed.
  enum Kind {
    /// A whole request; the name is the API's, and among the attributes are `x-amzn-trace-id`,
    /// where the caller sent it, and `http.request.url`.
    REQUEST,
    /// A field with a resolver, such as `Mutation.createPost`; `path` is among the attributes.
    RESOLVER,
    /// A call of a service, such as `DynamoDB.Query`; the table and index, or the function, are
    /// among the attributes.
    CALL
  }

  /// A span that is open, until it is closed.
  interface Span extends AutoCloseable {
    Span NONE = new Span() {};

    /// Notes something that was not known when the span began, such as `http.response.status`.
    default void set(String name, String value) {}

    /// Notes a failure.
    default void failed(Throwable cause) {}

    /// Runs work with this span as what the called service finds around it.
    default <T> T within(java.util.function.Supplier<T> work) {
      return work.get();
    }

    @Override
    default void close() {}
  }
}
