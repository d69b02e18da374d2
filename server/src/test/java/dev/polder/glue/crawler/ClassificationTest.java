package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.glue.crawler.CsvClassifier.Header;
import dev.polder.glue.crawler.CsvClassifier.Options;
import dev.polder.glue.crawler.CsvClassifier.SerDe;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What text files are taken for.
class ClassificationTest {
  private static Finding classify(String text, Classifier... custom) {
    return new Classification(List.of(custom)).classify(BytesSource.of(text));
  }

  private static Finding.Recognised recognised(String text, Classifier... custom) {
    Finding finding = classify(text, custom);
    assertThat(finding).isInstanceOf(Finding.Recognised.class);
    return (Finding.Recognised) finding;
  }

  private static String columns(Finding.Recognised found) {
    return found.schema().columns().stream()
        .map(column -> column.name() + " " + column.type().text())
        .collect(Collectors.joining(", "));
  }

  @Test
  void jsonLinesGetTheTypesOfTheirValues() {
    var found =
        recognised(
            """
            {"Id": 1, "ms": 1588065065000, "speed": 1.5, "ok": true, "none": null, "tags": []}
            {"Id": 2, "at": {"Lat": 1.0, "name": "x"}, "list": [{"a": 1}, {"b": [1.5, 2]}]}
            """);
    assertThat(found.format().classification()).isEqualTo("json");
    assertThat(columns(found))
        .isEqualTo(
            "id int, ms bigint, speed double, ok boolean, none string, tags array<string>, at"
                + " struct<Lat:double,name:string>, list array<struct<a:int,b:array<double>>>");
    assertThat(found.paths()).contains("Id", "list");
    assertThat(found.records()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}{\"a\":2}",
        "{\"a\":1}\n\n{\"a\":2}\n",
        "\uFEFF{\"a\":1} {\"a\":2}",
        "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}",
        "{\"a\":1}\r\n{\"a\":2}\r\n"
      })
  void objectsMayStandOnLinesOrNot(String text) {
    var found = recognised(text);
    assertThat(columns(found)).isEqualTo("a int");
    assertThat(found.records()).isEqualTo(2);
  }

  @Test
  void valuesOfDifferentKindsBecomeText() {
    var found =
        recognised(
            """
            {"a": 1, "b": 1, "c": {"x": 1}, "d": [1], "e": 1, "f": 12345678901234567890}
            {"a": "1", "b": true, "c": "x", "d": {"y": 1}, "e": 1.5, "f": 1}
            """);
    assertThat(columns(found))
        .isEqualTo("a string, b string, c string, d string, e double, f string");
  }

  @Test
  void anArrayIsOneColumnUnlessAPathSaysOtherwise() {
    String text = "[{\"a\": 1}, {\"a\": 2, \"b\": \"x\"}]";
    assertThat(columns(recognised(text))).isEqualTo("array array<struct<a:int,b:string>>");
    var byPath = recognised(text, JsonClassifier.of(JsonPath.parse("$[*]")));
    assertThat(columns(byPath)).isEqualTo("a int, b string");
    assertThat(byPath.records()).isEqualTo(2);
  }

  @Test
  void aPathSelectsRecordsWithin() {
    String text = "{\"meta\": {\"n\": 1}, \"data\": {\"rows\": [{\"a\": 1}, {\"a\": 2}]}}";
    assertThat(columns(recognised(text, JsonClassifier.of(JsonPath.parse("$.data.rows[*]")))))
        .isEqualTo("a int");
    assertThat(columns(recognised(text, JsonClassifier.of(JsonPath.parse("$['meta']")))))
        .isEqualTo("n int");
    assertThatThrownBy(() -> JsonPath.parse("$..a")).hasMessageContaining("..a");
  }

  @Test
  void aBrokenLineIsPassedOverAndSaid() {
    var found = recognised("{\"a\":1}\n{\"a\":oops}\n{\"a\":2,\"b\":true}\n{\"a\":3");
    assertThat(columns(found)).isEqualTo("a int, b boolean");
    assertThat(found.warnings())
        .containsExactly(
            "1 malformed JSON records were passed over", "the last JSON record is cut short");
  }

  @Test
  void aRecordLargerThanTheFirstSampleIsStillRead() {
    String large = "{\"a\": \"" + "x".repeat(3 << 20) + "\", \"b\": 1}";
    assertThat(columns(recognised(large))).isEqualTo("a string, b int");
    assertThat(classify("{\"a\": \"" + "x".repeat(11 << 20) + "\"}"))
        .isInstanceOfSatisfying(
            Finding.Unrecognised.class,
            none -> assertThat(none.reason()).contains("no whole JSON record"));
  }

