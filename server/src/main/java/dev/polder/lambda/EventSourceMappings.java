package dev.polder.lambda;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.lambda.EventSourceMapping.Batching;
import dev.polder.lambda.EventSourceMapping.Progress;
import dev.polder.lambda.LambdaService.Parts;
import dev.polder.shape.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.lambda.model.*;

/// Operations on event source mappings, whose sources are streams of DynamoDB.
final class EventSourceMappings {
  private static final String REPORTS = "ReportBatchItemFailures";

  private final Parts parts;
  private final Scope scope;

  EventSourceMappings(Parts parts, Scope scope) {
    this.parts = parts;
    this.scope = scope;
  }

  private MappingStore store() {
    return parts.streams().store();
  }

  CreateEventSourceMappingResponse create(CreateEventSourceMappingRequest request) {
    FunctionName name = FunctionName.parse(scope, request.functionName(), null);
    String source = source(request.eventSourceArn());
    refuse(request);
    Batching batching = batching(request);
    boolean latest = latest(request.startingPositionAsString(), source);
    if (parts.catalogue().config(name).isEmpty()) {
      throw LambdaErrors.invalid("Function does not exist");
    }
    synchronized (parts.streams()) {
      refuseSecond(name, source);
      Progress begin = begin(source, latest);
      Instant now = parts.platform().time().instant();
      boolean enabled = !Boolean.FALSE.equals(request.enabled());
      var mapping =
          new EventSourceMapping(
              parts.platform().ids().uuid(), name, source, latest, enabled, batching, now, now);
      store().create(mapping, begin);
      parts.streams().wake(mapping);
      return Shapes.copy(
              shown(mapping, "Creating", begin), CreateEventSourceMappingResponse.builder())
          .build();
    }
  }

  private static String source(@Nullable String arn) {
    if (arn == null) {
      throw LambdaErrors.invalid("EventSourceArn is required");
    }
    boolean stream =
        Arn.parse(arn)
            .filter(each -> each.service().equals("dynamodb"))
            .filter(each -> each.resource().matches("table/[^/]+/stream/[^/]+"))
            .isPresent();
    if (!stream) {
      throw LambdaErrors.unsupported("The event source " + arn);
    }
    return arn;
  }

  private static void refuse(CreateEventSourceMappingRequest request) {
    refuse("ParallelizationFactor", above(request.parallelizationFactor(), 1));
    refuse("TumblingWindowInSeconds", above(request.tumblingWindowInSeconds(), 0));
    refuse("KMSKeyArn", request.kmsKeyArn() != null);
    refuse("Tags", request.hasTags() && !request.tags().isEmpty());
    refuse("MetricsConfig", request.metricsConfig() != null);
    refuse("ScalingConfig", request.scalingConfig() != null);
    refuse("ProvisionedPollerConfig", request.provisionedPollerConfig() != null);
    refuse("Topics", request.hasTopics() && !request.topics().isEmpty());
    refuse("Queues", request.hasQueues() && !request.queues().isEmpty());
    refuse("SelfManagedEventSource", request.selfManagedEventSource() != null);
    refuse(
        "SourceAccessConfigurations",
        request.hasSourceAccessConfigurations() && !request.sourceAccessConfigurations().isEmpty());
    refuse("StartingPositionTimestamp", request.startingPositionTimestamp() != null);
  }

  private static void refuse(UpdateEventSourceMappingRequest request) {
    refuse("ParallelizationFactor", above(request.parallelizationFactor(), 1));
    refuse("TumblingWindowInSeconds", above(request.tumblingWindowInSeconds(), 0));
    refuse("KMSKeyArn", request.kmsKeyArn() != null);
    refuse("MetricsConfig", request.metricsConfig() != null);
    refuse("ScalingConfig", request.scalingConfig() != null);
    refuse("ProvisionedPollerConfig", request.provisionedPollerConfig() != null);
    refuse(
        "SourceAccessConfigurations",
        request.hasSourceAccessConfigurations() && !request.sourceAccessConfigurations().isEmpty());
  }

  private static void refuse(String member, boolean given) {
    if (given) {
      throw LambdaErrors.unsupported(member);
    }
  }

  private static boolean above(@Nullable Integer given, int harmless) {
    return given != null && given > harmless;
  }

  /// The bucket that is told of dropped records; null where none is, or no more.
  private static @Nullable String onFailure(DestinationConfig given) {
    if (given.onSuccess() != null && given.onSuccess().destination() != null) {
      throw LambdaErrors.unsupported("DestinationConfig.OnSuccess");
    }
    String arn = given.onFailure() == null ? null : given.onFailure().destination();
    if (arn == null || arn.isEmpty()) {
      return null;
    }
    if (!arn.matches("arn:aws:s3:::[^/]+")) {
      throw LambdaErrors.unsupported("The destination " + arn);
    }
    return arn;
  }

