package dev.polder.athena;

import dev.polder.athena.engine.Format;
import dev.polder.athena.sql.TableSource;
import java.util.Map;

/// A table of the catalogue that queries read and write.
///
/// @param location `s3://bucket/prefix/`, with a slash at its end
/// @param parameters of the table
record StoredTable(
    TableSource source, S3Uri location, Format format, Map<String, String> parameters) {

  StoredTable {
    parameters = Map.copyOf(parameters);
  }

  boolean isPartitioned() {
    return !source.keys().isEmpty();
  }

  String name() {
    return source.database() + "." + source.name();
  }
}
