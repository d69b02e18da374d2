package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// How items of a distributed Map state are put together for one child execution.
///
/// @param maxItems items in a batch at most, or null
/// @param maxBytes bytes of a batch's input at most, or null
/// @param batchInput what every batch is given besides, or null
public record ItemBatcher(
    @Nullable Quantity maxItems, @Nullable Quantity maxBytes, @Nullable Expression batchInput) {}
