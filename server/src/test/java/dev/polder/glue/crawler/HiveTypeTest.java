package dev.polder.glue.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiveTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | int | int",
        "int | bigint | bigint",
        "tinyint | smallint | smallint",
        "bigint | double | double",
        "float | double | double",
        "decimal(10,2) | decimal(8,4) | decimal(12,4)",
        "decimal(38,0) | decimal(20,10) | double",
        "int | decimal(10,2) | double",
        "int | string | string",
        "date | timestamp | string",
        "boolean | int | string",
        "array<int> | array<string> | array<string>",
        "array<int> | int | string",
        "map<string,int> | map<string,bigint> | map<string,bigint>",
        "struct<a:int,b:string> | struct<a:bigint,c:int> | struct<a:bigint,b:string,c:int>",
        "struct<a:struct<x:int>> | struct<a:struct<y:int>> | struct<a:struct<x:int,y:int>>"
      })
  void typesMergeToWhatHoldsBoth(String left, String right, String merged) {
    assertThat(HiveType.parse(left).merge(HiveType.parse(right)).text()).isEqualTo(merged);
    assertThat(HiveType.UNSEEN.merge(HiveType.parse(left)).text()).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"int", "decimal(10,2)", "array<struct<a:map<string,array<int>>,b:decimal(4,1)>>"})
  void textsAreReadBack(String text) {
    assertThat(HiveType.parse(text).text()).isEqualTo(text);
  }

  @Test
  void whatIsNoTypeIsKeptAsItIs() {
    String deep = "array<".repeat(1000) + "int" + ">".repeat(1000);
    assertThat(HiveType.parse(deep).text()).isEqualTo(deep);
    assertThat(HiveType.parse("struct<a").text()).isEqualTo("struct<a");
    assertThat(HiveType.parse("uniontype<int,string>").text()).isEqualTo("uniontype<int,string>");
  }
}
