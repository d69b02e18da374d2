package dev.polder.iam.policy;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An action on a resource, and what is known around it.
///
/// @param action such as `dynamodb:Query`
/// @param resource its ARN, or `*` where the action has none
/// @param context values of the keys that conditions may name, such as `aws:PrincipalArn`; case of
///   the names does not matter
public record AccessRequest(String action, String resource, Map<String, List<String>> context) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  public AccessRequest {
    var any = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(context);
    context = Collections.unmodifiableMap(any);
  }

  /// The values of a key; none where nothing is known.
  List<String> values(String key) {
    return context.getOrDefault(key, List.of());
  }

  /// A text of a policy with its variables filled in. `${*}`, `${?}` and `${$}` are those
  /// characters; a variable without a value matches nothing.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  String filled(String text) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher variables = VARIABLE.matcher(text);
    var out = new StringBuilder();
    while (variables.find()) {
      variables.appendReplacement(out, Matcher.quoteReplacement(value(variables.group(1))));
    }
    return variables.appendTail(out).toString();
  }

  private String value(String variable) {
    if (variable.length() == 1) {
      return variable;
    }
    int comma = variable.indexOf(',');
    String name = (comma < 0 ? variable : variable.substring(0, comma)).strip();
    List<String> values = values(name);
    if (values.size() == 1) {
      return values.getFirst();
    }
    return comma < 0
        ? "\uFFFF" + name.toLowerCase(Locale.ROOT)
        : variable.substring(comma + 1).strip().replaceAll("^'|'$", "");
  }
}
