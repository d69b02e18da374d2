package dev.polder.amplify;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with a project's schema, as compilers say it: the file, the line and column, and
/// the line itself with a mark below the place.
final class SchemaReport {
  private final ApiFolder api;
  private final List<Line> lines = new ArrayList<>();

  /// A line of the schema.
  private record Line(Path file, int number, String text) {}

  private SchemaReport(ApiFolder api) {
    this.api = api;
    for (Path file : ApiFolder.files(api.folder())) {
      int number = 1;
      for (String text : ProjectFiles.text(file).split("\r\n|[\n\r]", -1)) {
        lines.add(new Line(file, number++, text));
      }
    }
  }

  static String of(ApiFolder api, SchemaException refusal) {
    SchemaReport report = new SchemaReport(api);
    return refusal.problems().stream().map(report::problem).collect(Collectors.joining("\n"));
  }

  private String problem(Problem problem) {
    String message = problem.kind() + ": " + problem.message().strip();
    if (problem.line() < 1 || problem.line() > lines.size()) {
      return message + " (" + api.folder() + ")";
    }
    Line line = lines.get(problem.line() - 1);
    String place = line.file() + ":" + line.number() + ":" + problem.column() + ": ";
    boolean drawn = message.contains("GraphQL request:");
    return place + message + (drawn ? "" : "\n" + marked(line, problem.column()));
  }

  private static String marked(Line line, int column) {
    String number = String.valueOf(line.number());
    return "  %s | %s%n  %s | %s^"
        .formatted(
            number,
            line.text().replace('\t', ' '),
            " ".repeat(number.length()),
            " ".repeat(Math.max(0, column - 1)));
  }
}
