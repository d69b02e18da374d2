package dev.polder.dynamodb;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsResponse;

/// What Polder has nothing of, as the real service describes it for tables that never had it: tools
/// that manage tables ask for it after they made one.
final class AbsentOperations {
  private final Tables tables;
  private final TableOperations operations;

  AbsentOperations(Tables tables, TableOperations operations) {
    this.tables = tables;
    this.operations = operations;
  }

  DescribeContributorInsightsResponse insights(
      Scope scope, DescribeContributorInsightsRequest request) {
    Table table = operations.existing(scope, request.tableName()).table();
    String index = request.indexName();
    if (index != null && table.index(index).filter(Index::isGlobal).isEmpty()) {
      throw DynamoDbErrors.notFound(
          "Requested resource not found: Index: "
              + index
              + " not found for table: "
              + table.name());
    }
    return DescribeContributorInsightsResponse.builder()
        .tableName(table.name())
        .indexName(index)
        .contributorInsightsStatus(ContributorInsightsStatus.DISABLED)
        .build();
  }

  ListContributorInsightsResponse insights(Scope scope, ListContributorInsightsRequest request) {
    if (request.tableName() != null) {
      OpenTable _ = operations.existing(scope, request.tableName());
    }
    return ListContributorInsightsResponse.builder()
        .contributorInsightsSummaries(List.of())
        .build();
  }

  DescribeKinesisStreamingDestinationResponse destinations(
      Scope scope, DescribeKinesisStreamingDestinationRequest request) {
    return DescribeKinesisStreamingDestinationResponse.builder()
        .tableName(operations.existing(scope, request.tableName()).table().name())
        .kinesisDataStreamDestinations(List.of())
        .build();
  }

  /// What asks for the policy of a table is told that there is none.
  RuntimeException policy(Scope scope, GetResourcePolicyRequest request) {
    String arn = request.resourceArn();
    var constraints = new Constraints();
    constraints.present(arn, "resourceArn");
    constraints.check();
    if (!arn.startsWith("arn:")) {
      throw DynamoDbErrors.parameter("ARNs must start with 'arn:': " + arn);
    }
    String name = table(scope, arn);
    if (tables.find(scope, name).isEmpty()) {
      throw DynamoDbErrors.noTable(name);
    }
    return DynamoDbErrors.noPolicy(arn);
  }

  /// The table of a table's or a stream's ARN.
  private static String table(Scope scope, String arn) {
    String[] path =
        Arn.parse(arn)
            .filter(parsed -> parsed.service().equals("dynamodb"))
            .map(parsed -> parsed.resource().split("/", -1))
            .filter(parts -> parts.length > 1 && parts[0].equals("table"))
            .orElseThrow(() ->
                DynamoDbErrors.parameter("Provided Arn is not a DynamoDB resource arn: " + arn));
    if (!Arn.parse(arn).map(parsed -> parsed.scope(scope)).equals(java.util.Optional.of(scope))) {
      throw DynamoDbErrors.parameter("Invalid resource Arn: " + arn);
    }
    if (path.length > 2 && !path[2].equals("stream")) {
      throw DynamoDbErrors.parameter(
          "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: "
              + arn);
    }
    return path[1];
  }
}
