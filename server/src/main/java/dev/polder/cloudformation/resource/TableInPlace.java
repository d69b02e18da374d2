package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import dev.polder.shape.TagLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// A table that is there, and is brought to what a template says: one call for each thing that
/// differs from what it is, each once the one before is done. What is as it should be is left
/// alone, so that all of it can be repeated.
record TableInPlace(ResourceCall call, String name) {

  private DynamoDbClient dynamo() {
    return call.client(DynamoDbClient.class);
  }

  TableDescription described() {
    return dynamo().describeTable(b -> b.tableName(name)).table();
  }

  /// Waits until the table and all its indexes can be used and changed.
  void awaitActive() {
    call.await(() -> {
      TableDescription table = described();
      return table.tableStatus() == TableStatus.ACTIVE
          && table.globalSecondaryIndexes().stream()
              .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    });
  }

  /// Whether the table is the one that was asked for, and not one of its name that it replaces.
  boolean hasKeysOf(CreateTableRequest wanted) {
    TableDescription present = described();
    return present.keySchema().equals(wanted.keySchema())
        && present.attributeDefinitions().containsAll(wanted.attributeDefinitions())
        && present.localSecondaryIndexes().size() == wanted.localSecondaryIndexes().size();
  }

  void change(CreateTableRequest wanted) {
    awaitActive();
    // An index that goes needs no capacity, which a table that becomes provisioned asks for.
    dropIndexes(wanted);
    settings(wanted);
    encryption(wanted.sseSpecification());
    stream(wanted.streamSpecification());
    addIndexes(wanted);
  }

  private void update(UpdateTableRequest.Builder request) {
    dynamo().updateTable(request.tableName(name).build());
    awaitActive();
  }

  private void settings(CreateTableRequest wanted) {
    TableDescription present = described();
    var request = UpdateTableRequest.builder();
    if (capacity(wanted, present, request)) {
      update(request);
    }
    limits(wanted);
    TableClass tableClass = wanted.tableClass() == null ? TableClass.STANDARD : wanted.tableClass();
    TableClass before =
        present.tableClassSummary() == null
            ? TableClass.STANDARD
            : present.tableClassSummary().tableClass();
    if (tableClass != before) {
      update(UpdateTableRequest.builder().tableClass(tableClass));
    }
    boolean guarded = Boolean.TRUE.equals(wanted.deletionProtectionEnabled());
    if (guarded != Boolean.TRUE.equals(present.deletionProtectionEnabled())) {
      update(UpdateTableRequest.builder().deletionProtectionEnabled(guarded));
    }
  }

