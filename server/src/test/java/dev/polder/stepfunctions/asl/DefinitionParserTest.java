package dev.polder.stepfunctions.asl;

import static dev.polder.stepfunctions.asl.Diagnostic.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of definitions that the real service refuses, in the words of its validation API
/// where those have been observed, and where the fault is.
final class DefinitionParserTest {

  private static String described(String states) {
    return said(DefinitionParser.parse("{\"StartAt\":\"A\",\"States\":{" + states + "}}"));
  }

  private static String said(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Valid valid -> "valid";
      case Parsed.Invalid invalid ->
          String.join("; ", invalid.diagnostics().stream().map(Diagnostic::described).toList());
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'A':{'Type':'Pass','Next':'X'} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next; MISSING_END_STATE: Workflow has no terminal state at null",
        "'A':{'Type':'Pass','Next':'X'},'B':{'Type':'Pass','End':true} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next; MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
        "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'A'} | MISSING_END_STATE: Workflow has no terminal state at null",
        "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'A'},'C':{'Type':'Succeed'} | MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
        "'A':{'Type':'Choice','Choices':[{'Variable':'$.x','IsNull':true,'Next':'X'}],'Default':'B'},'B':{'Type':'Succeed'} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Choices[0]/Next",
        "'A':{'Type':'Choice','Choices':[{'Variable':'$.x','IsNull':true,'Next':'B'}],'Default':'X'},'B':{'Type':'Succeed'} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Default",
        "'A':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true,'Catch':[{'ErrorEquals':['E'],'Next':'X'}]} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Catch[0]/Next",
        "'B':{'Type':'Succeed'} | MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /StartAt; MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
        "'A':{'Type':'Map','TimeoutSeconds':3,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true} | SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/A",
        "'A':{'Type':'Pass','Catch':[],'End':true} | SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/A",
        "'A':{'Type':'Wait','Seconds':1,'ResultPath':null,'End':true} | SCHEMA_VALIDATION_FAILED: Field 'ResultPath' is not supported at /States/A",
        "'A':{'Type':'Pass','Output':1,'End':true} | SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
        "'A':{'Type':'Pass','QueryLanguage':'JSONata','InputPath':'$','End':true} | SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
        "'A':{'Type':'Map','ItemProcessor':{'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true} | SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/A/ItemProcessor",
        "'A':{'Type':'Map','QueryLanguage':'JSONata','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','Output':1,'End':true}}},'End':true} | SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A/ItemProcessor/States/I",
        "'A':{'Type':'Pass','Parameters':{'x':{'n.$':'foo'}},'End':true} | SCHEMA_VALIDATION_FAILED: The value for the field 'n.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters/x",
        "'A':{'Type':'Parallel','Branches':[{'StartAt':'A','States':{'A':{'Type':'Succeed'}}}],'End':true} | DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A",
        "'A':{'Type':'Pass','ResultPath':'$.a[*]','End':true} | SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: '$.a[*]' at /States/A/ResultPath",
        "'A':{'Type':'Choice','Choices':[{'Variable':'$.a[*]','IsNull':true,'Next':'B'}]},'B':{'Type':'Succeed'} | SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: '$.a[*]' at /States/A/Choices[0]/Variable",
        "'A':{'End':true} | SCHEMA_VALIDATION_FAILED: These fields are required: [Type] at /States/A",
        "'A':{'Type':'Task','End':true} | SCHEMA_VALIDATION_FAILED: These fields are required: [Resource] at /States/A",
      })
  void faultsAreNamedWithTheirPlace(String states, String expected) {
    assertThat(described(states.replace('\'', '"'))).isEqualTo(expected);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Parsed parsed =
        DefinitionParser.parse(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"X\",\"Foo\":1},"
                + "\"B\":{\"Type\":\"Wait\",\"Timestamp\":\"yesterday\",\"End\":true}}}");
    assertThat(parsed)
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid ->
                assertThat(invalid.message())
                    .isEqualTo(
                        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field 'Foo'"
                            + " is not supported at /States/A, SCHEMA_VALIDATION_FAILED: String"
                            + " does not match RFC3339 timestamp at /States/B/Timestamp,"
                            + " MISSING_TRANSITION_TARGET: Missing 'Next' target: X at"
                            + " /States/A/Next, MISSING_TRANSITION_TARGET: State \"B\" is not"
                            + " reachable. at /States/B'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken | '.waitForTaskToken' service integration",
        "arn:aws:states:::athena:startQueryExecution.sync | '.sync' service integration",
        "arn:aws:states:us-east-1:111111111111:activity:a | Activity ARN",
      })
  void expressMachinesCannotWaitForOthers(String resource, String refused) {
    String text =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\""
            + resource
            + "\",\"End\":true}}}";
    assertThat(said(DefinitionParser.parse(text))).isEqualTo("valid");
    assertThat(said(DefinitionParser.parse(text, ItemProcessor.ExecutionType.EXPRESS)))
        .isEqualTo(
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support "
                + refused
                + " at /States/A/Resource");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:states:::dynamodb:query",
    "arn:aws:states:::dynamodb:getItem.sync",
    "arn:aws:states:::aws-sdk:s3:getObject.sync",
    "arn:aws:states:::lambda:invoke.sync",
    "create",
  })
  void unknownResourcesAreRefused(String resource) {
    assertThat(
            described("\"A\":{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true}"))
        .isEqualTo(
            "SCHEMA_VALIDATION_FAILED: The resource provided "
                + resource
                + " is not recognized. The value is not a valid resource ARN, or the resource is"
                + " not available in this region. at /States/A/Resource");
  }

  @Test
  void aDeepDefinitionIsRefusedNotFatal() {
    String open =
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[";
    String text = open.repeat(190) + "1" + "]}}}".repeat(190);
    assertThat(said(DefinitionParser.parse(text))).contains("TOO_DEEPLY_NESTED");
  }

  @Test
  void diagnosticsCannotBeChanged() {
    List<Diagnostic> found = DefinitionParser.parse("{}").diagnostics();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().message())
        .isEqualTo("These fields are required: [StartAt, States]");
  }

  @Test
  void textsThatLookLikePathsAndAreNoneAreWarnedOf() {
    Parsed parsed =
        DefinitionParser.parse(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Result": {"a": "$.b"}, "Next": "B"},
              "B": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "f", "Payload": {"a": "$.b", "c.$": "$.d"}},
                "Next": "C"},
              "C": {"Type": "Choice", "Default": "D", "Choices": [
                {"Variable": "$.a", "StringEquals": "$.b", "Next": "D"}]},
              "D": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "$.x", "End": true}}}
            """);

    assertThat(said(parsed)).isEqualTo("valid");
    assertThat(parsed.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::code, Diagnostic::location)
        .containsExactly(
            tuple(WARNING, "PASS_RESULT_IS_STATIC", "/States/A/Result"),
            tuple(WARNING, "NO_DOLLAR", "/States/B/Parameters/Payload/a"),
            tuple(WARNING, "NO_PATH", "/States/C/Choices[0]/StringEquals"));
  }
}
