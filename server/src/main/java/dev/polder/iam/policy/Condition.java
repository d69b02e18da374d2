package dev.polder.iam.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
          Map.entry("ipaddress", Condition::inNetwork),
          Map.entry("dateequals", (wanted, given) -> inTime(wanted, given, Set.of(0))),
          Map.entry("datelessthan", (wanted, given) -> inTime(wanted, given, Set.of(-1))),
          Map.entry("datelessthanequals", (wanted, given) -> inTime(wanted, given, Set.of(-1, 0))),
          Map.entry("dategreaterthan", (wanted, given) -> inTime(wanted, given, Set.of(1))),
          Map.entry(
              "dategreaterthanequals", (wanted, given) -> inTime(wanted, given, Set.of(1, 0))),
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

  // An address, or a network as an address and the number of its bits.
  private static boolean inNetwork(String wanted, String given) {
    int slash = wanted.indexOf('/');
    try {
      byte[] network =
          InetAddress.ofLiteral(slash < 0 ? wanted : wanted.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(given).getAddress();
      int all = network.length * Byte.SIZE;
      int bits = slash < 0 ? all : Integer.parseInt(wanted.substring(slash + 1));
      if (address.length != network.length || bits < 0 || bits > all) {
        return false;
      }
      int rest = all - bits;
      return new BigInteger(1, network)
          .shiftRight(rest)
          .equals(new BigInteger(1, address).shiftRight(rest));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean inTime(String wanted, String given, Set<Integer> signs) {
    try {
      return signs.contains(Integer.signum(instant(given).compareTo(instant(wanted))));
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  // A day, an instant, or seconds of the epoch.
  private static Instant instant(String text) {
    if (text.matches("\\d+")) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text);
  }

  /// Whether its key begins so, or one of its values has a variable that does.
  boolean names(String prefix) {
    return key.regionMatches(true, 0, prefix, 0, prefix.length())
        || values.stream().anyMatch(value -> hasVariable(value, prefix));
  }

  static boolean hasVariable(String text, String prefix) {
    return text.toLowerCase(Locale.ROOT).contains("${" + prefix.toLowerCase(Locale.ROOT));
  }

  /// What of it cannot be decided here.
  Optional<String> undecidable() {
    String name = plainOperator();
    boolean known = name.equals("null") || TESTS.containsKey(name.replaceFirst("not", ""));
    if (!known) {
      return Optional.of("condition operator " + operator);
    }
    return Decidable.isKey(key) ? Optional.empty() : Optional.of("condition key " + key);
  }

  /// The operator without what stands before and behind it.
  private String plainOperator() {
    String name = operator.toLowerCase(Locale.ROOT);
    name = name.substring(name.indexOf(':') + 1);
    return name.endsWith("ifexists")
        ? name.substring(0, name.length() - "ifexists".length())
        : name;
  }

  /// Whether the condition holds.
  ///
  /// @param unknown the answer for an operator that is not known here
  boolean holds(AccessRequest request, boolean unknown) {
    String name = operator.toLowerCase(Locale.ROOT);
    boolean all = name.startsWith("forallvalues:");
    boolean ifExists = name.endsWith("ifexists");
    name = plainOperator();
    if (name.equals("null")) {
      return values.stream()
          .anyMatch(v -> Boolean.parseBoolean(v) == request.values(key).isEmpty());
    }
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
