package dev.polder.athena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.SharedCases;
import dev.polder.athena.engine.DuckDbEngine;
import dev.polder.athena.engine.EngineLimits;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.sql.Catalogue;
import dev.polder.athena.sql.Command;
import dev.polder.athena.sql.Session;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableSource;
import dev.polder.athena.sql.Translation;
import dev.polder.athena.sql.Translator;
import dev.polder.athena.sql.TrinoTypes;
import dev.polder.kernel.Json;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements with the answers of a real Trino 476. The rule: the same answer, or refused by name;
/// never another answer.
class RecordedTrinoTest {
  private static final Session SESSION =
      new Session("default", Instant.parse("2020-05-01T00:00:00Z"), List.of());

  private static final Pattern VOLATILE =
      Pattern.compile("(?i)rand(om)?\\(|uuid\\(|shuffle\\(|current_|now\\(|localtime");

  @TempDir Path directory;

  private enum Verdict {
    RIGHT,
    REFUSED,
    ACCEPTED,
    WRONG
  }

  private record Case(String kind, String sql, boolean ok, List<String> types, List<?> rows) {}

  @Test
  void answersAreTrinosOrRefused() throws IOException {
    Path file = SharedCases.conformance("sql/trino-476-half.jsonl.gz");
    Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
    Pattern wanted = Pattern.compile(System.getProperty("cases", ""));
    Path report = Path.of("target", "trino-cases.tsv");
    try (var engine = new DuckDbEngine(directory.resolve("t"), new EngineLimits(512, 1));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        BufferedWriter out = Files.newBufferedWriter(report)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Case c = read(line);
        if (!wanted.matcher(c.sql()).find() || VOLATILE.matcher(c.sql()).find()) {
          continue;
        }
        StringBuilder note = new StringBuilder();
        Verdict v = judge(engine, c, note);
        table
            .computeIfAbsent(c.kind() + (c.ok() ? " answered" : " failed"), _ -> new TreeMap<>())
            .merge(v, 1, Integer::sum);
        if (v != Verdict.RIGHT) {
          out.write(
              v
                  + "\t"
                  + c.sql().replaceAll("\\s+", " ")
                  + "\t"
                  + note.toString().replaceAll("\\s+", " ")
                  + "\n");
        }
      }
    }
    if (open != null) {
      open.close();
    }
    table.forEach((k, v) -> System.out.println(k + " " + v));
    int wrong = table.values().stream().mapToInt(m -> m.getOrDefault(Verdict.WRONG, 0)).sum();
    assertThat(wrong).as("answers that are not Trino's; see " + report).isLessThan(10);
  }

  @SuppressWarnings("unchecked")
  private static Case read(String line) {
    Map<String, Object> m = Json.parseObject(line);
    boolean ok = Boolean.TRUE.equals(m.get("ok"));
    return new Case(
        String.valueOf(m.get("kind")),
        String.valueOf(m.get("sql")),
        ok,
        ok && m.get("types") instanceof List<?> l ? (List<String>) l : List.of(),
        ok && m.get("rows") instanceof List<?> r ? r : List.of());
  }

  private Verdict judge(SqlEngine engine, Case c, StringBuilder note) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    Translation translation;
    try {
      SqlEngine.Session session = session(engine);
      translation = translate(c);
      String bound = session.bind(translation, Map.of(), null);
      session.rows(bound, translation, r -> rows.add(new ArrayList<>(Arrays.asList(r))));
    } catch (SqlFailure e) {
      note.append(e.reason());
      return c.ok() ? Verdict.REFUSED : Verdict.RIGHT;
    }
    if (!c.ok()) {
      note.append("answered ").append(rows);
      return Verdict.ACCEPTED;
    }
    return compare(c, translation, rows, note);
  }

  private SqlEngine.@Nullable Session open;
  private int used;

  /// Many statements without tables share a session: opening one takes longer than most of them.
  private SqlEngine.Session session(SqlEngine engine) {
    SqlEngine.Session now = open;
    if (now == null || used++ > 300) {
      if (now != null) {
        now.close();
      }
      now = engine.open();
      open = now;
      used = 0;
    }
    return now;
  }

  private static Translation translate(Case c) {
    if (c.kind().equals("expr")) {
      try {
        return Translator.expression(new SqlParser().createExpression(c.sql()), SESSION);
      } catch (ParsingException e) {
        throw new SqlFailure("SYNTAX_ERROR", String.valueOf(e.getMessage()));
      }
    }
    if (!(Command.parse(c.sql()) instanceof Command.Select s)) {
      throw new SqlFailure("NOT_SUPPORTED", "not a query");
    }
    return Translator.query(s.query(), new Nothing(), SESSION);
  }

  private record Nothing() implements Catalogue {
    @Override
    public boolean hasDatabase(String database) {
      return true;
    }

    @Override
    public Optional<TableSource> table(String database, String name) {
      return Optional.empty();
    }
  }

  private static Verdict compare(
      Case c, Translation t, List<List<@Nullable String>> rows, StringBuilder note) {
    List<SqlType> types = new ArrayList<>();
    for (String text : c.types()) {
      try {
        types.add(TrinoTypes.parse(text.toLowerCase(Locale.ROOT)));
      } catch (SqlFailure | ParsingException e) {
        types.add(SqlType.VARCHAR);
      }
    }
    List<String> wanted = new ArrayList<>();
    for (Object row : c.rows()) {
      List<?> cells = (List<?>) row;
      wanted.add(
          IntStream.range(0, cells.size())
              .mapToObj(i -> text(cells.get(i), types.get(i)))
              .collect(Collectors.joining("|")));
    }
    List<String> got =
        rows.stream()
            .map(r ->
                r.stream().map(v -> normal(String.valueOf(v))).collect(Collectors.joining("|")))
            .toList();
    List<String> typesGot = t.columns().stream().map(o -> plain(o.type().toString())).toList();
    List<String> typesWanted = c.types().stream().map(RecordedTrinoTest::plain).toList();
    if (!wanted.stream()
        .map(RecordedTrinoTest::normal)
        .sorted()
        .toList()
        .equals(got.stream().map(RecordedTrinoTest::normal).sorted().toList())) {
      note.append("got ")
          .append(got.size() > 5 ? got.size() : got)
          .append(" wanted ")
          .append(wanted.size() > 5 ? wanted.size() : wanted)
          .append(" types ")
          .append(typesGot)
          .append(c.types());
      return Verdict.WRONG;
    }
    if (!typesGot.equals(typesWanted)) {
      note.append("types ")
          .append(t.columns().stream().map(o -> o.type().toString()).toList())
          .append(" wanted ")
          .append(c.types());
      return Verdict.WRONG;
    }
    return Verdict.RIGHT;
  }

  /// Lengths of text and precisions of times do not count: the recording client is not told them.
  private static String plain(String type) {
    return type.toLowerCase(Locale.ROOT)
        .replaceAll("(varchar|timestamp|time)\\(\\d+\\)", "$1")
        .replaceAll("[\" ]", "");
  }

  /// The order of a map's entries does not count.
  private static String normal(String text) {
    if (text.startsWith("{") && text.endsWith("}")) {
      return Arrays.stream(text.substring(1, text.length() - 1).split(", "))
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return text;
  }

  private static String text(@Nullable Object value, SqlType type) {
    if (value == null) {
      return "null";
    }
    return switch (type) {
      case SqlType.Simple.DOUBLE ->
          value instanceof Number n ? Double.toString(n.doubleValue()) : value.toString();
      case SqlType.Simple.REAL ->
          value instanceof Number n ? Float.toString(n.floatValue()) : value.toString();
      case SqlType.Simple.VARBINARY ->
          HexFormat.ofDelimiter(" ").formatHex(Base64.getDecoder().decode(value.toString()));
      case SqlType.Array a when value instanceof List<?> l ->
          l.stream().map(v -> text(v, a.element())).collect(Collectors.joining(", ", "[", "]"));
      case SqlType.Row r when value instanceof List<?> l -> {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < l.size(); i++) {
          String name = r.fields().get(i).name();
          cells.add(
              (name == null ? "field" + i : name) + "=" + text(l.get(i), r.fields().get(i).type()));
        }
        yield "{" + String.join(", ", cells) + "}";
      }
      case SqlType.Map m when value instanceof Map<?, ?> map -> {
        Map<String, String> cells = new LinkedHashMap<>();
        map.forEach((k, v) -> cells.put(text(k, m.key()), text(v, m.value())));
        yield normal(
            cells.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ", "{", "}")));
      }
      default -> value instanceof String s ? s : Json.write(value);
    };
  }
}
