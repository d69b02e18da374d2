package dev.polder.examples.traffic.feed;

/// What checking an event came to.
public sealed interface Verdict {

  /// The event is whole and plausible.
  record Accepted(Event event) implements Verdict {}

  /// The event cannot be landed.
  ///
  /// @param code `MalformedEvent`, `MissingField`, `WrongType` or `OutOfRange`
  /// @param message what was expected of which field, and what was found
  record Refused(String code, String message) implements Verdict {}
}
