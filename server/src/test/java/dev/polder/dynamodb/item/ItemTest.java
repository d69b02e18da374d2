package dev.polder.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ItemTest {
  @Test
  void whatIsStoredIsWhatIsRead() {
    long seed = Long.getLong("seed", System.nanoTime());
    RandomGenerator random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var item = new Item(Samples.attributes(random, 4));
      Item read = ItemEncoding.decode(ItemEncoding.encode(item));
      assertThat(read).as("-Dseed=%d item %d", seed, i).isEqualTo(item);
      assertThat(List.copyOf(read.attributes().keySet()))
          .isEqualTo(List.copyOf(item.attributes().keySet()));
    }
  }

  @Test
  void sizeCountsNamesAndOverheadsOfDocuments() {
    Item item =
        Samples.item(
            "é",
            "中😀",
            "flag",
            true,
            "nothing",
            null,
            "bytes",
            new byte[] {1, 2, 3},
            "set",
            Set.of("ab", "c"));
    assertThat(item.size()).isEqualTo((2 + 7) + (4 + 1) + (7 + 1) + (5 + 3) + (3 + 3));
    assertThat(Samples.item("l", List.of("a", "bc")).size()).isEqualTo(1 + 3 + 2 + 3);
    assertThat(Samples.item("m", Map.of("k", "v")).size()).isEqualTo(1 + 3 + 1 + 2);
  }

  @Test
  void thereIsAnEndAt400KilobytesToTheByte() {
    Samples.item("a", "x".repeat(400 * 1024 - 1)).requirePutSize();
    Item tooLarge = Samples.item("a", "x".repeat(400 * 1024));
    assertThatThrownBy(tooLarge::requirePutSize)
        .hasMessage("Item size has exceeded the maximum allowed size");
    assertThatThrownBy(tooLarge::requireUpdateSize)
        .hasMessage("Item size to update has exceeded the maximum allowed size");
  }

  @Test
  void documentsAreAtMost32LevelsDeep() {
    Nesting.require(Samples.item("a", nested(31)));
    assertThatThrownBy(() -> Nesting.require(Samples.item("a", nested(32))))
        .hasMessage(
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                + " levels beyond supported limit");
  }

  @Test
  void setsAreNeitherEmptyNorRepetitive() {
    assertThat(Value.SS.of(List.of("")).members()).containsExactly("");
    assertThatThrownBy(() -> Value.SS.of(List.of()))
        .hasMessage("One or more parameter values were invalid: An string set  may not be empty");
    assertThatThrownBy(() -> Value.SS.of(List.of("a", "a")))
        .hasMessage(
            "One or more parameter values were invalid: Input collection [a, a] contains"
                + " duplicates.");
    assertThatThrownBy(() -> Value.NS.of(List.of()))
        .hasMessage("One or more parameter values were invalid: An number set  may not be empty");
    var b = new Value.B(new byte[] {'b'});
    assertThatThrownBy(() -> Value.BS.of(List.of(b, b)))
        .hasMessage(
            "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS"
                + " contains duplicates.");
  }

  @Test
  void setsAreEqualInAnyOrder() {
    assertThat(Value.SS.of(List.of("a", "b"))).isEqualTo(Value.SS.of(List.of("b", "a")));
    assertThat(Value.NS.of(List.of("1", "2"))).isEqualTo(Value.NS.of(List.of("2.0", "1")));
  }

  @Test
  void keysAreNeitherEmptyNorTooLong() {
    assertThatThrownBy(() -> KeyRules.requireNotEmpty("pk", new Value.S("")))
        .hasMessage(
            "One or more parameter values are not valid. The AttributeValue for a key attribute"
                + " cannot contain an empty string value. Key: pk");
    assertThatThrownBy(() -> KeyRules.requireNotEmpty("gsi", "k", new Value.B(new byte[0])))
        .hasMessage(
            "One or more parameter values are not valid. A value specified for a secondary index"
                + " key is not supported. The AttributeValue for a key attribute cannot contain an"
                + " empty binary value. IndexName: gsi, IndexKey: k");
    KeyRules.requirePartitionSize(new Value.S("x".repeat(2048)));
    assertThatThrownBy(() -> KeyRules.requirePartitionSize(new Value.S("x".repeat(2049))))
        .hasMessageContaining("Size of hashkey has exceeded the maximum size limit of2048 bytes");
    KeyRules.requireSortSize(new Value.S("x".repeat(1024)));
    assertThatThrownBy(() -> KeyRules.requireSortSize(new Value.S("é".repeat(513))))
        .hasMessageContaining(
            "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }

  private static Value nested(int levels) {
    Value value = new Value.S("leaf");
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? new Value.L(List.of(value)) : new Value.M(Map.of("n", value));
    }
    return value;
  }
}