  private static boolean latest(@Nullable String position, String source) {
    return switch (position) {
      case null ->
          throw LambdaErrors.invalid(
              "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
                  + " constraint: Member must not be null.");
      case "LATEST" -> true;
      case "TRIM_HORIZON" -> false;
      case "AT_TIMESTAMP" ->
          throw LambdaErrors.invalid("Unsupported starting position for arn type: " + source);
      default ->
          throw LambdaErrors.constraint(
              position,
              "startingPosition",
              "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]");
    };
  }

  private static Batching batching(CreateEventSourceMappingRequest request) {
    return new Batching(
        within(request.batchSize(), 100, "batchSize", 1, 10_000),
        within(
            request.maximumBatchingWindowInSeconds(), 0, "maximumBatchingWindowInSeconds", 0, 300),
        within(request.maximumRetryAttempts(), -1, "maximumRetryAttempts", -1, 10_000),
        age(request.maximumRecordAgeInSeconds(), -1),
        Boolean.TRUE.equals(request.bisectBatchOnFunctionError()),
        request.hasFunctionResponseTypes() && reports(request.functionResponseTypesAsStrings()),
        request.filterCriteria() == null ? List.of() : filters(request.filterCriteria()),
        request.destinationConfig() == null ? null : onFailure(request.destinationConfig()));
  }

  private static Batching batching(UpdateEventSourceMappingRequest request, Batching before) {
    Boolean bisect = request.bisectBatchOnFunctionError();
    return new Batching(
        within(request.batchSize(), before.size(), "batchSize", 1, 10_000),
        within(
            request.maximumBatchingWindowInSeconds(),
            before.window(),
            "maximumBatchingWindowInSeconds",
            0,
            300),
        within(
            request.maximumRetryAttempts(), before.retries(), "maximumRetryAttempts", -1, 10_000),
        age(request.maximumRecordAgeInSeconds(), before.maxAge()),
        bisect == null ? before.bisect() : bisect,
        request.hasFunctionResponseTypes()
            ? reports(request.functionResponseTypesAsStrings())
            : before.reportsItems(),
        request.filterCriteria() == null ? before.filters() : filters(request.filterCriteria()),
        request.destinationConfig() == null
            ? before.onFailure()
            : onFailure(request.destinationConfig()));
  }

  private static int within(
      @Nullable Integer given, int otherwise, String member, int from, int to) {
    int value = given == null ? otherwise : given;
    if (value < from) {
      throw LambdaErrors.constraint(
          value, member, "Member must have value greater than or equal to " + from);
    }
    if (value > to) {
      throw LambdaErrors.constraint(
          value, member, "Member must have value less than or equal to " + to);
    }
    return value;
  }

  /// -1, or a minute to a week.
  private static int age(@Nullable Integer given, int otherwise) {
    int age = within(given, otherwise, "maximumRecordAgeInSeconds", -1, 604_800);
    if (age >= 0 && age < 60) {
      throw LambdaErrors.invalid(
          "MaximumRecordAgeInSeconds must be -1, or between 60 and 604800 seconds");
    }
    return age;
  }

  private static boolean reports(List<String> types) {
    for (String type : types) {
      if (!type.equals(REPORTS)) {
        throw LambdaErrors.constraint(
            types,
            "functionResponseTypes",
            "Member must satisfy constraint: [Member must satisfy enum value set: ["
                + REPORTS
                + "]]");
      }
    }
    return !types.isEmpty();
  }

  private static List<String> filters(FilterCriteria criteria) {
    List<String> patterns = new ArrayList<>();
    for (Filter filter : criteria.filters()) {
      try {
        var _ = EventPattern.of(filter.pattern() == null ? "" : filter.pattern());
        patterns.add(filter.pattern());
      } catch (EventPattern.Invalid e) {
        throw LambdaErrors.invalid("Invalid filter pattern definition. (" + e.getMessage() + ")");
      }
    }
    if (patterns.size() > 5) {
      throw LambdaErrors.invalid("The number of filters exceeds the limit of 5");
    }
    return patterns;
  }

  private void refuseSecond(FunctionName name, String source) {
    for (EventSourceMapping each : store().list(scope, null)) {
      if (each.source().equals(source) && each.function().equals(name)) {
        throw LambdaErrors.conflict(
            "The event source arn (\" "
                + source
                + " \") and function (\" "
                + name.name()
                + " \") provided mapping already exists. Please update or delete the existing"
                + " mapping with UUID "
                + each.id());
      }
    }
  }

