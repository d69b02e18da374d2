package dev.polder.dynamodb.expression;

import java.util.Optional;

/// The functions of the language. Their names are written as here, in small letters.
enum Function {
  ATTRIBUTE_EXISTS("attribute_exists", 1, true),
  ATTRIBUTE_NOT_EXISTS("attribute_not_exists", 1, true),
  ATTRIBUTE_TYPE("attribute_type", 2, true),
  BEGINS_WITH("begins_with", 2, true),
  CONTAINS("contains", 2, true),
  SIZE("size", 1, true),
  IF_NOT_EXISTS("if_not_exists", 2, false),
  LIST_APPEND("list_append", 2, false);

  private final String text;
  private final int operands;
  private final boolean inConditions;

  Function(String text, int operands, boolean inConditions) {
    this.text = text;
    this.operands = operands;
    this.inConditions = inConditions;
  }

  static Optional<Function> of(String name) {
    for (Function function : values()) {
      if (function.text.equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /// Whether the function belongs to conditions; the others belong to updates.
  boolean inConditions() {
    return inConditions;
  }

  /// Notes a wrong number of operands.
  boolean takes(int count, Problems problems) {
    if (count == operands) {
      return true;
    }
    problems.add(
        Problems.Kind.OPERAND_COUNT,
        "Incorrect number of operands for operator or function; operator or function: "
            + text
            + ", number of operands: "
            + count);
    return false;
  }

  /// Notes a name that is no function at all.
  static void unknown(String name, Problems problems) {
    problems.add(Problems.Kind.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
  }

  /// Notes a function where it may not stand.
  static void misused(String name, Problems problems) {
    problems.add(
        Problems.Kind.MISUSED_FUNCTION,
        "The function is not allowed to be used this way in an expression; function: " + name);
  }

  void requiresPath(Problems problems) {
    problems.add(
        Problems.Kind.OPERAND_TYPE,
        "Operator or function requires a document path; operator or function: " + text);
  }

  /// Notes an operand of the wrong type.
  ///
  /// @param operator the sign or name of the operator or function
  static void wrongType(String operator, String type, Problems problems) {
    problems.add(
        Problems.Kind.OPERAND_TYPE,
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }
}
