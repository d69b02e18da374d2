package dev.polder.appsync;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appsync.model.DataSource;
import software.amazon.awssdk.services.appsync.model.DataSourceType;
import software.amazon.awssdk.services.appsync.model.Resolver;
import software.amazon.awssdk.services.appsync.model.ResolverKind;
import software.amazon.awssdk.services.appsync.model.UpdateDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.UpdateResolverRequest;

/// Data sources and resolvers between the SDK's types and what is kept of them.
final class SourceShapes {
  private SourceShapes() {}

  /// What a request asks for. What would need more than a function or a table is refused.
  static ManagedParts.Source source(UpdateDataSourceRequest given) {
    refuse(given.elasticsearchConfig(), "ElasticsearchConfig");
    refuse(given.openSearchServiceConfig(), "OpenSearchServiceConfig");
    refuse(given.httpConfig(), "HttpConfig");
    refuse(given.relationalDatabaseConfig(), "RelationalDatabaseConfig");
    refuse(given.eventBridgeConfig(), "EventBridgeConfig");
    refuse(given.metricsConfig(), "MetricsConfig");
    DataSourceType type = given.type();
    String target = null;
    String region = null;
    if (type == DataSourceType.AWS_LAMBDA) {
      if (given.lambdaConfig() == null || given.lambdaConfig().lambdaFunctionArn() == null) {
        throw AppSyncErrors.invalid("LambdaConfig is required.");
      }
      target = given.lambdaConfig().lambdaFunctionArn();
    } else if (type == DataSourceType.AMAZON_DYNAMODB) {
      var table = given.dynamodbConfig();
      if (table == null || table.tableName() == null) {
        throw AppSyncErrors.invalid("DynamodbConfig is required.");
      }
      refuse(table.deltaSyncConfig(), "DeltaSyncConfig");
      target = table.tableName();
      region = table.awsRegion();
    } else if (type != DataSourceType.NONE) {
      throw AppSyncErrors.notSupported("A data source of type " + given.typeAsString());
    }
    return new ManagedParts.Source(
        given.name(), type.toString(), given.description(), given.serviceRoleArn(), target, region);
  }

  /// @param api the ARN of its API
  static DataSource of(ManagedParts.Source source, String api) {
    DataSourceType type = DataSourceType.fromValue(source.type());
    var shown =
        DataSource.builder()
            .name(source.name())
            .description(source.description())
            .type(type)
            .serviceRoleArn(source.role())
            .dataSourceArn(api + "/datasources/" + source.name());
    if (type == DataSourceType.AWS_LAMBDA) {
      shown.lambdaConfig(config -> config.lambdaFunctionArn(source.target()));
    } else if (type == DataSourceType.AMAZON_DYNAMODB) {
      shown.dynamodbConfig(config -> config.tableName(source.target()).awsRegion(source.region()));
    }
    return shown.build();
  }

  /// What a request asks for. What would need templates or code is refused.
  static ManagedParts.Field field(UpdateResolverRequest request) {
    refuse(request.requestMappingTemplate(), "RequestMappingTemplate");
    refuse(request.responseMappingTemplate(), "ResponseMappingTemplate");
    refuse(request.code(), "Code");
    refuse(request.runtime(), "Runtime");
    refuse(request.pipelineConfig(), "PipelineConfig");
    refuse(request.syncConfig(), "SyncConfig");
    refuse(request.cachingConfig(), "CachingConfig");
    refuse(request.metricsConfig(), "MetricsConfig");
    requireUnit(request.kind(), request.maxBatchSize());
    if (request.dataSourceName() == null) {
      throw AppSyncErrors.invalid("DataSourceName is required.");
    }
    return new ManagedParts.Field(
        request.typeName(), request.fieldName(), request.dataSourceName());
  }

  private static void requireUnit(@Nullable ResolverKind kind, @Nullable Integer batch) {
    if (kind == ResolverKind.PIPELINE) {
      throw AppSyncErrors.notSupported("Kind PIPELINE");
    }
    if (batch != null && batch > 0) {
      throw AppSyncErrors.notSupported("MaxBatchSize");
    }
  }

  private static void refuse(@Nullable Object member, String name) {
    if (member != null) {
      throw AppSyncErrors.notSupported(name);
    }
  }

  /// @param api the ARN of its API
  static Resolver of(ManagedParts.Field field, String api) {
    return Resolver.builder()
        .typeName(field.type())
        .fieldName(field.field())
        .dataSourceName(field.source())
        .kind(ResolverKind.UNIT)
        .maxBatchSize(0)
        .resolverArn(api + "/types/" + field.type() + "/resolvers/" + field.field())
        .build();
  }
}
