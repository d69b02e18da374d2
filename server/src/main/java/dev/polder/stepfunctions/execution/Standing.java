package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Resource;
import org.jspecify.annotations.Nullable;

/// What a branch of an execution stands still for, and all that must be known to go on. Times are
/// milliseconds since the epoch, 0 for never.
public sealed interface Standing {

  /// When the branch must be looked at again.
  default long due() {
    return 0;
  }

  /// Whether something outside the log is under way that a restart must take up.
  default boolean open() {
    return false;
  }

  /// In the midst of a turn.
  record Running() implements Standing {
    static final Running RUNNING = new Running();
  }

  /// About to enter a state: a long computation was cut so that others have their turn.
  record Ready(String next) implements Standing {
    @Override
    public boolean open() {
      return true;
    }
  }

  /// In a Wait state.
  record Waiting(long until) implements Standing {
    @Override
    public long due() {
      return until;
    }
  }

  /// Between a failure and the next attempt.
  record Retrying(long until) implements Standing {
    @Override
    public long due() {
      return until;
    }
  }

  /// At a task.
  ///
  /// @param scheduled the id of the event that scheduled it, which tells attempts apart
  /// @param scheduledAt when that was
  /// @param arguments what it is given; null once they are not needed any more
  /// @param token with which a callback names it
  /// @param job what is awaited, once there is such a thing
  /// @param heartbeat seconds between heartbeats, 0 for none
  /// @param callback an outcome that came before the call itself had returned
  record Tasking(
      long scheduled,
      long scheduledAt,
      Phase phase,
      Resource resource,
      @Nullable Payload arguments,
      String token,
      @Nullable Job job,
      long timeoutAt,
      long heartbeatAt,
      long heartbeat,
      @Nullable String roleArn,
      @Nullable TaskOutcome callback)
      implements Standing {
    @Override
    public long due() {
      if (timeoutAt == 0 || heartbeatAt == 0) {
        return Math.max(timeoutAt, heartbeatAt);
      }
      return Math.min(timeoutAt, heartbeatAt);
    }

    @Override
    public boolean open() {
      return phase == Phase.CALLING || phase == Phase.AWAITING;
    }

    Tasking in(Phase next, @Nullable Job awaited) {
      return with(next, null, awaited, heartbeatAt, null);
    }

    /// @param next when it must be heard of again, 0 for never
    Tasking heardUntil(long next) {
      return with(phase, arguments, job, next, callback);
    }

    Tasking holding(TaskOutcome early) {
      return with(phase, arguments, job, heartbeatAt, early);
    }

    private Tasking with(
        Phase phase,
        @Nullable Payload arguments,
        @Nullable Job job,
        long heartbeatAt,
        @Nullable TaskOutcome callback) {
      return new Tasking(
          scheduled,
          scheduledAt,
          phase,
          resource,
          arguments,
          token,
          job,
          timeoutAt,
          heartbeatAt,
          heartbeat,
          roleArn,
          callback);
    }
  }

  /// How far a task has come.
  enum Phase {
    /// The call is out and has not returned.
    CALLING,
    /// The call has returned and named a job that runs on.
    AWAITING,
    /// The call has returned; somebody with the token will tell the outcome.
    TOKEN,
    /// No worker has taken the activity's task yet.
    QUEUED,
    /// A worker has taken the activity's task.
    WORKING
  }

  /// Something that runs elsewhere and whose end is awaited.
  ///
  /// @param kind such as `execution`, `query` or `crawler`
  /// @param id by which its service knows it
  record Job(String kind, String id) {}

  /// At a Parallel or inline Map state whose branches run.
  ///
  /// @param total how many there will be
  /// @param limit how many may run at once, 0 for all
  /// @param opened how many have begun
  /// @param closed how many have ended
  record Forking(int total, int limit, int opened, int closed) implements Standing {
    boolean full() {
      return opened == total || (limit > 0 && opened - closed >= limit);
    }

    @Override
    public boolean open() {
      return !full();
    }
  }

  /// At a distributed Map state whose child executions run.
  ///
  /// @param redrives how often the run has been redriven
  record MapRunning(MapRunPlan plan, int redrives) implements Standing {
    String mapRunArn() {
      return plan.mapRunArn();
    }

    @Override
    public boolean open() {
      return true;
    }
  }

  /// Cut off in the midst of its state: it failed, or something beside it did. A redrive goes on
  /// from here.
  ///
  /// @param was what had begun below and may go on: a fork or a map run; `Running` where the state
  ///   is to run again from its start
  record Broken(Standing was) implements Standing {
    static Broken of(Standing standing) {
      return switch (standing) {
        case Broken broken -> broken;
        case Forking _, MapRunning _ -> new Broken(standing);
        case Running _, Ready _, Waiting _, Retrying _, Tasking _, Done _ ->
            new Broken(Running.RUNNING);
      };
    }
  }

  /// At its end, while other branches still run.
  record Done(Payload output) implements Standing {}
}
