package dev.polder.iam.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which keys conditions may name here: those whose values are known, and those that a call of a
/// role's session does not have at AWS either.
final class Decidable {
  private static final Set<String> KEYS =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principaltype",
          "aws:userid",
          "aws:sourceip",
          "aws:requestedregion",
          "aws:resourceaccount",
          "aws:currenttime",
          "aws:epochtime",
          "aws:viaawsservice",
          "aws:principalisawsservice",
          "aws:multifactorauthpresent",
          "aws:securetransport",
          "aws:tagkeys",
          "s3:prefix",
          "s3:delimiter",
          "s3:max-keys",
          "dynamodb:leadingkeys",
          "dynamodb:fulltablescan",
          "dynamodb:select",
          "dynamodb:returnvalues",
          "dynamodb:returnconsumedcapacity",
          "dynamodb:enclosingoperation");

  // Of calls by services on somebody's behalf, from private networks, of users and organisations.
  private static final Set<String> ABSENT =
      Set.of(
          "aws:sourcearn",
          "aws:sourceaccount",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:vpcsourceip",
          "aws:calledvia",
          "aws:calledviafirst",
          "aws:calledvialast",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalservicename",
          "aws:principalservicenameslist",
          "aws:resourceorgid",
          "aws:resourceorgpaths",
          "aws:sourceidentity",
          "aws:federatedprovider",
          "aws:multifactorauthage",
          "aws:username");

  private static final List<String> TAGS =
      List.of("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/");

  // The services whose calls are asked about; a statement about others is never looked at.
  private static final Set<String> SERVICES =
      Set.of(
          "*",
          "appsync",
          "athena",
          "cloudformation",
          "dynamodb",
          "glue",
          "iam",
          "lambda",
          "logs",
          "s3",
          "scheduler",
          "states",
          "sts",
          "xray");

  private Decidable() {}

  static boolean isKey(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return KEYS.contains(name) || ABSENT.contains(name) || TAGS.stream().anyMatch(name::startsWith);
  }

  /// Whether a pattern of actions can fit a call of a service that is here.
  static boolean isAsked(String action) {
    int colon = action.indexOf(':');
    String service = (colon < 0 ? "*" : action.substring(0, colon)).toLowerCase(Locale.ROOT);
    return SERVICES.stream().anyMatch(each -> Wildcards.matches(service, each));
  }
}
