package dev.polder.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Post";

  private static Effect decide(String action, String resource, String... statements) {
    var request =
        new AccessRequest(
            action,
            resource,
            Map.of(
                "aws:PrincipalAccount", List.of("000000000000"),
                "aws:RequestedRegion", List.of("us-east-1")));
    return Policy.decide(
        Arrays.stream(statements)
            .map(s -> Policy.of("{'Statement':%s}".formatted(s).replace('\'', '"')))
            .toList(),
        request);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:DeleteItem, ALLOWED",
    "dynamodb:DeleteTable, ALLOWED",
    "DynamoDB:deleteitem, ALLOWED",
    "dynamodb:Query, ALLOWED",
    "dynamodb:QueryAll, NOT_ALLOWED",
    "dynamodb:PutItem, NOT_ALLOWED",
    "s3:Query, NOT_ALLOWED"
  })
  void actionsAreNamedByPatternsWhateverTheirCase(String action, Effect expected) {
    assertThat(
            decide(
                action,
                TABLE,
                "[{'Effect':'Allow','Action':['dynamodb:Delete*','dynamodb:Query'],'Resource':'*'}]"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:dynamodb:us-east-1:000000000000:table/Post, ALLOWED",
    "arn:aws:dynamodb:us-east-1:000000000000:table/Post/index/byBlog, ALLOWED",
    "arn:aws:dynamodb:us-east-1:000000000000:table/post, NOT_ALLOWED",
    "arn:aws:dynamodb:eu-west-1:000000000000:table/Post, NOT_ALLOWED"
  })
  void resourcesAreNamedByPatterns(String resource, Effect expected) {
    assertThat(
            decide(
                "dynamodb:Query",
                resource,
                "{'Effect':'Allow','Action':'dynamodb:*','Resource':['arn:aws:dynamodb:us-????-1:${aws:PrincipalAccount}:table/Post','arn:aws:dynamodb:us-east-1:*:table/Post/index/*']}"))
        .isEqualTo(expected);
  }

  @Test
  void aDenialOutweighsEveryPermission() {
    String all = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    String no = "{'Effect':'Deny','Action':'dynamodb:DeleteItem','Resource':'*'}";
    assertThat(decide("dynamodb:DeleteItem", TABLE, all, no)).isEqualTo(Effect.DENIED);
    assertThat(decide("dynamodb:DeleteItem", TABLE, no, all)).isEqualTo(Effect.DENIED);
    assertThat(decide("dynamodb:PutItem", TABLE, all, no)).isEqualTo(Effect.ALLOWED);
  }

  @Test
  void notActionAndNotResourceMeanAllOthers() {
    String statement = "{'Effect':'Allow','NotAction':'iam:*','NotResource':'*table/Secret'}";
    assertThat(decide("dynamodb:PutItem", TABLE, statement)).isEqualTo(Effect.ALLOWED);
    assertThat(decide("iam:GetRole", "*", statement)).isEqualTo(Effect.NOT_ALLOWED);
    assertThat(decide("dynamodb:PutItem", "x:table/Secret", statement))
        .isEqualTo(Effect.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, aws:RequestedRegion, us-east-1, ALLOWED",
    "StringEquals, aws:requestedregion, us-east-1, ALLOWED",
    "StringEquals, aws:RequestedRegion, eu-west-1, NOT_ALLOWED",
    "StringNotEquals, aws:RequestedRegion, eu-west-1, ALLOWED",
    "StringLike, aws:RequestedRegion, us-*, ALLOWED",
    "StringEquals, aws:Missing, x, NOT_ALLOWED",
    "StringEqualsIfExists, aws:Missing, x, ALLOWED",
    "Null, aws:Missing, true, ALLOWED",
    "Null, aws:RequestedRegion, true, NOT_ALLOWED",
    "NumericLessThan, aws:PrincipalAccount, 1, ALLOWED",
    "ForAllValues:StringEquals, aws:Missing, x, ALLOWED",
    "NobodyKnows, aws:RequestedRegion, x, NOT_ALLOWED"
  })
  void conditionsMustHold(String operator, String key, String value, Effect expected) {
    assertThat(
            decide(
                "dynamodb:Query",
                TABLE,
                "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'%s':{'%s':'%s'}}}"
                    .formatted(operator, key, value)))
        .isEqualTo(expected);
  }
}
