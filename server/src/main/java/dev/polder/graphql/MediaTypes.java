package dev.polder.graphql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The two forms of an answer, and how a client chooses.
final class MediaTypes {
  private static final String SPECIFICATION = "application/graphql-response+json";
  private static final String JSON = "application/json";

  private MediaTypes() {}

  /// True if a header `Accept` ranks the specification's type above JSON. Wildcards do not name it:
  /// who does not know it gets what AppSync answers.
  static boolean prefersSpecification(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    double json = 0;
    double specification = 0;
    int jsonAt = Integer.MAX_VALUE;
    int specificationAt = Integer.MAX_VALUE;
    String[] ranges = accept.toLowerCase(Locale.ROOT).split(",");
    for (int i = 0; i < ranges.length; i++) {
      String[] parts = ranges[i].split(";");
      String type = parts[0].strip();
      if (type.equals(SPECIFICATION)) {
        specification = quality(parts);
        specificationAt = i;
      } else if (type.equals(JSON)) {
        json = quality(parts);
        jsonAt = i;
      }
    }
    return specification > json
        || (specification > 0 && specification == json && specificationAt < jsonAt);
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /// The header `Content-Type` of an answer.
  static String answer(boolean strict) {
    return (strict ? SPECIFICATION : JSON) + ";charset=UTF-8";
  }
}