  private static boolean capacity(
      CreateTableRequest wanted, TableDescription present, UpdateTableRequest.Builder request) {
    BillingMode mode =
        wanted.billingMode() == null ? BillingMode.PROVISIONED : wanted.billingMode();
    BillingMode before =
        present.billingModeSummary() == null
            ? BillingMode.PROVISIONED
            : present.billingModeSummary().billingMode();
    boolean changes = mode != before;
    if (changes) {
      request.billingMode(mode);
    }
    if (changes || differs(wanted.provisionedThroughput(), present.provisionedThroughput())) {
      request.provisionedThroughput(wanted.provisionedThroughput());
      changes = changes || wanted.provisionedThroughput() != null;
    }
    Map<String, GlobalSecondaryIndexDescription> indexes = indexes(present);
    List<GlobalSecondaryIndexUpdate> updates = new ArrayList<>();
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      var old = indexes.get(index.indexName());
      ProvisionedThroughput units = index.provisionedThroughput();
      if (old != null && units != null && differs(units, old.provisionedThroughput())) {
        updates.add(
            GlobalSecondaryIndexUpdate.builder()
                .update(u -> u.indexName(index.indexName()).provisionedThroughput(units))
                .build());
      }
    }
    if (!updates.isEmpty()) {
      request.globalSecondaryIndexUpdates(updates);
    }
    return changes || !updates.isEmpty();
  }

  /// The limits of what is billed by request, which change by themselves.
  private void limits(CreateTableRequest wanted) {
    if (wanted.billingMode() != BillingMode.PAY_PER_REQUEST) {
      return;
    }
    TableDescription present = described();
    OnDemandThroughput table = limits(wanted.onDemandThroughput(), present.onDemandThroughput());
    if (table != null) {
      update(UpdateTableRequest.builder().onDemandThroughput(table));
    }
    Map<String, GlobalSecondaryIndexDescription> indexes = indexes(present);
    List<GlobalSecondaryIndexUpdate> updates = new ArrayList<>();
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      var old = indexes.get(index.indexName());
      OnDemandThroughput changed =
          old == null ? null : limits(index.onDemandThroughput(), old.onDemandThroughput());
      if (changed != null) {
        updates.add(
            GlobalSecondaryIndexUpdate.builder()
                .update(u -> u.indexName(index.indexName()).onDemandThroughput(changed))
                .build());
      }
    }
    if (!updates.isEmpty()) {
      update(UpdateTableRequest.builder().globalSecondaryIndexUpdates(updates));
    }
  }

  /// What makes limits of others; null where they are as they should be.
  private static @Nullable OnDemandThroughput limits(
      @Nullable OnDemandThroughput wanted, @Nullable OnDemandThroughput present) {
    Long reads = wanted == null ? null : wanted.maxReadRequestUnits();
    Long writes = wanted == null ? null : wanted.maxWriteRequestUnits();
    Long oldReads = present == null ? null : present.maxReadRequestUnits();
    Long oldWrites = present == null ? null : present.maxWriteRequestUnits();
    if (Objects.equals(reads, oldReads) && Objects.equals(writes, oldWrites)) {
      return null;
    }
    return OnDemandThroughput.builder()
        .maxReadRequestUnits(limit(reads, oldReads))
        .maxWriteRequestUnits(limit(writes, oldWrites))
        .build();
  }

  private static @Nullable Long limit(@Nullable Long wanted, @Nullable Long present) {
    return wanted == null && present != null ? Long.valueOf(-1) : wanted;
  }

  private static boolean differs(
      @Nullable ProvisionedThroughput wanted, @Nullable ProvisionedThroughputDescription present) {
    return wanted != null
        && (present == null
            || !Objects.equals(wanted.readCapacityUnits(), present.readCapacityUnits())
            || !Objects.equals(wanted.writeCapacityUnits(), present.writeCapacityUnits()));
  }

  private static Map<String, GlobalSecondaryIndexDescription> indexes(TableDescription table) {
    return table.globalSecondaryIndexes().stream()
        .collect(Collectors.toMap(GlobalSecondaryIndexDescription::indexName, Function.identity()));
  }

  private void encryption(@Nullable SSESpecification wanted) {
    boolean on = wanted != null && Boolean.TRUE.equals(wanted.enabled());
    var present = described().sseDescription();
    String key = wanted == null ? null : wanted.kmsMasterKeyId();
    boolean other = key != null && present != null && !present.kmsMasterKeyArn().endsWith(key);
    if (on != (present != null) || other) {
      SSESpecification asked =
          wanted == null ? SSESpecification.builder().enabled(false).build() : wanted;
      update(UpdateTableRequest.builder().sseSpecification(asked));
    }
  }

  /// A stream cannot change what it shows: it ends, and another one begins.
  private void stream(@Nullable StreamSpecification wanted) {
    StreamSpecification present = described().streamSpecification();
    boolean open = present != null && Boolean.TRUE.equals(present.streamEnabled());
    boolean same = open && wanted != null && wanted.streamViewType() == present.streamViewType();
    if (open && !same) {
      update(UpdateTableRequest.builder().streamSpecification(s -> s.streamEnabled(false)));
    }
    if (wanted != null && !same) {
      update(UpdateTableRequest.builder().streamSpecification(wanted));
    }
  }

  private void dropIndexes(CreateTableRequest wanted) {
    List<String> kept =
        wanted.globalSecondaryIndexes().stream().map(GlobalSecondaryIndex::indexName).toList();
    for (var index : described().globalSecondaryIndexes()) {
      if (!kept.contains(index.indexName())) {
        var change = GlobalSecondaryIndexUpdate.builder();
        change.delete(d -> d.indexName(index.indexName()));
        update(UpdateTableRequest.builder().globalSecondaryIndexUpdates(change.build()));
      }
    }
  }

  private void addIndexes(CreateTableRequest wanted) {
    var present = indexes(described());
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      if (!present.containsKey(index.indexName())) {
        var change = GlobalSecondaryIndexUpdate.builder();
        change.create(c ->
            c.indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .provisionedThroughput(index.provisionedThroughput())
                .onDemandThroughput(index.onDemandThroughput()));
        update(
            UpdateTableRequest.builder()
                .attributeDefinitions(wanted.attributeDefinitions())
                .globalSecondaryIndexUpdates(change.build()));
      }
    }
  }

  /// Has the table remember its states as the property `PointInTimeRecoverySpecification` says.
  void remember() {
    Map<?, ?> given =
        call.properties().get(DynamoDbTable.RECOVERY) instanceof Map<?, ?> map ? map : Map.of();
    boolean on = Values.text(given.get("PointInTimeRecoveryEnabled")).equals("true");
    Object days = given.get("RecoveryPeriodInDays");
    Integer wanted = days == null ? null : Integer.valueOf(Values.text(days));
    PointInTimeRecoveryDescription present =
        dynamo()
            .describeContinuousBackups(b -> b.tableName(name))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    boolean was = present.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
    boolean same = wanted == null || wanted.equals(present.recoveryPeriodInDays());
    if (on != was || on && !same) {
      dynamo()
          .updateContinuousBackups(b ->
              b.tableName(name)
                  .pointInTimeRecoverySpecification(
                      p -> p.pointInTimeRecoveryEnabled(on).recoveryPeriodInDays(wanted)));
    }
  }

  /// Lets items expire as the property `TimeToLiveSpecification` says.
  void expireItems() {
    Map<?, ?> given =
        call.properties().get("TimeToLiveSpecification") instanceof Map<?, ?> map ? map : Map.of();
    boolean on = Values.text(given.get("Enabled")).equals("true");
    String attribute = Values.text(given.get("AttributeName"));
    var present = dynamo().describeTimeToLive(b -> b.tableName(name)).timeToLiveDescription();
    boolean was = present.timeToLiveStatus() == TimeToLiveStatus.ENABLED;
    boolean same = on == was && (!on || attribute.equals(present.attributeName()));
    if (was && !same) {
      expireBy(present.attributeName(), false);
    }
    if (on && !same) {
      expireBy(attribute, true);
    }
  }

  private void expireBy(String attribute, boolean enabled) {
    dynamo()
        .updateTimeToLive(b ->
            b.tableName(name)
                .timeToLiveSpecification(t -> t.attributeName(attribute).enabled(enabled)));
  }

  /// Gives the table these tags and no others.
  void tag(Map<String, String> wanted) {
    String arn = described().tableArn();
    Map<String, String> present = new LinkedHashMap<>();
    dynamo()
        .listTagsOfResource(b -> b.resourceArn(arn))
        .tags()
        .forEach(tag -> present.put(tag.key(), tag.value()));
    ResourceCall.retag(
        present,
        wanted,
        gone -> dynamo().untagResource(b -> b.resourceArn(arn).tagKeys(gone)),
        tags -> dynamo().tagResource(b -> b.resourceArn(arn).tags(tags(tags))));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }
}
