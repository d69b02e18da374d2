package dev.polder.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All resource types, by name.
public final class ResourceTypes {
  private static final Map<String, ResourceType> ALL =
      List.of(
              new AthenaNamedQuery(),
              new AthenaWorkGroup(),
              new Bucket(),
              new CdkMetadata(),
              new DynamoDbGlobalTable(),
              new DynamoDbTable(),
              new EventSourceMappingType(),
              new EventsRule(),
              new GlueCrawler(),
              new GlueDatabase(),
              new GlueTable(),
              new GraphqlApiKeyType(),
              new GraphqlApiType(),
              new GraphqlDataSourceType(),
              new GraphqlResolverType(),
              new GraphqlSchemaType(),
              new IamManagedPolicy(),
              new IamPolicy(),
              new IamRole(),
              new LambdaFunctionType(),
              new LayerVersionType(),
              new LambdaPermission(),
              new LogsLogGroup(),
              new SchedulerGroup(),
              new SchedulerSchedule(),
              new StateMachineType())
          .stream()
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, Function.identity()));

  private ResourceTypes() {}

  /// A type by its name, such as `AWS::S3::Bucket`.
  public static Optional<ResourceType> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
