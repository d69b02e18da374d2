package dev.polder.examples.traffic.feed;

import java.util.Arrays;

/// The texts of one event's fields as they were read, unchecked. Made once and used for event after
/// event: the texts lie side by side in one array, so that reading allocates nothing.
public final class RawEvent {
  /// A text longer than this is cut; no field of the feed comes near it.
  static final int MAX_TEXT = 128;

  private static final int MISSING = -1;

  private final char[] chars = new char[Field.ALL.size() * MAX_TEXT];
  private final int[] lengths = new int[Field.ALL.size()];

  /// An event of which no field was read.
  public RawEvent() {
    clear();
  }

  /// Forgets all fields.
  public void clear() {
    Arrays.fill(lengths, MISSING);
  }

  /// Whether the field was read at all.
  public boolean has(Field field) {
    return lengths[field.ordinal()] != MISSING;
  }

  /// The text of a field that was read.
  public String text(Field field) {
    return new String(chars, offset(field), length(field));
  }

  /// Sets the text of a field.
  public void set(Field field, String text) {
    int length = Math.min(text.length(), MAX_TEXT);
    text.getChars(0, length, chars, offset(field));
    lengths[field.ordinal()] = length;
  }

  void set(Field field, char[] source, int from, int length) {
    lengths[field.ordinal()] = 0;
    append(field, source, from, length);
  }

  void append(Field field, char[] source, int from, int length) {
    int have = Math.max(0, lengths[field.ordinal()]);
    int take = Math.min(length, MAX_TEXT - have);
    System.arraycopy(source, from, chars, offset(field) + have, take);
    lengths[field.ordinal()] = have + take;
  }

  char[] chars() {
    return chars;
  }

  int offset(Field field) {
    return field.ordinal() * MAX_TEXT;
  }

  int length(Field field) {
    return lengths[field.ordinal()];
  }
}
