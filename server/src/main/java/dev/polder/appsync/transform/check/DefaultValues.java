package dev.polder.appsync.transform.check;

import dev.polder.kernel.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which strings Amplify takes for a default of a scalar; narrower here and wider there than what
/// the service takes for a value.
final class DefaultValues {
  private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9])(\\.\\d+)?";
  private static final String ZONE = "(Z|[+|-]([01][0-9]|2[0-3]):[0-5][0-9])";
  private static final Pattern TIME = Pattern.compile(CLOCK + ZONE);
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern EMAIL =
      Pattern.compile(
          "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d.*", Pattern.DOTALL);
  private static final Pattern REAL =
      Pattern.compile("\\s*[+-]?(\\d|\\.\\d|Infinity).*", Pattern.DOTALL);
  private static final Pattern PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]{5,}[0-9]");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private DefaultValues() {}

  static boolean fits(String scalar, String value) {
    return switch (scalar) {
      case "Int", "AWSTimestamp" -> INTEGER.matcher(value).matches();
      case "Float" -> REAL.matcher(value).matches();
      case "Boolean" ->
          value.toLowerCase(Locale.ROOT).equals("true")
              || value.toLowerCase(Locale.ROOT).equals("false");
      case "AWSJSON" -> json(value);
      case "AWSDate" -> date(value);
      case "AWSTime" -> TIME.matcher(value).matches();
      case "AWSDateTime" -> dateTime(value);
      case "AWSEmail" -> EMAIL.matcher(value).matches();
      case "AWSURL" -> url(value);
      case "AWSPhone" -> PHONE.matcher(value).matches();
      case "AWSIPAddress" -> IPV4.matcher(value).matches() || IPV6.matcher(value).matches();
      default -> true;
    };
  }

  private static boolean json(String value) {
    try {
      Json.parse(value);
      return true;
    } catch (Json.Malformed e) {
      return false;
    }
  }

  private static boolean date(String value) {
    if (!DATE.matcher(value).matches()) {
      return false;
    }
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean dateTime(String value) {
    int t = value.indexOf('T');
    return t > 0 && date(value.substring(0, t)) && TIME.matcher(value.substring(t + 1)).matches();
  }

  private static boolean url(String value) {
    try {
      return new URI(value).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
