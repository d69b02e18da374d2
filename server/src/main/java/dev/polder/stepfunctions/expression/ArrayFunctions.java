package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions on arrays.
final class ArrayFunctions {
  private static final int LONGEST_RANGE = 1000;

  private ArrayFunctions() {}

  static Object partition(List<@Nullable Object> arguments) {
    return partition(Arguments.list(arguments, 0), Arguments.whole(arguments, 1));
  }

  static List<@Nullable Object> partition(List<@Nullable Object> all, long size) {
    if (size < 1) {
      throw new IllegalArgumentException("The chunk size must be a positive, non-zero integer");
    }
    List<@Nullable Object> chunks = new ArrayList<>();
    for (long from = 0; from < all.size(); from += size) {
      long to = Math.min(from + size, all.size());
      chunks.add(new ArrayList<>(all.subList((int) from, (int) to)));
    }
    return chunks;
  }

  static Object contains(List<@Nullable Object> arguments) {
    return Arguments.list(arguments, 0).contains(arguments.get(1));
  }

  static Object range(List<@Nullable Object> arguments) {
    return range(
        Arguments.whole(arguments, 0),
        Arguments.whole(arguments, 1),
        Arguments.whole(arguments, 2));
  }

  /// From the first to the last, both included where the step lands on them; 1,000 elements at
  /// most.
  static List<@Nullable Object> range(long first, long last, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("The increment must not be zero");
    }
    if ((last - first) / step >= LONGEST_RANGE) {
      throw new IllegalArgumentException(
          "The range must not have more than " + LONGEST_RANGE + " elements");
    }
    List<@Nullable Object> numbers = new ArrayList<>();
    for (long n = first; step > 0 ? n <= last : n >= last; n += step) {
      numbers.add(Arguments.number(n));
    }
    return numbers;
  }

  static @Nullable Object item(List<@Nullable Object> arguments) {
    List<@Nullable Object> all = Arguments.list(arguments, 0);
    long index = Arguments.whole(arguments, 1);
    if (index < 0 || index >= all.size()) {
      throw new IllegalArgumentException(
          "The index " + index + " is outside the array of length " + all.size());
    }
    return all.get((int) index);
  }

  static Object length(List<@Nullable Object> arguments) {
    return Arguments.list(arguments, 0).size();
  }

  static Object unique(List<@Nullable Object> arguments) {
    return new ArrayList<>(new LinkedHashSet<>(Arguments.list(arguments, 0)));
  }
}