  @Test
  void moreThanASampleIsEstimated() {
    String text = "{\"a\": 12345678}\n".repeat(50_000);
    assertThat(recognised(text).records()).isBetween(49_000L, 51_000L);
  }

  @ParameterizedTest
  @CsvSource({"',',comma", "|,bar", "';',semicolon"})
  void separatedValuesHaveAHeaderOfTexts(String delimiter, String name) {
    String text =
        """
        Id,Speed,Ok,%s,When
        1,1.5,true,x,2020-01-01
        2,,false,y,2020-01-02
        """
            .formatted(name)
            .replace(",", delimiter);
    var found = recognised(text);
    assertThat(columns(found))
        .isEqualTo("id bigint, speed double, ok boolean, " + name + " string, when string");
    assertThat(found.format().traits())
        .containsEntry("delimiter", delimiter)
        .containsEntry("skip.header.line.count", "1")
        .containsEntry("columnsOrdered", "true")
        .containsEntry("areColumnsQuoted", "false");
    assertThat(found.records()).isEqualTo(2);
  }

  @Test
  void withoutAHeaderColumnsAreNumbered() {
    assertThat(columns(recognised("1, 2, 3\n4, 5, x\n")))
        .isEqualTo("col0 bigint, col1 bigint, col2 string");
    var texts = recognised("a,b\nc,d\n");
    assertThat(columns(texts)).isEqualTo("col0 string, col1 string");
    assertThat(texts.format().traits()).doesNotContainKey("skip.header.line.count");
  }

  @Test
  void aSingleLineOrColumnIsNoTable() {
    assertThat(classify("1, 2, 3, 4")).isInstanceOf(Finding.Unrecognised.class);
    assertThat(classify("one\ntwo\n")).isInstanceOf(Finding.Unrecognised.class);
    assertThat(classify("")).isInstanceOf(Finding.Unrecognised.class);
  }

  @Test
  void quotedValuesMayHoldDelimitersAndLineBreaks() {
    var found = recognised("name,n\n\"a, \"\"b\"\"\nc\",1\nd,2\n");
    assertThat(columns(found)).isEqualTo("name string, n bigint");
    assertThat(found.records()).isEqualTo(2);
  }

  @Test
  void namesMayBeOddOrAlike() {
    assertThat(columns(recognised("Pertenencia Étnica,0col5&%_$,n,n\nx,y,1,2\n")))
        .isEqualTo("pertenencia étnica string, 0col5&%_$ string, n bigint, n_1 bigint");
  }

  @Test
  void customCsvDoesAsItIsTold() {
    var options =
        new Options(
            '#',
            '\'',
            Header.ABSENT,
            List.of("A", "b"),
            List.of("INT", "date"),
            true,
            false,
            SerDe.OPEN_CSV);
    var found = recognised("1#'2020#x'\n2#y\n", CsvClassifier.of(options));
    assertThat(columns(found)).isEqualTo("a int, b date");
    assertThat(found.format().traits())
        .containsEntry("areColumnsQuoted", "true")
        .containsEntry("customSerde", "OpenCSVSerDe");
    var single =
        new Options(
            null, null, Header.PRESENT, List.of(), List.of(), true, true, SerDe.LAZY_SIMPLE);
    assertThat(columns(recognised("Word\nx\ny\n", CsvClassifier.of(single))))
        .isEqualTo("word string");
  }

  @ParameterizedTest
  @CsvSource({"'Obj\u0001rest', Avro", "'ORCrest', ORC", "'<?xml version=\"1.0\"?><a/>', XML"})
  void foreignFormatsAreNamed(String text, String format) {
    assertThat(classify(text))
        .isInstanceOfSatisfying(
            Finding.Unrecognised.class,
            none -> assertThat(none.reason()).startsWith(format + " files are not supported"));
  }

  @Test
  void noBytesMakeItFail() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    byte[] json = "{\"a\":[1,{\"b\":\"\\u0041\"}],\"c\":-1.5e3}\n".repeat(5).getBytes(UTF_8);
    var classification = new Classification(List.of());
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = json.clone();
      for (int j = random.nextInt(6); j > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      classification.classify(
          new BytesSource(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))));
    }
    String deep =
        IntStream.range(0, 10_000).mapToObj(_ -> "{\"a\":[").collect(Collectors.joining());
    assertThat(classify(deep)).isInstanceOf(Finding.Unrecognised.class);
  }
}
