package dev.polder.dynamodb;

import dev.polder.dynamodb.TableAnswers.View;
import dev.polder.dynamodb.item.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// A table as UpdateTable answers: it has the capacity that it had, and the count of decreases, but
/// the moment at which the change was asked for; dropped indexes are still there. Only a change of
/// billing is answered with what it leads to.
///
/// @param asked when the change was asked for
record TableInChange(UpdateTableRequest request, Table old, Table changed, Instant asked) {

  TableDescription description(Statistics statistics) {
    Map<String, IndexStatus> statuses = new LinkedHashMap<>();
    List<Index> indexes = new ArrayList<>();
    for (Index before : old.indexes()) {
      Index after = changed.index(before.name()).orElse(null);
      if (after == null) {
        statuses.put(before.name(), IndexStatus.DELETING);
        indexes.add(before);
      } else {
        if (!after.throughput().equals(before.throughput())) {
          statuses.put(before.name(), IndexStatus.UPDATING);
        }
        indexes.add(after.withThroughput(throughput(before, after)));
      }
    }
    for (Index made : changed.indexes()) {
      if (old.index(made.name()).isEmpty()) {
        statuses.put(made.name(), IndexStatus.CREATING);
        indexes.add(made);
      }
    }
    Map<String, Type> types = new LinkedHashMap<>(old.attributes());
    types.putAll(changed.attributes());
    Table shown = changed.withBilling(billing()).withIndexes(types, indexes, changed.nextIndex());
    return TableAnswers.description(shown, statistics, new View(status(), asked, statuses));
  }

  private boolean isSwitched() {
    return old.billing().onDemand() != changed.billing().onDemand();
  }

  private Throughput throughput(Index before, Index after) {
    Throughput had = before.throughput();
    Throughput will = after.throughput();
    if (isSwitched()) {
      return had.units(will.read(), will.write()).withCeilings(will.ceilings());
    }
    return stamped(had, will);
  }

  private Table.Billing billing() {
    Table.Billing had = old.billing();
    Table.Billing will = changed.billing();
    if (!isSwitched()) {
      return new Table.Billing(
          will.onDemand(),
          will.onDemandSince(),
          stamped(had.throughput(), will.throughput()).withCeilings(ceilings()));
    }
    return new Table.Billing(
        will.onDemand(),
        had.onDemandSince(),
        will.onDemand()
            ? had.throughput().lowered(asked).withCeilings(ceilings())
            : will.throughput());
  }

  /// Limits as they were asked for: one that goes is still there as -1.
  private Ceilings ceilings() {
    Ceilings had = old.billing().throughput().ceilings();
    return had.merged(Ceilings.of(request.onDemandThroughput()));
  }

  /// What was, with the moments of what will be.
  private Throughput stamped(Throughput had, Throughput will) {
    boolean raised = will.read() > had.read() || will.write() > had.write();
    boolean lowered = will.read() < had.read() || will.write() < had.write();
    return new Throughput(
        had.read(),
        had.write(),
        raised ? asked : had.increased(),
        lowered ? asked : had.decreased(),
        had.decreasesOn(asked),
        will.ceilings());
  }

  /// Capacity of indexes, protection and encryption change without the table's state.
  private TableStatus status() {
    boolean units =
        request.provisionedThroughput() != null
            || request.billingModeAsString() != null
            || request.tableClassAsString() != null
            || request.streamSpecification() != null;
    boolean moved =
        request.globalSecondaryIndexUpdates().stream().anyMatch(update -> update.update() == null);
    return units || moved ? TableStatus.UPDATING : TableStatus.ACTIVE;
  }
}
