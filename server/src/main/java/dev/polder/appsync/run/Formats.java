package dev.polder.appsync.run;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms of AppSync's scalars that are text, as "AWS AppSync scalars" in the service's guide
/// describes them.
final class Formats {
  private static final String DATE = "(-?\\d{4,9})-(\\d{2})-(\\d{2})";
  private static final String OFFSET = "(?:Z|[+-]([01]\\d):([0-5]\\d)(?::[0-5]\\d)?)";
  private static final String CLOCK = "([01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?";
  private static final Pattern IS_DATE = Pattern.compile(DATE + OFFSET + "?");
  private static final Pattern IS_TIME = Pattern.compile(CLOCK + OFFSET + "?");
  private static final Pattern IS_DATE_TIME = Pattern.compile(DATE + "T" + CLOCK + OFFSET);
  private static final Pattern IS_EMAIL =
      Pattern.compile(
          "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "|\"(?:[^\"\\\\\\r\\n]|\\\\.)*\")"
              + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[^\\[\\]\\s]+\\])");
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IS_V4 =
      Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}(?:/(?:3[0-2]|[12]?\\d))?");
  private static final Pattern V6_PREFIX = Pattern.compile("/(?:12[0-8]|1[01]\\d|[1-9]?\\d)$");
  private static final Pattern NORTH_AMERICAN = Pattern.compile("1?[2-9]\\d{9}");
  private static final int LONGEST_EMAIL = 320;

  private Formats() {}

  /// `YYYY-MM-DD`, with an offset or without.
  static boolean isDate(String text) {
    Matcher matcher = IS_DATE.matcher(text);
    return matcher.matches() && exists(matcher);
  }

  /// `hh:mm[:ss[.f]]`, with an offset or without.
  static boolean isTime(String text) {
    return IS_TIME.matcher(text).matches();
  }

  /// A date and a time with `T` between, and an offset.
  static boolean isDateTime(String text) {
    Matcher matcher = IS_DATE_TIME.matcher(text);
    return matcher.matches() && exists(matcher);
  }

  private static boolean exists(Matcher date) {
    try {
      LocalDate.of(
          Integer.parseInt(date.group(1)),
          Integer.parseInt(date.group(2)),
          Integer.parseInt(date.group(3)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// `local-part@domain-part`; the domain need not have a dot.
  static boolean isEmail(String text) {
    return text.length() <= LONGEST_EMAIL && IS_EMAIL.matcher(text).matches();
  }

  /// With a scheme, and without an empty step in its path.
  static boolean isUrl(String text) {
    try {
      var uri = new URI(text);
      String rest = uri.isOpaque() ? uri.getRawSchemeSpecificPart() : uri.getRawPath();
      return uri.getScheme() != null && rest != null && !rest.contains("//");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Digits in groups; without a country code a number of North America.
  static boolean isPhone(String text) {
    if (!text.matches("\\+?[\\d() -]+")) {
      return false;
    }
    String digits = text.replaceAll("[^\\d]", "");
    return text.startsWith("+")
        ? digits.length() >= 7 && digits.length() <= 15
        : NORTH_AMERICAN.matcher(digits).matches();
  }

  /// IPv4 or IPv6, with the length of a prefix or without.
  static boolean isAddress(String text) {
    if (IS_V4.matcher(text).matches()) {
      return true;
    }
    String address = V6_PREFIX.matcher(text).replaceFirst("");
    if (!address.contains(":") || !address.matches("[0-9A-Fa-f:.]+")) {
      return false;
    }
    try {
      InetAddress.ofLiteral(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
