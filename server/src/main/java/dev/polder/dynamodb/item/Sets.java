package dev.polder.dynamodb.item;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// The rules of sets as clients write them. A member may be empty; a set may not.
final class Sets {
  private Sets() {}

  static Set<String> strings(Collection<String> written) {
    if (written.isEmpty()) {
      throw ValidationException.parameter("An string set  may not be empty");
    }
    var members = new LinkedHashSet<>(written);
    if (members.size() < written.size()) {
      throw ValidationException.parameter("Input collection " + written + " contains duplicates.");
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
      throw new ValidationException("Input collection contains duplicates");
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
          "Input collection " + written + "of type BS contains duplicates.");
    }
    return members;
  }
}
