package dev.polder.cloudformation.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.kernel.Json;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerlessTransformTest {
  @SuppressWarnings("unchecked")
  private static Map<String, Object> resources(String yaml) {
    String text = "Transform: AWS::Serverless-2016-10-31\n" + yaml;
    var after =
        ServerlessTransform.apply(
            (Map<String, Object>) Objects.requireNonNull(TemplateReader.read(text).value()));
    assertThat(after).doesNotContainKeys("Transform", "Globals");
    return (Map<String, Object>) Objects.requireNonNull(after.get("Resources"));
  }

  private static String json(@Nullable Object value) {
    return Json.write(value).replace('"', '\'');
  }

  @Test
  void aFunctionGetsItsRoleAndItsSchedules() {
    var resources =
        resources(
            """
            Globals:
              Function: {Runtime: java21, Timeout: 30, Environment: {Variables: {A: '1', B: '2'}}}
            Resources:
              Land:
                Type: AWS::Serverless::Function
                Condition: Yes1
                Properties:
                  Handler: a.B::c
                  CodeUri: s3://code/land.jar
                  Timeout: 60
                  Environment: {Variables: {B: '3'}}
                  Policies: [AmazonS3ReadOnlyAccess, {S3CrudPolicy: {BucketName: x}}]
                  Events:
                    Daily: {Type: Schedule, Properties: {Schedule: rate(1 day), Input: '{}'}}
            """);
    assertThat(resources.keySet())
        .containsExactly("LandRole", "Land", "LandDaily", "LandDailyPermission");
    assertThat(json(resources.get("Land")))
        .isEqualTo(
            "{'Type':'AWS::Lambda::Function','Properties':{'Code':{'S3Bucket':'code','S3Key':'land.jar'},"
                + "'Handler':'a.B::c','Runtime':'java21','Timeout':60,"
                + "'Environment':{'Variables':{'A':'1','B':'3'}},'Tags':[{'Key':'lambda:createdBy','Value':'SAM'}],"
                + "'Role':{'Fn::GetAtt':['LandRole','Arn']}},'Condition':'Yes1'}");
    assertThat(json(resources.get("LandRole")))
        .contains(
            "'ManagedPolicyArns':['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',"
                + "'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']",
            "'PolicyName':'LandRolePolicy0'",
            "'Condition':'Yes1'");
    assertThat(json(resources.get("LandDaily")))
        .isEqualTo(
            "{'Type':'AWS::Events::Rule','Properties':{'ScheduleExpression':'rate(1 day)',"
                + "'Targets':[{'Id':'LandDailyLambdaTarget','Arn':{'Fn::GetAtt':['Land','Arn']},'Input':'{}'}]},"
                + "'Condition':'Yes1'}");
    assertThat(json(resources.get("LandDailyPermission")))
        .contains("'FunctionName':{'Ref':'Land'}");
  }

  @Test
  void aStateMachineGetsItsRoleAndItsSchedules() {
    var resources =
        resources(
            """
            Resources:
              Etl:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: {Bucket: code, Key: etl.asl.yaml}
                  DefinitionSubstitutions: {Table: t}
                  Type: STANDARD
                  Policies: [{Version: '2012-10-17', Statement: []}]
                  Events:
                    Nightly:
                      Type: ScheduleV2
                      Properties: {ScheduleExpression: cron(0 2 * * ? *), ScheduleExpressionTimezone: Europe/Brussels}
            """);
    assertThat(resources.keySet())
        .containsExactly("EtlRole", "Etl", "EtlNightlyRole", "EtlNightly");
    assertThat(json(resources.get("Etl")))
        .isEqualTo(
            "{'Type':'AWS::StepFunctions::StateMachine','Properties':{'DefinitionS3Location':{'Bucket':'code',"
                + "'Key':'etl.asl.yaml'},'DefinitionSubstitutions':{'Table':'t'},'StateMachineType':'STANDARD',"
                + "'Tags':[{'Key':'stateMachine:createdBy','Value':'SAM'}],"
                + "'RoleArn':{'Fn::GetAtt':['EtlRole','Arn']}}}");
    assertThat(json(resources.get("EtlNightly")))
        .isEqualTo(
            "{'Type':'AWS::Scheduler::Schedule','Properties':{'Name':'EtlNightly',"
                + "'ScheduleExpression':'cron(0 2 * * ? *)','ScheduleExpressionTimezone':'Europe/Brussels',"
                + "'FlexibleTimeWindow':{'Mode':'OFF'},'Target':{'Arn':{'Ref':'Etl'},"
                + "'RoleArn':{'Fn::GetAtt':['EtlNightlyRole','Arn']}}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: ./local}}| 'CodeUri' is not a valid S3 Uri",
        "{Type: AWS::Serverless::Function, Properties: {}}| Missing required property 'CodeUri'.",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Layers: [x]}}| property Layers is not supported",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Policies: [{SQSPollerPolicy: {}}]}}| Policy template [SQSPollerPolicy] is not supported",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Events: {E: {Type: Api}}}}| Event with id [E] has a type that is not supported: Api",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Policies: [{S3ReadPolicy: {}}]}}| Following required parameters of template 'S3ReadPolicy' don't have values: ['BucketName']",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Events: {E: {Type: DynamoDB, Properties: {Stream: x}}}}}| Event with id [E] is invalid. Missing required property 'StartingPosition'.",
        "{Type: AWS::Serverless::Function, Properties: {CodeUri: s3://a/b, Events: {E: {Type: DynamoDB, Properties: {KmsKeyArn: k}}}}}| Event with id [E] has a property that is not supported: KmsKeyArn",
        "{Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: a, Type: Map}}}| Invalid 'Type'",
        "{Type: AWS::Serverless::StateMachine, Properties: {Role: x}}| Either 'Definition' or 'DefinitionUri'"
      })
  void badResourcesAreRefusedByName(String resource, String message) {
    assertThatThrownBy(() -> resources("Resources: {F: " + resource + "}"))
        .hasMessageContaining("Resource with id [F] is invalid.")
        .hasMessageContaining(message);
  }

  @Test
  void aPolicyTemplateAllowsWhatItsParametersNameAndNoMore() {
    var resources =
        resources(
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: s3://a/b
                  Policies:
                    - DynamoDBReadPolicy: {TableName: !Ref T}
                    - S3ReadPolicy: {BucketName: lake}
            """);
    assertThat(json(resources.get("FRole")))
        .contains(
            "'Action':['dynamodb:GetItem','dynamodb:Scan','dynamodb:Query','dynamodb:BatchGetItem','dynamodb:DescribeTable']",
            "{'Fn::Sub':['arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}',{'TableName':{'Ref':'T'}}]}",
            "table/${TableName}/index/*',{'TableName':{'Ref':'T'}}]}",
            "{'Fn::Sub':['arn:${AWS::Partition}:s3:::${BucketName}/*',{'BucketName':'lake'}]}")
        .doesNotContain("'Resource':'*'");
  }

  @Test
  void streamsAndSimpleTablesBecomeWhatTheyStandFor() {
    var resources =
        resources(
            """
            Resources:
              T: {Type: AWS::Serverless::SimpleTable}
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: s3://a/b
                  Events:
                    S: {Type: DynamoDB, Properties: {Stream: !GetAtt X.StreamArn, StartingPosition: LATEST}}
            """);
    assertThat(json(resources.get("T")))
        .isEqualTo(
            "{'Type':'AWS::DynamoDB::Table','Properties':{'AttributeDefinitions':[{'AttributeName':'id',"
                + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                + "'BillingMode':'PAY_PER_REQUEST'}}");
    assertThat(json(resources.get("FS")))
        .isEqualTo(
            "{'Type':'AWS::Lambda::EventSourceMapping','Properties':{'FunctionName':{'Ref':'F'},"
                + "'EventSourceArn':{'Fn::GetAtt':['X','StreamArn']},'StartingPosition':'LATEST'}}");
    assertThat(json(resources.get("FRole"))).contains("AWSLambdaDynamoDBExecutionRole");
  }

  @Test
  void otherMacrosAreUnknown() {
    assertThatThrownBy(() -> ServerlessTransform.apply(Map.of("Transform", "AWS::Include")))
        .hasMessage("No transform named AWS::Include found.");
  }
}
