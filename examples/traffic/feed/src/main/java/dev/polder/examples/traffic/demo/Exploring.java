package dev.polder.examples.traffic.demo;

import java.util.List;

/// Commands of the AWS CLI that show what the demo left behind, ready to be pasted.
final class Exploring {
  private Exploring() {}

  static List<String> commands(Options options, DeployedStack stack) {
    return List.of(
        "In a browser: " + options.endpoint() + "/_polder/",
        "export AWS_ENDPOINT_URL=" + options.endpoint(),
        "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION="
            + options.region(),
        "aws s3 ls --recursive s3://" + stack.bucket() + "/minutes/",
        "aws s3 ls --recursive s3://" + stack.bucket() + "/errors/",
        "aws glue get-table --database-name " + stack.database() + " --name landing",
        "aws stepfunctions list-executions --state-machine-arn " + stack.machine(options.machine()),
        "aws athena start-query-execution --work-group "
            + stack.workGroup()
            + " --query-execution-context Database="
            + stack.database()
            + " --query-string 'SELECT * FROM minutes WHERE trafficjamindicator = 1 LIMIT 10'",
        "aws athena get-query-results --query-execution-id <the id that this printed>");
  }
}
