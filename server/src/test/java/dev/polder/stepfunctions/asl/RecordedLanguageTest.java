package dev.polder.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The language against cases recorded from the real service, as far as no engine is needed.
final class RecordedLanguageTest {
  private static final String NAMED = "(state '[^']*') \\(entered at the event id #\\d+\\)";

  @Test
  void definitionsAreAcceptedAndRefusedAsRecorded() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      String text = recorded.definitionText();
      if (text == null || recorded.kind().equals("scenario")) {
        continue;
      }
      Parsed parsed = parse(recorded, text);
      String expected = refusal(recorded);
      String got =
          parsed instanceof Parsed.Invalid invalid
              ? invalid.message().replaceAll("arn:aws:", "arn:<partition>:")
              : null;
      if (Objects.equals(expected, got)) {
        tally.passed(recorded.kind() + " " + recorded.area());
      } else {
        tally.failed(
            recorded.kind() + " " + recorded.area(),
            recorded.file() + "\n    expected " + expected + "\n    got      " + got);
      }
    }
    tally.print("Definitions accepted and refused");
    assertThat(tally.misses()).isEmpty();
  }

  @Test
  void validationTellsTheRecordedDiagnostics() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      if (!recorded.kind().equals("validate_definition")) {
        continue;
      }
      String text = String.valueOf(recorded.definitionText());
      Object got =
          parse(recorded, text).diagnostics().stream().map(RecordedLanguageTest::json).toList();
      Object expected = recorded.at("expect", "response", "diagnostics");
      if (got.equals(expected)) {
        tally.passed(recorded.area());
      } else {
        tally.failed(recorded.area(), recorded.file() + "\n    " + expected + "\n    " + got);
      }
    }
    tally.print("Diagnostics");
    assertThat(tally.misses()).isEmpty();
  }

  @Test
  void machinesThatOnlyComputeEndAsRecorded() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      String text = recorded.definitionText();
      if (text == null || !List.of("execution", "express_sync").contains(recorded.kind())) {
        continue;
      }
      if (parse(recorded, text) instanceof Parsed.Valid valid
          && TinyRunner.canRun(valid.definition().graph())
          && recorded.isDeterministic()
          && List.of("SUCCEEDED", "FAILED").contains(recorded.text("expect", "status"))
          && recorded.at("expect", "history") != null) {
        check(recorded, valid, tally);
      }
    }
    tally.print("Machines that only compute");
    assertThat(tally.misses()).isEmpty();
  }

  @Test
  void definitionsOfScenariosAreAcceptedAndRefusedAsRecorded() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      for (Object step : RecordedCase.elements(recorded.at("steps"))) {
        if (RecordedCase.at(step, "args", "definition") instanceof String text
            && !text.contains("${")
            && String.valueOf(RecordedCase.at(step, "op")).endsWith("state_machine")) {
          boolean express = "EXPRESS".equals(RecordedCase.at(step, "args", "type"));
          Parsed parsed =
              DefinitionParser.parse(
                  text,
                  express
                      ? ItemProcessor.ExecutionType.EXPRESS
                      : ItemProcessor.ExecutionType.STANDARD);
          String told = Json.write(RecordedCase.at(step, "expect"));
          boolean refused = told.contains("InvalidDefinition");
          if (refused
              ? parsed instanceof Parsed.Invalid invalid && told.contains(quoted(invalid.message()))
              : parsed instanceof Parsed.Valid) {
            tally.passed(recorded.area());
          } else {
            tally.failed(recorded.area(), recorded.file() + " " + parsed + " " + told);
          }
        }
      }
    }
    tally.print("Definitions in scenarios");
    assertThat(tally.misses()).isEmpty();
  }

  private static String quoted(String message) {
    String json = Json.write(message);
    return json.substring(1, json.length() - 1);
  }

  @Test
  void variableReferencesAreThoseThatWereDescribed() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      if (!recorded.area().equals("api/variable_references")) {
        continue;
      }
      Object expected = null;
      Object got = null;
      for (Object step : RecordedCase.elements(recorded.at("steps"))) {
        if (RecordedCase.at(step, "args", "definition") instanceof String text
            && DefinitionParser.parse(text) instanceof Parsed.Valid valid) {
          got = valid.definition().variableReferences();
        }
        for (Object answer : RecordedCase.elements(RecordedCase.at(step, "expect"))) {
          Object references = RecordedCase.at(answer, "value", "variableReferences");
          expected = references == null ? expected : references;
        }
      }
      Object sought = expected == null ? Map.of() : expected;
      if (sought.equals(got)) {
        tally.passed(recorded.area());
      } else {
        tally.failed(recorded.area(), recorded.file() + " expected " + sought + " got " + got);
      }
    }
    tally.print("Variable references");
    assertThat(tally.misses()).isEmpty();
  }

  private static void check(RecordedCase recorded, Parsed.Valid valid, Tally tally) {
    TinyRunner.Ended ended = TinyRunner.run(valid.definition(), recorded.input());
    Object expect = recorded.at("expect");
    String expectedCause =
        RecordedCase.at(expect, "cause") instanceof String s ? s.replaceAll(NAMED, "$1") : null;
    boolean same =
        ended.status().equals(RecordedCase.at(expect, "status"))
            && (!(expect instanceof Map<?, ?> map && map.containsKey("output"))
                || RecordedValue.matches(RecordedCase.at(expect, "output"), ended.output()))
            && Objects.equals(RecordedCase.at(expect, "error"), ended.error())
            && sameCause(expectedCause, ended.cause());
    if (same) {
      tally.passed(recorded.area());
    } else {
      tally.failed(
          recorded.area(),
          recorded.file()
              + "\n    expected "
              + RecordedCase.at(expect, "status")
              + " "
              + Json.write(RecordedCase.at(expect, "output"))
              + " "
              + RecordedCase.at(expect, "error")
              + " "
              + expectedCause
              + "\n    got      "
              + ended.status()
              + " "
              + Json.write(ended.output())
              + " "
              + ended.error()
              + " "
              + ended.cause());
    }
  }

  private static boolean sameCause(@Nullable String expected, @Nullable String got) {
    return Objects.equals(expected, got)
        || (expected != null
            && got != null
            && got.matches("\\Q" + expected.replaceAll("<[\\w:-]+>", "\\\\E.*\\\\Q") + "\\E"));
  }

  private static Parsed parse(RecordedCase recorded, String text) {
    if (recorded.kind().equals("test_state")
        && !(recorded.definition() instanceof Map<?, ?> map && map.containsKey("States"))) {
      return DefinitionParser.parseState("State", text);
    }
    boolean express =
        recorded.kind().startsWith("express") || "EXPRESS".equals(recorded.at("request", "type"));
    return DefinitionParser.parse(
        text, express ? ItemProcessor.ExecutionType.EXPRESS : ItemProcessor.ExecutionType.STANDARD);
  }

  /// The recorded message of an InvalidDefinition error, or null.
  private static @Nullable String refusal(RecordedCase recorded) {
    if (recorded.kind().equals("validate_definition")) {
      Object response = recorded.at("expect", "response");
      if ("OK".equals(RecordedCase.at(response, "result"))) {
        return null;
      }
      Object first = RecordedCase.elements(RecordedCase.at(response, "diagnostics")).getFirst();
      Object code = RecordedCase.at(first, "code");
      String at =
          "INVALID_JSON_DESCRIPTION".equals(code)
              ? ""
              : " at " + RecordedCase.at(first, "location");
      return "Invalid State Machine Definition: '"
          + code
          + ": "
          + RecordedCase.at(first, "message")
          + at
          + "'";
    }
    if (recorded.kind().equals("test_state")) {
      return null;
    }
    if ("InvalidDefinition".equals(recorded.at("expect", "api_error", "Error", "Code"))) {
      return recorded.text("expect", "api_error", "message");
    }
    return "InvalidDefinition".equals(recorded.at("expect", "api_error_type"))
        ? recorded.text("expect", "api_error_text").replaceFirst("^.* operation: ", "")
        : null;
  }

  private static Map<String, Object> json(Diagnostic d) {
    return Map.of(
        "code", d.code(),
        "severity", d.severity().name(),
        "message", d.message(),
        "location", String.valueOf(d.location()));
  }
}
