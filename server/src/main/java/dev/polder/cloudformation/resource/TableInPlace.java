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
                .provisionedThroughput(index.provisionedThroughput()));
        update(
            UpdateTableRequest.builder()
                .attributeDefinitions(wanted.attributeDefinitions())
                .globalSecondaryIndexUpdates(change.build()));
      }
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
