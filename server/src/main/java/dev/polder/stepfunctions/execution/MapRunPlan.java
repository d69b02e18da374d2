package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.Nullable;

/// How the items of a distributed Map state are to be run.
///
/// @param state the name of the Map state
/// @param inputs the inputs of the child executions as one array; null where an item reader gives
///   the items
/// @param reader arguments of the item reader, or null
/// @param writer arguments of the result writer, or null
/// @param data what the state sees, to select from items that a reader gives
public record MapRunPlan(
    String mapRunArn,
    String state,
    @Nullable Payload inputs,
    @Nullable Payload reader,
    @Nullable Payload writer,
    Payload data,
    long maxConcurrency,
    long toleratedCount,
    double toleratedPercentage,
    long maxItems) {}
