package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.CreateDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.DataSource;
import software.amazon.awssdk.services.appsync.model.UpdateDataSourceRequest;

/// `AWS::AppSync::DataSource` of the types `AWS_LAMBDA`, `AMAZON_DYNAMODB` and `NONE`.
final class GraphqlDataSourceType implements ResourceType {
  private static final String TABLE = "DynamoDBConfig";

  @Override
  public String name() {
    return "AWS::AppSync::DataSource";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "ApiId",
            Shape.SCALAR,
            "Name",
            Shape.SCALAR,
            "Type",
            Shape.SCALAR,
            "Description",
            Shape.SCALAR,
            "ServiceRoleArn",
            Shape.SCALAR,
            "LambdaConfig",
            new Shape.Struct(
                Map.of("LambdaFunctionArn", Shape.SCALAR), Set.of("LambdaFunctionArn")),
            TABLE,
            new Shape.Struct(
                Map.of("TableName", Shape.SCALAR, "AwsRegion", Shape.SCALAR),
                Set.of("TableName", "AwsRegion"))),
        Set.of("ApiId", "Name", "Type"));
  }

  @Override
  public Set<String> attributes() {
    return Set.of("DataSourceArn", "Name");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ApiId", "Name");
  }

  private static Map<String, Object> members(ResourceCall call) {
    Map<String, Object> properties = new LinkedHashMap<>(call.properties());
    Object table = properties.remove(TABLE);
    if (table != null) {
      properties.put("DynamodbConfig", table);
    }
    return MemberNames.lowered(properties);
  }

  @Override
  public Made create(ResourceCall call) {
    var appsync = call.client(AppSyncClient.class);
    try {
      return made(
          appsync
              .createDataSource(
                  Shape.fill(CreateDataSourceRequest.builder(), members(call)).build())
              .dataSource());
    } catch (BadRequestException e) {
      if (!call.resumed()) {
        throw e;
      }
      return put(call);
    }
  }

  private static Made put(ResourceCall call) {
    return made(
        call.client(AppSyncClient.class)
            .updateDataSource(Shape.fill(UpdateDataSourceRequest.builder(), members(call)).build())
            .dataSource());
  }

  private static Made made(DataSource source) {
    String arn = source.dataSourceArn();
    return new Made(arn, arn, Map.of("DataSourceArn", arn, "Name", source.name()));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return put(call);
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    GraphqlApiType.tolerant(() ->
        call.client(AppSyncClient.class)
            .deleteDataSource(b -> b.apiId(call.text("ApiId")).name(call.text("Name"))));
  }
}
