package dev.polder.glue.crawler;

/// How folders become tables.
///
/// @param combinesCompatible compatible folders are one table, similar or not
///   (`CombineCompatibleSchemas`)
/// @param tableLevel the level of folders that are tables (`TableLevelConfiguration`), where the
///   bucket is level 1; 0 to let the data decide
/// @param includeLevel the level of the include path
public record GroupingPolicy(boolean combinesCompatible, int tableLevel, int includeLevel) {}
