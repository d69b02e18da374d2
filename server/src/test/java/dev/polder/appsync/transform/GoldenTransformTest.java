package dev.polder.appsync.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Schemas of Amplify's own tests against what its generator made of them.
///
/// `-Dcases=id` runs only cases whose id contains the text and prints the whole difference;
/// `-Dgolden=update` writes the committed table anew.
class GoldenTransformTest {
  private static final Path TABLE = Path.of("../docs/conformance-graphql.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\|.*");

  /// The project that the golden cases were generated in: every way of authorisation, and models
  /// without rules open to API keys.
  private static final TransformOptions OPTIONS =
      new TransformOptions(
          Generation.V2,
          Map.of("sandboxModeEnabled", true),
          new AuthModes(AuthMode.API_KEY, Set.of(AuthMode.values())),
          Map.of("env", "dev"));

  private enum Outcome {
    EQUAL,
    REFUSED,
    DIFFERENT
  }

  private record Verdict(Outcome outcome, String difference) {}

  @Test
  void schemasBecomeWhatAmplifyMakesOfThem() throws IOException {
    String only = System.getProperty("cases", "");
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (GoldenCase golden : GoldenCase.all()) {
      if (golden.id().contains(only)) {
        verdicts.put(golden.id(), verdict(golden));
      }
    }
    verdicts.forEach((id, verdict) -> {
      if (verdict.outcome() == Outcome.DIFFERENT) {
        System.out.println(id + " " + verdict.difference());
      }
    });
    System.out.println(counts(verdicts));
    if (only.isEmpty()) {
      assertNoneIsWorse(verdicts);
    }
  }

  private static void assertNoneIsWorse(Map<String, Verdict> verdicts) throws IOException {
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(TABLE, page(verdicts));
    }
    List<String> worse = new ArrayList<>();
    for (String line : Files.exists(TABLE) ? Files.readAllLines(TABLE) : List.<String>of()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(2).equals("equal")) {
        Verdict now = verdicts.get(row.group(1));
        if (now != null && now.outcome() != Outcome.EQUAL) {
          worse.add(row.group(1) + " " + now.difference());
        }
      }
    }
    assertThat(worse).as("cases that were equal and no longer are").isEmpty();
  }

  private static Verdict verdict(GoldenCase golden) {
    try {
      Api api = Transform.of(OPTIONS).apply(golden.schema());
      return golden.sdl() == null
          ? new Verdict(Outcome.DIFFERENT, "accepted, expected " + golden.refusal())
          : compared(golden, golden.sdl(), api);
    } catch (SchemaException refusal) {
      return refused(golden, refusal);
    } catch (RuntimeException defect) {
      return new Verdict(
          Outcome.DIFFERENT, "failed: " + defect + " at " + defect.getStackTrace()[0]);
    }
  }

  private static Verdict refused(GoldenCase golden, SchemaException refusal) {
    Problem first = refusal.problems().getFirst();
    String found = first.kind() + ": " + first.message();
    if (golden.refusal() == null) {
      boolean onPurpose = found.contains(" is not supported by Polder");
      return new Verdict(onPurpose ? Outcome.REFUSED : Outcome.DIFFERENT, "refused: " + found);
    }
    return isRefusal(golden.refusal(), found)
        ? new Verdict(Outcome.EQUAL, "")
        : new Verdict(Outcome.DIFFERENT, "refused: " + found + ", expected " + golden.refusal());
  }

  /// Recorded messages are cut short.
  private static boolean isRefusal(String recorded, String found) {
    String message = recorded.substring(recorded.indexOf(": ") + 2);
    return message.length() >= 300 ? found.startsWith(recorded) : found.equals(recorded);
  }

  private static Verdict compared(GoldenCase golden, String sdl, Api api) {
    Set<String> expected = NormalisedSdl.facts(sdl);
    Set<String> found = NormalisedSdl.facts(api.sdl());
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    Set<String> extra = new TreeSet<>(found);
    extra.removeAll(expected);
    Map<String, String> tables = GoldenTables.of(golden.tables());
    Map<String, String> ours = GoldenTables.of(api);
    if (missing.isEmpty() && extra.isEmpty() && tables.equals(ours)) {
      return new Verdict(Outcome.EQUAL, "");
    }
    int shown = System.getProperty("cases") == null ? 2 : 100;
    return new Verdict(
        Outcome.DIFFERENT,
        "missing "
            + missing.stream().limit(shown).toList()
            + " extra "
            + extra.stream().limit(shown).toList()
            + (tables.equals(ours) ? "" : " tables " + tables + " but " + ours));
  }

  private static Map<Outcome, Integer> counts(Map<String, Verdict> verdicts) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    verdicts.values().forEach(verdict -> counts.merge(verdict.outcome(), 1, Integer::sum));
    return counts;
  }

  private static String page(Map<String, Verdict> verdicts) {
    Map<Outcome, Integer> counts = counts(verdicts);
    StringBuilder out =
        new StringBuilder(
            """
            # GraphQL: schemas and what Amplify makes of them

            Schemas of Amplify's own tests with the schema and tables, or the error, that its
            generator answered, run through Polder's transform by `GoldenTransformTest`, which also
            writes this page (`-Dgolden=update`) and fails when a case that was equal no longer is.
            Equal means the same types, fields, arguments in their order, directives, tables, keys
            and indexes, or the same error. Refused are schemas for search and AI.

            | cases | equal | refused by name | different |
            |---|---|---|---|
            """);
    out.append(
        "| %d | %d | %d | %d |%n%n"
            .formatted(
                verdicts.size(),
                counts.getOrDefault(Outcome.EQUAL, 0),
                counts.getOrDefault(Outcome.REFUSED, 0),
                counts.getOrDefault(Outcome.DIFFERENT, 0)));
    out.append("| case | outcome | difference |\n|---|---|---|\n");
    for (Outcome outcome : List.of(Outcome.DIFFERENT, Outcome.REFUSED, Outcome.EQUAL)) {
      verdicts.forEach((id, verdict) -> {
        if (verdict.outcome() == outcome) {
          out.append(row(id, verdict));
        }
      });
    }
    return out.toString();
  }

  private static String row(String id, Verdict verdict) {
    String difference = verdict.difference().replace('\n', ' ').replace("|", "\\|");
    String brief = difference.length() > 160 ? difference.substring(0, 160) + "…" : difference;
    String outcome =
        switch (verdict.outcome()) {
          case EQUAL -> "equal";
          case REFUSED -> "refused";
          case DIFFERENT -> "different";
        };
    return "| `%s` | %s | %s |%n".formatted(id, outcome, brief);
  }
}
