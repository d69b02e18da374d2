package dev.polder.examples.traffic.functions;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;

/** Stops queries that a run no longer waits for. */
final class QueryStop {
  private static final Logger LOGGER = System.getLogger(QueryStop.class.getName());

  private QueryStop() {}

  /**
   * Stops the query; a failure to do so is logged only, because the run is failing for a cause of
   * its own.
   */
  static void tryStop(AthenaClient athena, String queryExecutionId) {
    try {
      athena.stopQueryExecution(request -> request.queryExecutionId(queryExecutionId));
    } catch (SdkException e) {
      LOGGER.log(Level.WARNING, "Query " + queryExecutionId + " could not be stopped", e);
    }
  }
}
