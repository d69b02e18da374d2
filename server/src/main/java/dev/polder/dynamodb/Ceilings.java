package dev.polder.dynamodb;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;

/// The most that a table or index that is billed by request is to use. Recorded and described, but
/// not enforced, as all capacity.
///
/// @param reads request units a second, at least 1; null for no limit
/// @param writes request units a second, at least 1; null for no limit
record Ceilings(@Nullable Long reads, @Nullable Long writes) {
  static final Ceilings NONE = new Ceilings(null, null);

  /// What UpdateTable takes for a limit that is to go.
  private static final long REMOVED = -1;

  /// What refusals say after the member, of a table or an index.
  ///
  /// @param place empty for a table
  /// @param subject as it stands behind the range that a member is outside of
  record Words(String place, String subject) {
    static final Words TABLE = new Words("", " for table");

    static Words index(String name) {
      return new Words(" for index: " + name, " for index : " + name);
    }
  }

  /// What a request asks for, as it stands there.
  static Ceilings of(@Nullable OnDemandThroughput given) {
    return given == null
        ? NONE
        : new Ceilings(given.maxReadRequestUnits(), given.maxWriteRequestUnits());
  }

  /// What a new table or index is given.
  static Ceilings first(@Nullable OnDemandThroughput given, boolean onDemand, Words words) {
    Ceilings wanted = of(given);
    if (!onDemand && !wanted.isNone()) {
      throw DynamoDbErrors.parameter(
          wanted.firstMember()
              + " for OnDemandThroughput"
              + words.place()
              + " cannot be specified when table BillingMode is PROVISIONED.");
    }
    wanted.requireRange(1, words.subject());
    return wanted;
  }

  /// These after a change: what it does not name stays, and what it names as -1 goes.
  static void requireChangeable(@Nullable OnDemandThroughput given, boolean onDemand, Words words) {
    Ceilings wanted = of(given);
    if (!onDemand && !wanted.isNone()) {
      throw DynamoDbErrors.parameter(
          wanted.firstMember()
              + " for OnDemandThroughput"
              + words.place().replace(":", " :")
              + " cannot be specified when the table BillingMode is PROVISIONED");
    }
    wanted.requireRange(REMOVED, words.subject());
  }

  /// These with what another names, a -1 still as it was given.
  Ceilings merged(Ceilings wanted) {
    return new Ceilings(
        wanted.reads == null ? reads : wanted.reads,
        wanted.writes == null ? writes : wanted.writes);
  }

  /// These without the limits that are to go.
  Ceilings settled() {
    return new Ceilings(settled(reads), settled(writes));
  }

  private static @Nullable Long settled(@Nullable Long units) {
    return units == null || units == REMOVED ? null : units;
  }

  boolean isNone() {
    return reads == null && writes == null;
  }

  /// As clients see them; null where there are none.
  @Nullable OnDemandThroughput sdk() {
    return isNone()
        ? null
        : OnDemandThroughput.builder()
            .maxReadRequestUnits(reads)
            .maxWriteRequestUnits(writes)
            .build();
  }

  /// The name of the member that refusals name.
  String firstMember() {
    return reads == null ? "MaxWriteRequestUnits" : "MaxReadRequestUnits";
  }

  private void requireRange(long lowest, String subject) {
    String outside = outside(lowest);
    if (outside != null) {
      throw DynamoDbErrors.parameter(
          "Requested "
              + outside
              + " for OnDemandThroughput"
              + subject
              + " is outside of valid range");
    }
  }

  /// The member that is below 1, unless it is the lowest that is allowed; null where there is none.
  @Nullable String outside(long lowest) {
    if (isOutside(reads, lowest)) {
      return "MaxReadRequestUnits";
    }
    return isOutside(writes, lowest) ? "MaxWriteRequestUnits" : null;
  }

  private static boolean isOutside(@Nullable Long units, long lowest) {
    return units != null && units < 1 && units != lowest;
  }
}
