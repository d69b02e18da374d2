package dev.polder.appsync.transform.check;

/// How the reference implementation of GraphQL words what it finds: each generation of Amplify's
/// tool has its own version of it.
enum Wording {
  /// Version 14.
  FIRST(new Suggestions(true)) {
    @Override
    String directive(String name) {
      return name;
    }

    @Override
    String badValue(String type, String value) {
      return "Expected type %s, found %s.".formatted(type, value);
    }

    @Override
    String badScalar(String type, String value, String reason) {
      return badValue(type, value);
    }

    @Override
    String missingField(String field, String type) {
      return "Field %s of required type %s was not provided.".formatted(field, type);
    }

    @Override
    String unknownField(String field, String type, String question) {
      return "Field \"%s\" is not defined by type %s.%s".formatted(field, type, bare(question));
    }

    @Override
    String noEnumValue(String name, String type, String value, String question) {
      return "Expected type %s, found %s.%s".formatted(type, value, bare(question));
    }

    @Override
    String unknownEnumValue(String name, String value, String question) {
      return "Expected type %s, found %s.%s".formatted(name, value, bare(question));
    }

    @Override
    String syntax(String message) {
      String bare = message.replaceAll(QUOTED_MARK, "$1$2");
      return bare.matches("Syntax Error: (Expected|Unexpected) .*") && !bare.endsWith("..")
          ? bare.substring(0, bare.length() - 1)
          : bare;
    }
  },

  /// Version 15.
  SECOND(new Suggestions(false)) {
    @Override
    String directive(String name) {
      return "@" + name;
    }

    @Override
    String badValue(String type, String value) {
      return "Expected value of type \"%s\", found %s.".formatted(type, value);
    }

    @Override
    String badScalar(String type, String value, String reason) {
      return reason;
    }

    @Override
    String missingField(String field, String type) {
      return "Field \"%s\" of required type \"%s\" was not provided.".formatted(field, type);
    }

    @Override
    String unknownField(String field, String type, String question) {
      return "Field \"%s\" is not defined by type \"%s\".%s".formatted(field, type, question);
    }

    @Override
    String noEnumValue(String name, String type, String value, String question) {
      return "Enum \"%s\" cannot represent non-enum value: %s.%s".formatted(name, value, question);
    }

    @Override
    String unknownEnumValue(String name, String value, String question) {
      return "Value \"%s\" does not exist in \"%s\" enum.%s".formatted(value, name, question);
    }

    @Override
    String syntax(String message) {
      return message;
    }
  };

  private static final String QUOTED_MARK =
      "(Expected |found |Unexpected )\"([!$&():=@\\[\\]{|}]|\\.\\.\\.)\"";

  private final Suggestions suggestions;

  Wording(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  /// What misspelt names may have meant.
  Suggestions suggestions() {
    return suggestions;
  }

  private static String bare(String question) {
    return question.replace("\"", "");
  }

  /// The name of a directive as most messages have it.
  abstract String directive(String name);

  abstract String badValue(String type, String value);

  /// @param reason what the scalar says itself
  abstract String badScalar(String type, String value, String reason);

  /// @param field with its type's name before it
  abstract String missingField(String field, String type);

  abstract String unknownField(String field, String type, String question);

  /// @param type the enum's type where the value stands
  abstract String noEnumValue(String name, String type, String value, String question);

  abstract String unknownEnumValue(String name, String value, String question);

  /// @param message in the words of the second
  abstract String syntax(String message);
}
