package dev.polder.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String RESOURCES = "Resources: {A: {Type: T}}\n";

  private static String json(String yaml) {
    return Json.write(TemplateReader.read(yaml).value());
  }

  private static Template template(String text) {
    return Template.of(TemplateReader.read(text));
  }

  @Test
  void shortTagsStandForFunctions() {
    assertThat(
            json("a: !Ref x\nb: !GetAtt r.Arn.More\nc: !Sub '${x}-y'\nd: !Join [',', [a, !Ref b]]"))
        .isEqualTo(
            "{\"a\":{\"Ref\":\"x\"},\"b\":{\"Fn::GetAtt\":[\"r\",\"Arn.More\"]},"
                + "\"c\":{\"Fn::Sub\":\"${x}-y\"},\"d\":{\"Fn::Join\":[\",\",[\"a\",{\"Ref\":\"b\"}]]}}");
    assertThat(json("c: !Not [!Equals [!Ref e, prod]]\nd: !Condition x"))
        .isEqualTo(
            "{\"c\":{\"Fn::Not\":[{\"Fn::Equals\":[{\"Ref\":\"e\"},\"prod\"]}]},\"d\":{\"Condition\":\"x\"}}");
  }

  @Test
  void scalarsKeepWhatTheyMean() {
    assertThat(
            json("v: 2010-09-09\na: 012345678901\nb: 12\nc: true\nd: \"12\"\ne: 1.5\nf: ~\ng: yes"))
        .isEqualTo(
            "{\"v\":\"2010-09-09\",\"a\":\"012345678901\",\"b\":12,\"c\":true,\"d\":\"12\",\"e\":1.5,\"f\":null,\"g\":\"yes\"}");
    assertThat(json("\t{\"a\": [1, \"x\\u00e9\"]}")).isEqualTo("{\"a\":[1,\"xé\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1'| YAML not well-formed. (line 1, column",
        "'{\"a\": }}'| JSON not well-formed. (line 1",
        "'a: 1\na: 2'| uplicate key",
        "'x: !Nope y'| Unknown tag !Nope (/x, line 1)",
        "''| it is empty",
        "'Resources: {}'| At least one Resources member must be defined.",
        "'Resources: {A: {}}'| Every Resources object must contain a Type member. (/Resources/A, line 1)",
        "'Resources: {A: {Type: T, Foo: 1}}'| Invalid template resource property 'Foo' (/Resources/A/Foo, line 1)",
        "'Resources: {A-b: {Type: T}}'| Resource name A-b is non alphanumeric.",
        "'Stuff: 1\nResources: {A: {Type: T}}'| Invalid template property or properties [Stuff] (/Stuff, line 1)",
        "'Resources: {A: {Type: T, Properties: {x: !Ref B}}}'| Unresolved resource dependencies [B] in the Resources block of the template",
        "'Resources: {A: {Type: T, Properties: {x: !GetAtt B.Arn}}}'| instance of Fn::GetAtt references undefined resource B",
        "'Resources: {A: {Type: T, Properties: {x: !Sub \"${B.Arn}\"}}}'| references undefined resource B",
        "'Resources: {A: {Type: T, DependsOn: C}}'| Unresolved resource dependencies [C]",
        "'Resources: {A: {Type: T, Condition: C}}'| Unresolved condition dependency C",
        "'Resources: {A: {Type: T, Properties: {x: !If [C, 1, 2]}}}'| Unresolved condition dependency C",
        "'Resources: {A: {Type: T, Properties: {x: {Fn::Cidr: [1]}}}}'| Fn::Cidr is not supported",
        "'Resources: {A: {Type: T, DeletionPolicy: Snapshot}}'| DeletionPolicy Snapshot is not supported",
        "'Parameters: {P: {}}\nResources: {A: {Type: T}}'| Every Parameters object must contain a Type member.",
        "'Parameters: {P: {Type: AWS::EC2::VPC::Id}}\nResources: {A: {Type: T}}'| Unrecognized parameter type: AWS::EC2::VPC::Id"
      })
  void badTemplatesAreRefusedWithTheirPlace(String text, String message) {
    assertThatThrownBy(() -> template(text))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void cyclesAreNamed() {
    String text =
        """
        Resources:
          A: {Type: T, Properties: {x: !Ref B}}
          B: {Type: T, Properties: {x: !Sub '${C}'}}
          C: {Type: T, DependsOn: A}
        """;
    assertThatThrownBy(() -> template(text))
        .hasMessage("Circular dependency between resources: [A, B, C]");
  }

  @Test
  void resourcesComeAfterWhatTheyNeed() {
    Template template =
        template(
            """
            Resources:
              A: {Type: T, Properties: {x: !GetAtt C.Arn}}
              B: {Type: T}
              C: {Type: T, Properties: {x: !Join ['', [!Sub ['${y}', {y: !Ref B}]]]}}
            """);
    assertThat(new References(template).order()).containsExactly("B", "C", "A");
  }

  @Test
  void parametersAreChecked() {
    Template template =
        template(
            """
            Parameters:
              Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
              Count: {Type: Number, MinValue: 1, MaxValue: 9}
              Name: {Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters please, Default: a}
              Many: {Type: CommaDelimitedList, Default: 'a, b'}
            """
                + RESOURCES);
    assertThat(Values.parameters(template, Map.of("Count", "3")))
        .isEqualTo(Map.of("Stage", "dev", "Count", "3", "Name", "a", "Many", List.of("a", "b")));
    refused(template, Map.of(), "Parameters: [Count] must have values");
    refused(
        template, Map.of("Count", "1", "X", "1"), "Parameters: [X] do not exist in the template");
    refused(template, Map.of("Count", "0"), "'Count' must be a number not less than 1");
    refused(template, Map.of("Count", "x"), "'Count' must be a number");
    refused(template, Map.of("Count", "1", "Stage", "x"), "'Stage' must be one of AllowedValues");
    refused(
        template,
        Map.of("Count", "1", "Name", "A"),
        "'Name' must match pattern [a-z]+: letters please");
  }

  private static void refused(Template template, Map<String, String> given, String message) {
    assertThatThrownBy(() -> Values.parameters(template, given)).hasMessageContaining(message);
  }

  /// Works an expression out, in a stack with a resource `Bucket`.
  private static Object value(String expression) {
    Template template =
        template(
            """
            Parameters: {Stage: {Type: String, Default: dev}, Many: {Type: CommaDelimitedList, Default: 'x,y'}}
            Mappings: {M: {dev: {size: 1, list: [a]}}}
            Conditions:
              IsProd: !Equals [!Ref Stage, prod]
              NotProd: !Not [!Condition IsProd]
              Both: !And [!Condition NotProd, !Equals [1, '1']]
              Either: !Or [!Condition IsProd, !Condition NotProd]
            Resources:
              Bucket: {Type: T}
              Holder:
                Type: T
                Properties:
                  Value: EXPRESSION
            """
                .replace("EXPRESSION", expression));
    Map<String, Object> names = new LinkedHashMap<>(Values.parameters(template, Map.of()));
    names.put("AWS::Region", "us-east-1");
    var resources =
        new Values.Resources() {
          @Override
          public Object ref(String logicalId) {
            return logicalId + "-name";
          }

          @Override
          public Object attribute(String logicalId, String name) {
            return logicalId + "-" + name;
          }
        };
    var values =
        new Values(template, names, resources, name -> name.equals("known") ? "exported" : null);
    var holder = template.resources().get("Holder");
    return String.valueOf(
        values.object(holder == null ? Map.of() : holder.properties()).get("Value"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Stage| dev",
        "!Ref Bucket| Bucket-name",
        "!GetAtt Bucket.Arn| Bucket-Arn",
        "!Sub 's3://${Bucket}/${Stage}/${!literal}/${AWS::Region}/${Bucket.Arn}'| s3://Bucket-name/dev/${literal}/us-east-1/Bucket-Arn",
        "!Sub ['${a}-${Stage}', {a: !Ref Bucket}]| Bucket-name-dev",
        "!Join ['-', [a, !Ref Stage, 3]]| a-dev-3",
        "!Join ['-', !Ref Many]| x-y",
        "!Select [1, !Split [',', 'p,q']]| q",
        "!FindInMap [M, !Ref Stage, size]| 1",
        "!If [IsProd, big, small]| small",
        "!If [Both, !If [Either, yes, no], none]| yes",
        "!If [IsProd, x, !Ref AWS::NoValue]| null",
        "!Base64 hello| aGVsbG8=",
        "!Select [0, !GetAZs '']| us-east-1a",
        "!ImportValue known| exported",
        "{Fn::Join: ['', [{Ref: Stage}]]}| dev"
      })
  void expressionsAreWorkedOut(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!FindInMap [M, prod, size]| Unable to get mapping for M::prod::size",
        "!ImportValue other| No export named other found.",
        "!Select [7, [a]]| nonexistent value at index 7",
        "!Join [a]| requires a list of 2 parameters",
        "'{{resolve:ssm:x}}'| dynamic references are not supported",
        "!Sub {a: 1}| Fn::Sub intrinsic functions don't specify expected arguments"
      })
  void badExpressionsAreRefused(String expression, String message) {
    assertThatThrownBy(() -> value(expression)).hasMessageContaining(message);
  }
}
