package dev.polder.dynamodb.item;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The rules of sets as clients write them. A member may be empty; a set may not.
final class Sets {
  private Sets() {}

  static Set<String> strings(Collection<String> written) {
    if (written.isEmpty()) {
      throw ValidationException.parameter("An string set  may not be empty");
    }
    var members = new LinkedHashSet<>(written);
    if (members.size() < written.size()) {
      throw ValidationException.parameter(
          "Input collection " + written + " contains duplicates.",
          "Input collection " + quoted(written, Utf8.ORDER, ", ") + " contains duplicates.");
    }
    return members;
  }

  static Set<Value.N> numbers(Collection<String> written) {
    if (written.isEmpty()) {
      throw ValidationException.parameter("An number set  may not be empty");
    }
    Set<Value.N> members = LinkedHashSet.newLinkedHashSet(written.size());
    written.forEach(number -> members.add(Value.N.parse(number)));
    if (members.size() < written.size()) {
      throw ValidationException.of(
          "Input collection contains duplicates",
          "One or more parameter values were invalid: Input collection contains duplicates.");
    }
    return members;
  }

  static Set<Value.B> binaries(Collection<Value.B> written) {
    if (written.isEmpty()) {
      throw ValidationException.parameter("Binary sets should not be empty");
    }
    var members = new LinkedHashSet<>(written);
    if (members.size() < written.size()) {
      throw ValidationException.parameter(
          "Input collection " + written + "of type BS contains duplicates.",
          "Input collection "
              + quoted(written, Comparator.naturalOrder(), ",")
              + "of type BS contains duplicates.");
    }
    return members;
  }

  /// The members as newer messages show them: in order up to the first that is repeated, and as
  /// they were written from there.
  private static <T> String quoted(Collection<T> written, Comparator<T> order, String separator) {
    var seen = new TreeSet<>(order);
    List<T> rest = new ArrayList<>();
    for (T member : written) {
      if (!rest.isEmpty() || !seen.add(member)) {
        rest.add(member);
      }
    }
    List<T> shown = new ArrayList<>(seen);
    shown.addAll(rest);
    return shown.stream()
        .map(member -> "\"" + member + "\"")
        .collect(Collectors.joining(separator, "[", "]"));
  }
}
