package dev.polder.glue.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which folders become which tables.
class GroupingTest {
  private static final GroupingPolicy BY_DATA = new GroupingPolicy(false, 0, 1);
  private final Map<String, Folder.Summary> files = new TreeMap<>();
  private final Map<String, Folder> folders = new TreeMap<>();

  private static Schema schema(String columns) {
    Map<String, HiveType> types = new LinkedHashMap<>();
    for (String column : columns.split(" ")) {
      String[] part = column.split(":");
      types.put(part[0], HiveType.parse(part.length == 1 ? "int" : part[1]));
    }
    return Schema.of(types);
  }

  private GroupingTest file(String key, String columns) {
    return file(key, columns, Format.of("json", "none"));
  }

  private GroupingTest file(String key, String columns, Format format) {
    var found = new Finding.Recognised(format, schema(columns), 10, 10, List.of(), List.of());
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    folders.computeIfAbsent(folder, Folder::new).add(key, 100, found);
    files.put(
        key, new Folder.Summary(key, format, found.schema(), List.of(), new Totals(1, 100, 10)));
    return this;
  }

  private List<FoundTable> tables(GroupingPolicy policy) {
    return Grouping.tables(
        folders.values(),
        policy,
        folder ->
            files.values().stream()
                .filter(f -> f.key().startsWith(folder.key()))
                .filter(f -> f.key().indexOf('/', folder.key().length()) < 0)
                .toList());
  }

  private static List<String> shown(List<FoundTable> tables) {
    List<String> shown = new ArrayList<>();
    for (FoundTable table : tables) {
      shown.add(
          table.key()
              + table.keys()
              + table.partitions().stream()
                  .map(p -> String.join("/", p.values()))
                  .collect(Collectors.joining(" ", "(", ")")));
    }
    return shown;
  }

  private static String columns(FoundTable table) {
    return table.schema().columns().stream()
        .map(c -> c.name() + ":" + c.type().text())
        .collect(Collectors.joining(" "));
  }

  @Test
  void hiveFoldersArePartitionsUnderTheirNames() {
    file("year=2019/month=Jan/day=1/a", "x y").file("year=2019/month=Feb/day=2/b", "x y");
    assertThat(shown(tables(BY_DATA))).containsExactly("[year, month, day](2019/Feb/2 2019/Jan/1)");
    assertThat(tables(BY_DATA).getFirst().totals()).isEqualTo(new Totals(2, 200, 20));
  }

  @Test
  void otherFoldersArePartitionsByPosition() {
    file("2020/05/01/00/a", "x").file("2020/05/01/01/b", "x");
    assertThat(shown(tables(BY_DATA)))
        .containsExactly(
            "[partition_0, partition_1, partition_2, partition_3](2020/05/01/00 2020/05/01/01)");
  }

  @Test
  void valuesAreUnescapedAsHiveDoes() {
    file("k=a%20b%2Fc/f", "x").file("k=100%/f", "x").file("k=__HIVE_DEFAULT_PARTITION__/f", "x");
    assertThat(shown(tables(BY_DATA)))
        .containsExactly("[k](100% __HIVE_DEFAULT_PARTITION__ a b/c)");
  }

  @Test
  void dissimilarFoldersAreTablesOfTheirOwn() {
    file("year=2017/a", "a b").file("year=2018/a", "c d");
    assertThat(shown(tables(BY_DATA))).containsExactly("year=2017/[]()", "year=2018/[]()");
  }

  @Test
  void compatibleFoldersCanBeCombined() {
    file("year=2017/a", "a b").file("year=2018/a", "c d");
    var tables = tables(new GroupingPolicy(true, 0, 1));
    assertThat(shown(tables)).containsExactly("[year](2017 2018)");
    assertThat(columns(tables.getFirst())).isEqualTo("a:int b:int c:int d:int");
  }

  @Test
  void columnsAddedOverTimeKeepTheTableTogether() {
    file("d=1/a", "a b c").file("d=2/a", "a b c e");
    var tables = tables(BY_DATA);
    assertThat(shown(tables)).containsExactly("[d](1 2)");
    assertThat(columns(tables.getFirst())).isEqualTo("a:int b:int c:int e:int");
    assertThat(tables.getFirst().partitions().getFirst().content().schema().columns()).hasSize(3);
  }

  @Test
  void aColumnWhoseTypeChangesIsText() {
    file("d=1/a", "a b").file("d=2/a", "a:string b:bigint").file("d=2/b", "a b");
    var tables = tables(BY_DATA);
    assertThat(columns(tables.getFirst())).isEqualTo("a:string b:bigint");
    assertThat(tables.getFirst().partitions().getFirst().content().schema())
        .isEqualTo(schema("a b"));
  }

