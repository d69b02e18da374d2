package dev.polder.appsync.transform;

import java.util.Map;

/// The scalars that AppSync brings, with what introspection says of each.
///
/// The text for `AWSDateTime` is the service's own, as its introspection answers it; codegen tools
/// print it into people's files.
final class ServiceScalars {
  private ServiceScalars() {}

  static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "AWSDate",
          "A calendar date in the extended form of ISO 8601, `YYYY-MM-DD`, with an optional time zone"
              + " offset: `Z` or `±hh:mm[:ss]`. Years before 0000 are written `-YYYY`.",
          "AWSTime",
          "A time of day in the extended form of ISO 8601, `hh:mm[:ss[.SSS]]`, with an optional time"
              + " zone offset: `Z` or `±hh:mm[:ss]`.",
          "AWSDateTime",
          dateTime(),
          "AWSTimestamp",
          "Seconds since 1970-01-01T00:00Z, an integer; negative ones lie before it.",
          "AWSEmail",
          "An e-mail address in the form `local-part@domain-part` of RFC 822.",
          "AWSJSON",
          "A JSON document in a string. It is parsed on the way in and written as a string on the way"
              + " out.",
          "AWSURL",
          "A URL as RFC 1738 defines it: with a scheme, and without two slashes in a row in its path.",
          "AWSPhone",
          "A phone number; spaces and hyphens may separate its groups. A number without a country"
              + " code is one of the North American numbering plan.",
          "AWSIPAddress",
          "An IPv4 or IPv6 address, with an optional prefix length as in CIDR notation.");

  private static String dateTime() {
    return "The `AWSDateTime` scalar type provided by AWS AppSync, represents a valid"
        + " ***extended*** [ISO 8601 DateTime]"
        + "(https://en.wikipedia.org/wiki/ISO_8601#Combined_date_and_time_representations) string."
        + " In other words, this scalar type accepts datetime strings of the form"
        + " `YYYY-MM-DDThh:mm:ss.SSSZ`.  The scalar can also accept \"negative years\" of the form"
        + " `-YYYY` which correspond to years before `0000`. For example,"
        + " \"**-2017-01-01T00:00Z**\" and \"**-9999-01-01T00:00Z**\" are both valid datetime"
        + " strings.  The field after the two digit seconds field is a nanoseconds field. It can"
        + " accept between 1 and 9 digits. So, for example, \"**1970-01-01T12:00:00.2Z**\","
        + " \"**1970-01-01T12:00:00.277Z**\" and \"**1970-01-01T12:00:00.123456789Z**\" are all valid"
        + " datetime strings.  The seconds and nanoseconds fields are optional (the seconds field"
        + " must be specified if the nanoseconds field is to be used).  The [time zone offset]"
        + "(https://en.wikipedia.org/wiki/ISO_8601#Time_zone_designators) is compulsory for this"
        + " scalar. The time zone offset must either be `Z` (representing the UTC time zone) or be in"
        + " the format `±hh:mm:ss`. The seconds field in the timezone offset will be considered valid"
        + " even though it is not part of the ISO 8601 standard.";
  }
}
