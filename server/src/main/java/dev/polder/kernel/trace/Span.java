package dev.polder.kernel.trace;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A stretch of time with a name, below another or the first of its trace. Open until closed; used
/// by one thread at a time.
public interface Span extends AutoCloseable {
  /// The span that the present work belongs to.
  ScopedValue<Span> CURRENT = ScopedValue.newInstance();

  /// Records nothing, nor does what is below it.
  Span NONE = new UnrecordedSpan();

  /// What a span stands for.
  enum Kind {
    /// The work of one service or function: a segment of X-Ray.
    SEGMENT,
    /// A part of it, such as a call of another service: a subsegment of X-Ray.
    SUBSEGMENT
  }

  /// The span that the present work belongs to, if it is traced.
  static Optional<Span> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// What to send along with a call, so that the called one's spans come below this one.
  TraceHeader header();

  /// Begins a span below this one.
  ///
  /// @param attributes see [#set]
  Span child(Kind kind, String name, Map<String, String> attributes);

  /// Notes something. Names as in X-Ray's documents, with dots: `origin`, `aws.operation`,
  /// `aws.table_name`, `http.status`.
  void set(String name, String value);

  /// Notes a failure.
  ///
  /// @param caller true if the caller is to blame (an error in X-Ray), false if not (a fault)
  void failed(String type, String message, boolean caller);

  /// Does work that belongs to this span.
  default <T> T within(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  @Override
  void close();
}
