package dev.polder.iam.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/// One line of a statement's `Condition`: an operator, a key, and the values of which one must fit.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
///
/// @param operator as written, such as `ForAnyValue:StringLikeIfExists`
record Condition(String operator, String key, List<String> values) {
  private static final Map<String, BiPredicate<String, String>> TESTS =
      Map.ofEntries(
          Map.entry("stringequals", String::equals),
          Map.entry("stringequalsignorecase", String::equalsIgnoreCase),
          Map.entry("stringlike", Wildcards::matches),
          Map.entry("arnequals", Wildcards::matches),
          Map.entry("arnlike", Wildcards::matches),
          Map.entry("bool", String::equalsIgnoreCase),
          Map.entry("numericequals", (wanted, given) -> compare(wanted, given, Set.of(0))),
          Map.entry("numericlessthan", (wanted, given) -> compare(wanted, given, Set.of(-1))),
          Map.entry(
              "numericlessthanequals", (wanted, given) -> compare(wanted, given, Set.of(-1, 0))),
          Map.entry("numericgreaterthan", (wanted, given) -> compare(wanted, given, Set.of(1))),
          Map.entry(
              "numericgreaterthanequals", (wanted, given) -> compare(wanted, given, Set.of(1, 0))));

  private static boolean compare(String wanted, String given, Set<Integer> signs) {
    try {
      return signs.contains(
          Integer.signum(new BigDecimal(given).compareTo(new BigDecimal(wanted))));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Whether the condition holds.
  ///
  /// @param unknown the answer for an operator that is not known here
  boolean holds(AccessRequest request, boolean unknown) {
    String name = operator.toLowerCase(Locale.ROOT);
    boolean all = name.startsWith("forallvalues:");
    name = name.substring(name.indexOf(':') + 1);
    if (name.equals("null")) {
      return values.stream()
          .anyMatch(v -> Boolean.parseBoolean(v) == request.values(key).isEmpty());
    }
    boolean ifExists = name.endsWith("ifexists");
    name = ifExists ? name.substring(0, name.length() - "ifexists".length()) : name;
    boolean negated = name.contains("not");
    BiPredicate<String, String> test = TESTS.get(name.replaceFirst("not", ""));
    if (test == null) {
      return unknown;
    }
    List<String> given = request.values(key);
    if (given.isEmpty()) {
      return ifExists || negated || all;
    }
    BiPredicate<String, String> filled =
        (wanted, value) -> test.test(request.filled(wanted), value);
    return all
        ? given.stream().allMatch(value -> fits(filled, value) != negated)
        : given.stream().anyMatch(value -> fits(filled, value) != negated);
  }

  private boolean fits(BiPredicate<String, String> test, String given) {
    return values.stream().anyMatch(wanted -> test.test(wanted, given));
  }
}
