package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.item.Type;
import dev.polder.kernel.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a table is, apart from its items.
///
/// @param id a UUID; a table of the same name that is made later has another
/// @param attributes the types of all attributes of keys, in the order in which they were given
/// @param indexes local ones before global ones, in the order in which they were made
/// @param nextIndex the number of the next index that is made
/// @param stream the present stream, or the last one there was
/// @param timeToLive what says when an item expires; null where items do not
/// @param recovery since when earlier states can be restored; null where they cannot
record Table(
    Scope scope,
    String name,
    String id,
    Instant created,
    KeySchema key,
    Map<String, Type> attributes,
    List<Index> indexes,
    long nextIndex,
    Billing billing,
    @Nullable TableStream stream,
    @Nullable TimeToLive timeToLive,
    @Nullable Recovery recovery,
    Settings settings) {

  Table {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    indexes = List.copyOf(indexes);
  }

  /// How a table is paid for.
  ///
  /// @param onDemandSince when it was last changed to be by request; null where it never was
  /// @param throughput zero on demand
  record Billing(boolean onDemand, @Nullable Instant onDemandSince, Throughput throughput) {}

  /// What says when an item expires.
  ///
  /// @param attribute a number of seconds since 1970
  /// @param filled false while the expiries of older items are still being gathered
  record TimeToLive(String attribute, boolean filled) {}

  /// How far back earlier states can be restored.
  ///
  /// @param since when this began
  /// @param days how long a state can be restored, 1 to 35
  record Recovery(Instant since, int days) {
    /// The earliest moment that can be restored, in whole seconds as some clients send moments.
    /// What was before `since` in its second is as then.
    Instant earliest(Instant now) {
      Instant oldest = now.minus(Duration.ofDays(days));
      return (since.isAfter(oldest) ? since : oldest).truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /// What is recorded and described without other effect, but for the protection.
  ///
  /// @param deletionProtected refuses DeleteTable
  /// @param tableClass as on the wire; null where none was ever named
  /// @param encryptionKey the KMS key that is described; null where none was asked for
  record Settings(
      boolean deletionProtected, @Nullable String tableClass, @Nullable String encryptionKey) {}

  String arn() {
    return scope.arn("dynamodb", "table/" + name).toString();
  }

  Optional<Index> index(String indexName) {
    for (Index index : indexes) {
      if (index.name().equals(indexName)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  /// The stream that changes are written to now; null where there is none.
  @Nullable TableStream openStream() {
    return stream != null && stream.open() ? stream : null;
  }

  boolean hasLocalIndexes() {
    return indexes.stream().anyMatch(index -> !index.isGlobal());
  }

  Table withIndexes(Map<String, Type> types, List<Index> changed, long next) {
    return with(types, changed, next, billing, stream, timeToLive, recovery, settings);
  }

  Table withBilling(Billing changed) {
    return with(attributes, indexes, nextIndex, changed, stream, timeToLive, recovery, settings);
  }

  Table withStream(@Nullable TableStream changed) {
    return with(attributes, indexes, nextIndex, billing, changed, timeToLive, recovery, settings);
  }

  Table withTimeToLive(@Nullable TimeToLive changed) {
    return with(attributes, indexes, nextIndex, billing, stream, changed, recovery, settings);
  }

  Table withRecovery(@Nullable Recovery changed) {
    return with(attributes, indexes, nextIndex, billing, stream, timeToLive, changed, settings);
  }

  Table withSettings(Settings changed) {
    return with(attributes, indexes, nextIndex, billing, stream, timeToLive, recovery, changed);
  }

  private Table with(
      Map<String, Type> attributes,
      List<Index> indexes,
      long nextIndex,
      Billing billing,
      @Nullable TableStream stream,
      @Nullable TimeToLive timeToLive,
      @Nullable Recovery recovery,
      Settings settings) {
    return new Table(
        scope,
        name,
        id,
        created,
        key,
        attributes,
        indexes,
        nextIndex,
        billing,
        stream,
        timeToLive,
        recovery,
        settings);
  }
}
