package dev.polder.athena.engine;

import dev.polder.athena.sql.Sql;

/// A function that runs inside of the engine cannot give a value. Its text carries Trino's error
/// name through the engine, between marks.
final class EngineFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineFailure(String code, String message) {
    super(Sql.MARK + code + ": " + message + Sql.MARK);
  }
}
