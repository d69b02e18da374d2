package dev.polder.glue.crawler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.csv | sales.csv | true",
        "*.csv | a/sales.csv | false",
        "*.* | sales.csv | true",
        "*.* | sales | false",
        "*.{csv,avro} | sales.avro | true",
        "*.{csv,avro} | sales.json | false",
        "foo.? | foo.x | true",
        "foo.? | foo.xy | false",
        "myfolder/* | myfolder/mysource | true",
        "myfolder/* | myfolder/a/b | false",
        "myfolder/*/* | myfolder/mysource/data | true",
        "myfolder/** | myfolder/mysource/mydata | true",
        "myfolder/** | other/x | false",
        "myfolder** | myfolder/mydata.txt | true",
        "myfolder** | myfolder | true",
        "** | any/thing | true",
        "**/_tmp/** | a/_tmp/b | true",
        "[a-c]x | bx | true",
        "[a-c]x | dx | false",
        "[!a-c]x | dx | true",
        "[!a-c]x | ax | false",
        "[-a]x | -x | true",
        "[*?]x | *x | true",
        "[*?]x | bx | false",
        "a[!b]c | a/c | false",
        "a\\*b | a*b | true",
        "a\\*b | axb | false",
        ".hidden* | .hidden.csv | true",
        "*.csv | .csv | true",
        "a.b | axb | false",
        "a+(b) | a+(b) | true"
      })
  void patternsMatchAsDocumented(String pattern, String path, boolean matches) {
    assertThat(Glob.of(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a,{b}}", "{a", "[a", "a\\"})
  void brokenPatternsAreRefused(String pattern) {
    assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(IllegalArgumentException.class);
  }
}
