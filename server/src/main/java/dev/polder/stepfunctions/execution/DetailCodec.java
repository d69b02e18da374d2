package dev.polder.stepfunctions.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/// Details of history events as bytes.
final class DetailCodec {
  private DetailCodec() {}

  static void write(Bytes out, Detail detail) {
    switch (detail) {
      case Detail.None _ -> out.number(0);
      case Detail.Started d ->
          out.number(1)
              .payload(d.input())
              .text(d.roleArn())
              .text(d.aliasArn())
              .text(d.versionArn());
      case Detail.Entered d -> out.number(2).text(d.name()).payload(d.input());
      case Detail.Exited d -> {
        out.number(3).text(d.name()).payload(d.output()).number(d.assigned().size());
        d.assigned().forEach((name, value) -> out.text(name).payload(value));
      }
      case Detail.Output d -> out.number(4).payload(d.output());
      case Detail.Failure d -> out.number(5).text(d.error()).text(d.cause());
      case Detail.Evaluation d ->
          out.number(6).text(d.error()).text(d.cause()).text(d.location()).text(d.state());
      case Detail.WorkScheduled d ->
          out.number(7)
              .text(d.resource())
              .payload(d.input())
              .number(d.timeout())
              .number(d.heartbeat())
              .text(d.roleArn());
      case Detail.WorkerStarted d -> out.number(8).text(d.workerName());
      case Detail.TaskScheduled d ->
          out.number(9)
              .text(d.resourceType())
              .text(d.resource())
              .text(d.region())
              .payload(d.parameters())
              .number(d.timeout())
              .number(d.heartbeat())
              .text(d.roleArn());
      case Detail.TaskBegun d -> out.number(10).text(d.resourceType()).text(d.resource());
      case Detail.TaskOutput d ->
          out.number(11).text(d.resourceType()).text(d.resource()).payload(d.output());
      case Detail.TaskFailure d ->
          out.number(12).text(d.resourceType()).text(d.resource()).text(d.error()).text(d.cause());
      case Detail.Length d -> out.number(13).number(d.length());
      case Detail.Iteration d -> out.number(14).text(d.name()).number(d.index());
      case Detail.MapRun d -> out.number(15).text(d.arn());
      case Detail.Redriven d -> out.number(16).number(d.count());
      case Detail.MapRunRedriven d -> out.number(17).text(d.arn()).number(d.count());
    }
  }

  static Detail read(Bytes in) {
    int shape = in.small();
    return switch (shape) {
      case 0 -> Detail.None.NONE;
      case 1 -> new Detail.Started(in.payload(), in.text(), in.optionalText(), in.optionalText());
      case 2 -> new Detail.Entered(in.text(), in.payload());
      case 3 -> new Detail.Exited(in.text(), in.payload(), assigned(in));
      case 4 -> new Detail.Output(in.payload());
      case 5 -> new Detail.Failure(in.optionalText(), in.optionalText());
      case 6 -> new Detail.Evaluation(in.text(), in.text(), in.optionalText(), in.text());
      case 7 ->
          new Detail.WorkScheduled(
              in.text(), in.payload(), in.number(), in.number(), in.optionalText());
      case 8 -> new Detail.WorkerStarted(in.optionalText());
      case 9 ->
          new Detail.TaskScheduled(
              in.text(),
              in.text(),
              in.text(),
              in.payload(),
              in.number(),
              in.number(),
              in.optionalText());
      case 10 -> new Detail.TaskBegun(in.text(), in.text());
      case 11 -> new Detail.TaskOutput(in.text(), in.text(), in.payload());
      case 12 -> new Detail.TaskFailure(in.text(), in.text(), in.optionalText(), in.optionalText());
      case 13 -> new Detail.Length(in.small());
      case 14 -> new Detail.Iteration(in.text(), in.small());
      case 15 -> new Detail.MapRun(in.text());
      case 16 -> new Detail.Redriven(in.small());
      case 17 -> new Detail.MapRunRedriven(in.text(), in.small());
      default -> throw new IllegalStateException("No shape of details has the number " + shape);
    };
  }

  private static Map<String, Payload> assigned(Bytes in) {
    int size = in.small();
    Map<String, Payload> assigned = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      assigned.put(in.text(), in.payload());
    }
    return assigned;
  }
}
