package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Resource;
import org.jspecify.annotations.Nullable;

/// Standings as bytes.
final class StandingCodec {
  private StandingCodec() {}

  static void write(Bytes out, Standing standing) {
    switch (standing) {
      case Standing.Running _ -> out.number(0);
      case Standing.Ready s -> out.number(1).text(s.next());
      case Standing.Waiting s -> out.number(2).number(s.until());
      case Standing.Retrying s -> out.number(3).number(s.until());
      case Standing.Tasking s -> {
        out.number(4);
        write(out, s);
      }
      case Standing.Forking s ->
          out.number(5).number(s.total()).number(s.limit()).number(s.opened()).number(s.closed());
      case Standing.MapRunning s -> {
        out.number(6);
        s.plan().write(out);
        out.number(s.redrives());
      }
      case Standing.Done s -> out.number(7).payload(s.output());
      case Standing.Broken s -> write(out.number(8), s.was());
    }
  }

  static Standing read(Bytes in) {
    int kind = in.small();
    return switch (kind) {
      case 0 -> Standing.Running.RUNNING;
      case 1 -> new Standing.Ready(in.text());
      case 2 -> new Standing.Waiting(in.number());
      case 3 -> new Standing.Retrying(in.number());
      case 4 -> tasking(in);
      case 5 -> new Standing.Forking(in.small(), in.small(), in.small(), in.small());
      case 6 -> new Standing.MapRunning(MapRunPlan.read(in), in.small());
      case 7 -> new Standing.Done(in.payload());
      case 8 -> new Standing.Broken(read(in));
      default -> throw new IllegalStateException("No standing has the number " + kind);
    };
  }

  private static void write(Bytes out, Standing.Tasking s) {
    out.number(s.scheduled()).number(s.scheduledAt()).number(s.phase().ordinal());
    write(out, s.resource());
    out.payload(s.arguments()).text(s.token());
    Standing.Job job = s.job();
    out.text(job == null ? null : job.kind());
    if (job != null) {
      out.text(job.id());
    }
    out.number(s.timeoutAt()).number(s.heartbeatAt()).number(s.heartbeat()).text(s.roleArn());
    write(out, s.callback());
  }

  private static Standing.Tasking tasking(Bytes in) {
    return new Standing.Tasking(
        in.number(),
        in.number(),
        Standing.Phase.values()[in.small()],
        resource(in),
        in.optionalPayload(),
        in.text(),
        job(in),
        in.number(),
        in.number(),
        in.number(),
        in.optionalText(),
        outcome(in));
  }

  private static Standing.@Nullable Job job(Bytes in) {
    String kind = in.optionalText();
    return kind == null ? null : new Standing.Job(kind, in.text());
  }

  private static void write(Bytes out, Resource resource) {
    switch (resource) {
      case Resource.Function r -> out.number(0).text(r.arn());
      case Resource.Activity r -> out.number(1).text(r.arn());
      case Resource.Optimized r ->
          out.number(2)
              .text(r.arn())
              .text(r.service())
              .text(r.action())
              .number(r.pattern().ordinal());
      case Resource.Sdk r ->
          out.number(3)
              .text(r.arn())
              .text(r.service())
              .text(r.action())
              .number(r.pattern().ordinal());
    }
  }

  private static Resource resource(Bytes in) {
    int kind = in.small();
    return switch (kind) {
      case 0 -> new Resource.Function(in.text());
      case 1 -> new Resource.Activity(in.text());
      case 2 -> new Resource.Optimized(in.text(), in.text(), in.text(), pattern(in));
      case 3 -> new Resource.Sdk(in.text(), in.text(), in.text(), pattern(in));
      default -> throw new IllegalStateException("No kind of resource has the number " + kind);
    };
  }

  private static Resource.Pattern pattern(Bytes in) {
    return Resource.Pattern.values()[in.small()];
  }

  private static void write(Bytes out, @Nullable TaskOutcome outcome) {
    switch (outcome) {
      case null -> out.number(0);
      case TaskOutcome.Succeeded o -> out.number(1).payload(o.output());
      case TaskOutcome.Failed o -> out.number(2).text(o.error()).text(o.cause());
      case TaskOutcome.Submitted _ ->
          throw new IllegalStateException("Only the outcome of a callback is kept");
    }
  }

  private static @Nullable TaskOutcome outcome(Bytes in) {
    return switch (in.small()) {
      case 1 -> new TaskOutcome.Succeeded(in.payload());
      case 2 -> new TaskOutcome.Failed(in.optionalText(), in.optionalText());
      default -> null;
    };
  }
}
