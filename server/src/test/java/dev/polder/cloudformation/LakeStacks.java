package dev.polder.cloudformation;

import dev.polder.glue.GlueService;
import dev.polder.kernel.TestPlatform;
import dev.polder.s3.TestBuckets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/// A stack with a bucket and a database, and what tests ask of it.
abstract class LakeStacks {
  static final String LAKE =
      """
      Parameters:
        Name: {Type: String, Default: first}
      Resources:
        Data: {Type: AWS::S3::Bucket}
        Catalog:
          Type: AWS::Glue::Database
          Properties:
            CatalogId: !Ref AWS::AccountId
            DatabaseInput: {Name: !Sub 'db_${Name}', Description: !Ref Data}
      Outputs:
        Bucket: {Value: !GetAtt Data.Arn, Description: where}
        Db: {Value: !Ref Catalog, Export: {Name: !Sub '${AWS::StackName}-db'}}
      """;

  @TempDir Path directory;
  TestPlatform platform;
  CloudFormationClient client;
  StackFixture stacks;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    TestBuckets.in(platform);
    platform.add(GlueService::new);
    more();
    platform.add(CloudFormationService::new);
    stacks = StackFixture.of(platform);
    client = stacks.client();
  }

  /// Adds what a test needs beside the services of a lake.
  void more() {}

  @AfterEach
  void close() {
    platform.close();
  }

  static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  /// Events as `logicalId STATUS`, the first one first, without those of IN_PROGRESS.
  List<String> events(String stack) {
    return client.describeStackEventsPaginator(b -> b.stackName(stack)).stackEvents().stream()
        .filter(event -> !event.resourceStatusAsString().endsWith("_IN_PROGRESS"))
        .map(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
        .toList()
        .reversed();
  }

  List<String> databases() {
    return platform.client(GlueClient.class).getDatabases(b -> {}).databaseList().stream()
        .map(Database::name)
        .toList();
  }

  List<String> buckets() {
    return platform.client(S3Client.class).listBuckets().buckets().stream()
        .map(Bucket::name)
        .toList();
  }
}
