package dev.polder.stepfunctions.asl;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types of states, and which fields each may have in which query language
/// (https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html).
enum StateType {
  PASS("Pass", "Next End Assign", "InputPath OutputPath ResultPath Parameters Result", "Output"),
  TASK(
      "Task",
      "Next End Assign Resource TimeoutSeconds HeartbeatSeconds Credentials Retry Catch",
      "InputPath OutputPath ResultPath Parameters ResultSelector TimeoutSecondsPath"
          + " HeartbeatSecondsPath",
      "Arguments Output"),
  CHOICE("Choice", "Assign Choices Default", "InputPath OutputPath", "Output"),
  WAIT(
      "Wait",
      "Next End Assign Seconds Timestamp",
      "InputPath OutputPath SecondsPath TimestampPath",
      "Output"),
  SUCCEED("Succeed", "", "InputPath OutputPath", "Output"),
  FAIL("Fail", "Error Cause", "ErrorPath CausePath", ""),
  PARALLEL(
      "Parallel",
      "Next End Assign Branches Retry Catch",
      "InputPath OutputPath ResultPath Parameters ResultSelector",
      "Arguments Output"),
  MAP(
      "Map",
      "Next End Assign ItemProcessor Iterator ItemSelector ItemReader ItemBatcher ResultWriter"
          + " MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Label Retry Catch",
      "InputPath OutputPath ResultPath Parameters ResultSelector ItemsPath MaxConcurrencyPath"
          + " ToleratedFailureCountPath ToleratedFailurePercentagePath",
      "Items Output");

  private static final Set<String> COMMON = Set.of("Type", "Comment", "QueryLanguage");

  private final String text;
  private final Set<String> always;
  private final Set<String> inPaths;
  private final Set<String> inJsonata;

  StateType(String text, String always, String inPaths, String inJsonata) {
    this.text = text;
    this.always = Set.of(always.split(" "));
    this.inPaths = Set.of(inPaths.split(" "));
    this.inJsonata = Set.of(inJsonata.split(" "));
  }

  static @Nullable StateType named(@Nullable String text) {
    for (StateType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    return null;
  }

  static Set<String> names() {
    Set<String> names = new HashSet<>();
    for (StateType type : values()) {
      names.add(type.text);
    }
    return names;
  }

  /// Reports the fields that a state of this type cannot have.
  void check(Fields state, QueryLanguage language) {
    for (String name : state.values().keySet()) {
      if (COMMON.contains(name) || always.contains(name)) {
        continue;
      }
      boolean paths = inPaths.contains(name);
      boolean jsonata = inJsonata.contains(name);
      if (!paths && !jsonata) {
        state.findings().schema("Field '" + name + "' is not supported", state.location());
      } else if (paths && !jsonata && language == QueryLanguage.JSONATA) {
        state
            .findings()
            .schema(misplaced(name, language, QueryLanguage.JSONPATH), state.location());
      } else if (jsonata && !paths && language == QueryLanguage.JSONPATH) {
        state.findings().schema(misplaced(name, language, QueryLanguage.JSONATA), state.location());
      }
    }
  }

  static String misplaced(String field, QueryLanguage set, QueryLanguage needed) {
    return "The QueryLanguage is set to '"
        + set.text()
        + "', but field '"
        + field
        + "' is only supported for the '"
        + needed.text()
        + "' QueryLanguage";
  }
}
