package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.Nullable;

/// How the items of a distributed Map state are to be run: all that is known when it is entered, so
/// that it can be taken up after a restart.
///
/// @param state the name of the Map state
/// @param enteredAt when the state was entered, in milliseconds since the epoch
/// @param retries how often the state has been tried again
/// @param inputs the inputs of the child executions as one array; null where an item reader gives
///   the items
/// @param reader arguments of the item reader, or null
/// @param writer arguments of the result writer, or null
/// @param data what the state sees, to select from items that a reader gives
/// @param variables the variables that the state sees, as one object
/// @param maxConcurrency 0 for no limit of its own
/// @param maxItems 0 for no limit; -1 for a limit that is not allowed
/// @param batchItems items in a batch at most, 0 for no limit
/// @param batchBytes bytes of a batch at most, 0 for no limit
/// @param batchInput what every batch is given besides, or null
public record MapRunPlan(
    String mapRunArn,
    String state,
    long enteredAt,
    int retries,
    @Nullable Payload inputs,
    @Nullable Payload reader,
    @Nullable Payload writer,
    Payload data,
    Payload variables,
    long maxConcurrency,
    long toleratedCount,
    double toleratedPercentage,
    long maxItems,
    long batchItems,
    long batchBytes,
    @Nullable Payload batchInput) {

  void write(Bytes out) {
    out.text(mapRunArn)
        .text(state)
        .number(enteredAt)
        .number(retries)
        .payload(inputs)
        .payload(reader)
        .payload(writer)
        .payload(data)
        .payload(variables)
        .number(maxConcurrency)
        .number(toleratedCount)
        .number(Double.doubleToLongBits(toleratedPercentage))
        .number(maxItems)
        .number(batchItems)
        .number(batchBytes)
        .payload(batchInput);
  }

  static MapRunPlan read(Bytes in) {
    return new MapRunPlan(
        in.text(),
        in.text(),
        in.number(),
        in.small(),
        in.optionalPayload(),
        in.optionalPayload(),
        in.optionalPayload(),
        in.payload(),
        in.payload(),
        in.number(),
        in.number(),
        Double.longBitsToDouble(in.number()),
        in.number(),
        in.number(),
        in.number(),
        in.optionalPayload());
  }

  /// The account-wide name of the run: label and UUID.
  public String name() {
    return name(mapRunArn);
  }

  /// The same of an ARN.
  public static String name(String mapRunArn) {
    return mapRunArn.substring(mapRunArn.indexOf('/') + 1);
  }

  /// The label of the run.
  public String label() {
    return name().substring(0, name().lastIndexOf(':'));
  }

  /// The UUID of the run.
  public String id() {
    return name().substring(name().lastIndexOf(':') + 1);
  }
}
