package dev.polder.cloudformation.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A policy template: what it allows on what its parameters name. Those that speak of services that
/// Polder has are here, with the actions and resources that AWS's have.
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
///
/// @param parameters which must all be given
record PolicyTemplate(String name, List<String> parameters, List<Grant> grants) {
  private static final String HERE = "${AWS::Region}:${AWS::AccountId}";

  /// Actions on resources, which name parameters as `${TableName}`.
  private record Grant(List<String> actions, List<String> resources) {
    static Grant of(String service, String actions, String... resources) {
      List<String> all = new ArrayList<>();
      for (String action : actions.split(" ")) {
        all.add(service + ":" + action);
      }
      return new Grant(all, List.of(resources));
    }
  }

  private static final String TABLE = arn("dynamodb", "table/${TableName}");
  private static final String INDEXES = TABLE + "/index/*";
  private static final String STREAMS = TABLE + "/stream/";
  private static final String BACKUPS = TABLE + "/backup/*";
  private static final String BUCKET = "arn:${AWS::Partition}:s3:::${BucketName}";
  private static final String OBJECTS = BUCKET + "/*";

  private static final List<PolicyTemplate> ALL =
      List.of(
          table(
              "DynamoDBCrudPolicy",
              Grant.of(
                  "dynamodb",
                  "GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem"
                      + " DescribeTable ConditionCheckItem",
                  TABLE,
                  INDEXES)),
          table(
              "DynamoDBReadPolicy",
              Grant.of(
                  "dynamodb", "GetItem Scan Query BatchGetItem DescribeTable", TABLE, INDEXES)),
          table(
              "DynamoDBWritePolicy",
              Grant.of("dynamodb", "PutItem UpdateItem BatchWriteItem", TABLE, INDEXES)),
          table("DynamoDBReconfigurePolicy", Grant.of("dynamodb", "UpdateTable", TABLE)),
          table(
              "DynamoDBBackupFullAccessPolicy",
              Grant.of("dynamodb", "CreateBackup DescribeContinuousBackups", TABLE),
              Grant.of("dynamodb", "DeleteBackup DescribeBackup ListBackups", BACKUPS)),
          table(
              "DynamoDBRestoreFromBackupPolicy",
              Grant.of("dynamodb", "RestoreTableFromBackup", BACKUPS),
              Grant.of(
                  "dynamodb",
                  "PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem",
                  TABLE)),
          new PolicyTemplate(
              "DynamoDBStreamReadPolicy",
              List.of("TableName", "StreamName"),
              List.of(
                  Grant.of(
                      "dynamodb",
                      "DescribeStream GetRecords GetShardIterator",
                      STREAMS + "${StreamName}"),
                  Grant.of("dynamodb", "ListStreams", STREAMS + "*"))),
          bucket(
              "S3ReadPolicy",
              Grant.of(
                  "s3",
                  "GetObject ListBucket GetBucketLocation GetObjectVersion"
                      + " GetLifecycleConfiguration",
                  BUCKET,
                  OBJECTS)),
          bucket(
              "S3WritePolicy",
              Grant.of("s3", "PutObject PutObjectAcl PutLifecycleConfiguration", BUCKET, OBJECTS)),
          bucket(
              "S3CrudPolicy",
              Grant.of(
                  "s3",
                  "GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl"
                      + " GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
                  BUCKET,
                  OBJECTS)),
          bucket(
              "S3FullAccessPolicy",
              Grant.of(
                  "s3",
                  "GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject"
                      + " DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging"
                      + " GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
                  OBJECTS),
              Grant.of(
                  "s3",
                  "ListBucket GetBucketLocation GetLifecycleConfiguration"
                      + " PutLifecycleConfiguration",
                  BUCKET)),
          new PolicyTemplate(
              "AthenaQueryPolicy",
              List.of("WorkGroupName"),
              List.of(
                  Grant.of(
                      "athena",
                      "ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace"
                          + " GetCatalogs GetNamespaces GetTables GetTable",
                      "*"),
                  Grant.of(
                      "athena",
                      "StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery"
                          + " ListQueryExecutions StopQueryExecution GetQueryResultsStream"
                          + " ListNamedQueries CreateNamedQuery GetQueryExecution"
                          + " BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup",
                      arn("athena", "workgroup/${WorkGroupName}")))),
          new PolicyTemplate(
              "LambdaInvokePolicy",
              List.of("FunctionName"),
              List.of(
                  Grant.of(
                      "lambda", "InvokeFunction", arn("lambda", "function:${FunctionName}*")))),
          new PolicyTemplate(
              "StepFunctionsExecutionPolicy",
              List.of("StateMachineName"),
              List.of(
                  Grant.of(
                      "states",
                      "StartExecution",
                      arn("states", "stateMachine:${StateMachineName}")))),
          new PolicyTemplate(
              "FilterLogEventsPolicy",
              List.of("LogGroupName"),
              List.of(
                  Grant.of(
                      "logs",
                      "FilterLogEvents",
                      arn("logs", "log-group:${LogGroupName}:log-stream:*")))),
          new PolicyTemplate(
              "CloudFormationDescribeStacksPolicy",
              List.of(),
              List.of(
                  Grant.of("cloudformation", "DescribeStacks", arn("cloudformation", "stack/*")))));

  private static String arn(String service, String resource) {
    return "arn:${AWS::Partition}:" + service + ":" + HERE + ":" + resource;
  }

  private static PolicyTemplate table(String name, Grant... grants) {
    return new PolicyTemplate(name, List.of("TableName"), List.of(grants));
  }

  private static PolicyTemplate bucket(String name, Grant... grants) {
    return new PolicyTemplate(name, List.of("BucketName"), List.of(grants));
  }

  static Optional<PolicyTemplate> find(String name) {
    return ALL.stream().filter(template -> template.name.equals(name)).findFirst();
  }

  /// The policy that this template becomes. Values of other parameters are left aside, as at AWS.
  ///
  /// @param given values of the parameters, which may be calls of functions
  /// @param id of the resource that has the policy
  Map<String, Object> document(@Nullable Object given, String id) {
    if (!(given instanceof Map<?, ?> values)) {
      throw ServerlessTransform.invalid(
          id, "Must specify valid parameter values for policy template '" + name + "'");
    }
    List<String> missing =
        parameters.stream()
            .filter(each -> values.get(each) == null)
            .map(n -> "'" + n + "'")
            .toList();
    if (!missing.isEmpty()) {
      throw ServerlessTransform.invalid(
          id,
          "Following required parameters of template '"
              + name
              + "' don't have values: ["
              + String.join(", ", missing)
              + "]");
    }
    List<Object> statements = new ArrayList<>();
    for (Grant grant : grants) {
      Map<String, Object> statement = new LinkedHashMap<>();
      statement.put("Effect", "Allow");
      statement.put("Action", grant.actions());
      List<Object> resources = new ArrayList<>();
      grant.resources().forEach(resource -> resources.add(filled(resource, values)));
      statement.put("Resource", resources);
      statements.add(statement);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", "2012-10-17");
    document.put("Statement", statements);
    return document;
  }

  private Object filled(String resource, Map<?, ?> values) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (String parameter : parameters) {
      Object value = values.get(parameter);
      if (value != null && resource.contains("${" + parameter + "}")) {
        variables.put(parameter, value);
      }
    }
    if (variables.isEmpty()) {
      return resource.contains("${") ? Map.of("Fn::Sub", resource) : resource;
    }
    return Map.of("Fn::Sub", List.of(resource, variables));
  }
}
