package dev.polder.iam;

import java.util.Map;
import java.util.Optional;

/// Policies of AWS's own that roles often have, as far as they speak of services that Polder has.
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
final class ManagedPolicies {
  private static final String PREFIX = "arn:aws:iam::aws:policy/";
  private static final String LOGS =
      "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"";

  private static final Map<String, String> DOCUMENTS =
      Map.ofEntries(
          Map.entry("AdministratorAccess", allow("\"*\"")),
          Map.entry("PowerUserAccess", allowAllBut("\"iam:*\"")),
          Map.entry("AmazonDynamoDBFullAccess", allow("\"dynamodb:*\"")),
          Map.entry(
              "AmazonDynamoDBReadOnlyAccess",
              allow(
                  "\"dynamodb:BatchGetItem\",\"dynamodb:Describe*\",\"dynamodb:Get*\",\"dynamodb:List*\",\"dynamodb:Query\",\"dynamodb:Scan\",\"dynamodb:PartiQLSelect\"")),
          Map.entry("AmazonS3FullAccess", allow("\"s3:*\"")),
          Map.entry("AmazonS3ReadOnlyAccess", allow("\"s3:Get*\",\"s3:List*\",\"s3:Describe*\"")),
          Map.entry("AmazonAthenaFullAccess", allow("\"athena:*\",\"glue:*\",\"s3:*\"")),
          Map.entry("AWSGlueConsoleFullAccess", allow("\"glue:*\",\"s3:*\"")),
          Map.entry("service-role/AWSGlueServiceRole", allow("\"glue:*\",\"s3:*\"," + LOGS)),
          Map.entry("AWSStepFunctionsFullAccess", allow("\"states:*\"")),
          Map.entry("AWSLambda_FullAccess", allow("\"lambda:*\"," + LOGS)),
          Map.entry("CloudWatchLogsFullAccess", allow("\"logs:*\"")),
          Map.entry("AWSXRayDaemonWriteAccess", allow("\"xray:Put*\",\"xray:Get*\"")),
          Map.entry("AWSXrayWriteOnlyAccess", allow("\"xray:Put*\",\"xray:Get*\"")),
          Map.entry("service-role/AWSLambdaBasicExecutionRole", allow(LOGS)),
          Map.entry("service-role/AWSLambdaRole", allow("\"lambda:InvokeFunction\"")),
          Map.entry(
              "service-role/AWSLambdaDynamoDBExecutionRole",
              allow(
                  "\"dynamodb:DescribeStream\",\"dynamodb:GetRecords\",\"dynamodb:GetShardIterator\",\"dynamodb:ListStreams\","
                      + LOGS)));

  private ManagedPolicies() {}

  private static String allow(String actions) {
    return statement("\"Action\":[" + actions + "]");
  }

  private static String allowAllBut(String actions) {
    return statement("\"NotAction\":[" + actions + "]");
  }

  private static String statement(String actions) {
    return "{\"Statement\":[{\"Effect\":\"Allow\"," + actions + ",\"Resource\":\"*\"}]}";
  }

  /// A policy's document by its ARN; empty where its content is not known here.
  static Optional<String> document(String arn) {
    return arn.startsWith(PREFIX)
        ? Optional.ofNullable(DOCUMENTS.get(arn.substring(PREFIX.length())))
        : Optional.empty();
  }
}