  @Test
  void aMajorityOfSeventyPercentCarriesTheRest() {
    for (int i = 0; i < 8; i++) {
      file("d=" + i + "/a", "a b c");
    }
    file("d=8/a", "x y z").file("d=9/a", "p q r");
    assertThat(tables(BY_DATA)).hasSize(1);
    file("d=91/a", "k l m").file("d=92/a", "u v w");
    assertThat(tables(BY_DATA)).hasSize(12);
  }

  @Test
  void moreThanFiveKindsAreNoTable() {
    for (int i = 0; i < 30; i++) {
      file("d=" + i + "/a", "a b c");
    }
    for (int i = 0; i < 5; i++) {
      file("e=" + i + "/a", "x" + i + " y" + i);
    }
    assertThat(tables(BY_DATA)).hasSize(35);
  }

  @Test
  void formatsAndCompressionsDoNotMix() {
    file("a/f", "x", Format.of("json", "none")).file("b/f", "x", Format.of("parquet", "none"));
    file("c/f", "x", Format.of("json", "gzip"));
    assertThat(shown(tables(BY_DATA))).containsExactly("a/[]()", "b/[]()", "c/[]()");
    assertThat(tables(new GroupingPolicy(true, 0, 1))).hasSize(3);
  }

  @Test
  void filesBesideFoldersAreTablesOfTheirOwn() {
    file("f1", "a b").file("f2", "a b").file("d=1/x", "a b").file("d=2/x", "a b");
    assertThat(shown(tables(BY_DATA))).containsExactly("f1[]()", "f2[]()", "d=1/[]()", "d=2/[]()");
  }

  @Test
  void filesThatDoNotGoTogetherAreTablesOfTheirOwn() {
    file("t/f1", "a b").file("t/f2", "c d").file("u/f1", "e f").file("u/f2", "e f");
    assertThat(shown(tables(BY_DATA))).containsExactly("t/f1[]()", "t/f2[]()", "u/[]()");
  }

  @Test
  void foldersOfDifferentDepthsAreApart() {
    file("a/x=1/f", "p").file("a/x=2/f", "p").file("b/f", "p");
    assertThat(shown(tables(BY_DATA))).containsExactly("a/[x](1 2)", "b/[]()");
  }

  @Test
  void theLevelOfTablesCanBeSet() {
    file("sales/2019/01/f", "a").file("sales/2019/02/f", "a").file("stock/2019/01/f", "a");
    assertThat(shown(tables(new GroupingPolicy(false, 2, 1))))
        .containsExactly(
            "sales/[partition_0, partition_1](2019/01 2019/02)",
            "stock/[partition_0, partition_1](2019/01)");
  }

  @Test
  void aColumnNamedLikeAKeyIsLeftOut() {
    file("day=1/f", "a day").file("day=2/f", "a day");
    var table = tables(BY_DATA).getFirst();
    assertThat(columns(table)).isEqualTo("a:int");
    assertThat(table.warnings()).hasSize(1);
  }

  @Test
  void theOrderOfColumnsIsThatOfTheFiles() {
    var folder = new Folder("");
    var format = Format.of("json", "none");
    for (String file : List.of("c p", "a n", "b o")) {
      Schema schema = schema("k l m " + file.substring(2));
      var found = new Finding.Recognised(format, schema, 1, 1, List.of(), List.of());
      folder.add(file.substring(0, 1), 1, found);
    }
    assertThat(folder.summary())
        .isNotNull()
        .extracting(Folder.Summary::schema)
        .isEqualTo(schema("k l m n o p"));
  }

  @Test
  void namesAreCleanedCutAndMadeUnique() {
    assertThat(TableName.of("", "s3://lake/2020-04-17T23_00_07Z/"))
        .isEqualTo("2020_04_17t23_00_07z");
    assertThat(TableName.of("", "s3://lake/year=2017/")).isEqualTo("year_2017");
    assertThat(TableName.of("sls_data_pipelines_batch_", "s3://b/destination-parquet/"))
        .isEqualTo("sls_data_pipelines_batch_destination_parquet");
    assertThat(TableName.of("", "s3://my-bucket/")).isEqualTo("my_bucket");
    assertThat(TableName.of("", "s3://b/data.csv")).isEqualTo("data_csv");
    assertThat(TableName.of("", "s3://b/ü😀/")).isEqualTo("__");
    String longName = TableName.of("", "s3://b/" + "x".repeat(300) + "/");
    assertThat(longName).hasSize(128);
    assertThat(TableName.unique(longName, "s3://b/x/")).hasSize(128).matches("x+_[0-9a-f]{32}");
  }
}
