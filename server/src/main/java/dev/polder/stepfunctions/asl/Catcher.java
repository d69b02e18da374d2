package dev.polder.stepfunctions.asl;

/// What happens to an error that no retry takes away.
///
/// @param flow result path or output, and assignments, for the error output
public record Catcher(ErrorEquals errors, DataFlow flow, String next) {}