  /// Where a new mapping begins. What was written before it was asked for is passed over here, so
  /// that nothing that is written after the answer can be.
  private Progress begin(String source, boolean latest) {
    try {
      var reader = new StreamReader(parts.platform().clients(), scope, source);
      reader.shards();
      return latest ? reader.end() : Progress.NONE;
    } catch (DynamoDbException | IllegalArgumentException _) {
      throw LambdaErrors.invalid("Stream not found: " + source);
    }
  }

  private EventSourceMapping find(@Nullable String id) {
    return store().find(scope, id == null ? "" : id).orElseThrow(LambdaErrors::noMapping);
  }

  GetEventSourceMappingResponse get(GetEventSourceMappingRequest request) {
    return Shapes.copy(shown(find(request.uuid())), GetEventSourceMappingResponse.builder())
        .build();
  }

  ListEventSourceMappingsResponse list(ListEventSourceMappingsRequest request) {
    FunctionName function =
        request.functionName() == null
            ? null
            : FunctionName.parse(scope, request.functionName(), null);
    int size = within(request.maxItems(), 100, "maxItems", 1, 10_000);
    List<EventSourceMappingConfiguration> found = new ArrayList<>();
    String last = null;
    for (EventSourceMapping each : store().list(scope, request.marker())) {
      boolean wanted =
          (function == null || each.function().equals(function))
              && (request.eventSourceArn() == null
                  || each.source().equals(request.eventSourceArn()));
      if (wanted && found.size() == Math.min(size, 100)) {
        return ListEventSourceMappingsResponse.builder()
            .eventSourceMappings(found)
            .nextMarker(last)
            .build();
      }
      if (wanted) {
        found.add(shown(each));
        last = each.id();
      }
    }
    return ListEventSourceMappingsResponse.builder().eventSourceMappings(found).build();
  }

  UpdateEventSourceMappingResponse update(UpdateEventSourceMappingRequest request) {
    EventSourceMapping before = find(request.uuid());
    refuse(request);
    FunctionName name =
        request.functionName() == null
            ? before.function()
            : FunctionName.parse(scope, request.functionName(), null);
    if (parts.catalogue().config(name).isEmpty()) {
      throw LambdaErrors.invalid("Function does not exist");
    }
    Instant now = parts.platform().time().instant();
    EventSourceMapping after =
        store()
            .update(
                scope,
                before.id(),
                each ->
                    each.with(
                        name,
                        request.enabled() == null ? each.enabled() : request.enabled(),
                        batching(request, each.batching()),
                        now));
    parts.streams().wake(after);
    String state =
        after.enabled() == before.enabled()
            ? "Updating"
            : after.enabled() ? "Enabling" : "Disabling";
    return Shapes.copy(
            shown(after, state, store().progress(after)),
            UpdateEventSourceMappingResponse.builder())
        .build();
  }

  DeleteEventSourceMappingResponse delete(DeleteEventSourceMappingRequest request) {
    EventSourceMapping mapping = find(request.uuid());
    Progress progress = store().progress(mapping);
    store().delete(mapping);
    parts.streams().forget(mapping.id());
    return Shapes.copy(
            shown(mapping, "Deleting", progress), DeleteEventSourceMappingResponse.builder())
        .build();
  }

  private EventSourceMappingConfiguration shown(EventSourceMapping mapping) {
    String state = mapping.enabled() ? "Enabled" : "Disabled";
    return shown(mapping, state, store().progress(mapping));
  }

  private static EventSourceMappingConfiguration shown(
      EventSourceMapping mapping, String state, Progress progress) {
    Batching batching = mapping.batching();
    var shown =
        EventSourceMappingConfiguration.builder()
            .uuid(mapping.id())
            .eventSourceMappingArn(mapping.arn())
            .functionArn(mapping.function().qualifiedArn())
            .eventSourceArn(mapping.source())
            .startingPosition(mapping.latest() ? "LATEST" : "TRIM_HORIZON")
            .batchSize(batching.size())
            .maximumBatchingWindowInSeconds(batching.window())
            .maximumRetryAttempts(batching.retries())
            .maximumRecordAgeInSeconds(batching.maxAge())
            .bisectBatchOnFunctionError(batching.bisect())
            .parallelizationFactor(1)
            .tumblingWindowInSeconds(0)
            .functionResponseTypesWithStrings(
                batching.reportsItems() ? List.of(REPORTS) : List.of())
            .destinationConfig(d -> d.onFailure(f -> f.destination(batching.onFailure())))
            .lastModified(mapping.modified())
            .lastProcessingResult(progress.result())
            .state(state)
            .stateTransitionReason("User action");
    if (!batching.filters().isEmpty()) {
      shown.filterCriteria(
          FilterCriteria.builder()
              .filters(
                  batching.filters().stream()
                      .map(each -> Filter.builder().pattern(each).build())
                      .toList())
              .build());
    }
    return shown.build();
  }
}
