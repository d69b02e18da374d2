package dev.polder.examples.traffic.feed;

import java.util.Arrays;

/// One measurement of one point, checked: every field has a value of its type and within its
/// bounds.
public final class Event {
  private final String describingId;
  private final String lastChanged;
  private final String publication;
  private final int[] numbers;

  private Event(Builder builder) {
    this.describingId = builder.describingId;
    this.lastChanged = builder.lastChanged;
    this.publication = builder.publication;
    this.numbers = builder.numbers;
  }

  /// The value of a field that is a whole number.
  public int number(Field field) {
    return numbers[field.ordinal()];
  }

  /// The value of a field that is text.
  public String text(Field field) {
    return switch (field) {
      case BESCHRIJVENDE_ID -> describingId;
      case TIJD_LAATST_GEWIJZIGD -> lastChanged;
      case ACTUEEL_PUBLICATIE -> publication;
      default -> Integer.toString(number(field));
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event event
        && describingId.equals(event.describingId)
        && lastChanged.equals(event.lastChanged)
        && publication.equals(event.publication)
        && Arrays.equals(numbers, event.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * describingId.hashCode() + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return EventJson.text(this);
  }

  /// Gathers the values of one event. A builder builds once: the event takes over its numbers.
  public static final class Builder {
    private final int[] numbers = new int[Field.ALL.size()];
    private String describingId = "";
    private String lastChanged = "";
    private String publication = "0";

    /// Sets a field that is a whole number.
    public Builder set(Field field, int number) {
      numbers[field.ordinal()] = number;
      return this;
    }

    /// Sets a field that is text.
    public Builder set(Field field, String text) {
      switch (field) {
        case BESCHRIJVENDE_ID -> describingId = text;
        case TIJD_LAATST_GEWIJZIGD -> lastChanged = text;
        case ACTUEEL_PUBLICATIE -> publication = text;
        default -> throw new IllegalArgumentException(field + " is a number");
      }
      return this;
    }

    /// The event of the values set so far.
    public Event build() {
      return new Event(this);
    }
  }
}
