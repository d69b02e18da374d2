package dev.polder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store must do, run against RocksDB.
class RocksStoreTest {
  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = RocksStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> keys(KeyRange range) {
    try (var entries = store.scan(range).stream()) {
      return entries.map(e -> e.key().string(-1)).toList();
    }
  }

  @Test
  void aCommittedBatchIsThereAfterReopening() {
    store.commit(new Batch().put(Key.of("a", "1"), bytes("one")).put(Key.of("a", "2"), bytes("2")));
    store.close();
    open();
    assertThat(store.get(Key.of("a", "1"))).isEqualTo(bytes("one"));
    assertThat(keys(KeyRange.prefix(Key.of("a")))).containsExactly("1", "2");
  }

  @Test
  void aBatchWhoseRequirementFailsChangesNothing() {
    store.commit(new Batch().put(Key.of("k"), bytes("v")));
    var batch = new Batch().require(Key.of("k"), null).put(Key.of("other"), bytes("x"));
    assertThatThrownBy(() -> store.commit(batch)).isInstanceOf(ConflictException.class);
    assertThat(store.get(Key.of("other"))).isNull();
  }

  @Test
  void ofManyWhoRequireTheSameValueOneWins() throws Exception {
    store.commit(new Batch().put(Key.of("n"), bytes("0")));
    var won = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String mine = "w" + i;
        threads.submit(() -> {
          try {
            store.commit(
                new Batch().require(Key.of("n"), bytes("0")).put(Key.of("n"), bytes(mine)));
            won.incrementAndGet();
          } catch (ConflictException lost) {
            assertThat(lost.key()).isEqualTo(Key.of("n"));
          }
        });
      }
    }
    assertThat(won).hasValue(1);
  }

  @Test
  void aSnapshotDoesNotSeeLaterCommits() {
    store.commit(new Batch().put(Key.of("s", "1"), bytes("a")));
    try (var before = store.snapshot()) {
      store.commit(new Batch().delete(Key.of("s", "1")).put(Key.of("s", "2"), bytes("b")));
      assertThat(before.get(Key.of("s", "1"))).isEqualTo(bytes("a"));
      try (var scan = before.scan(KeyRange.prefix(Key.of("s"))).stream()) {
        assertThat(scan.map(e -> e.key().string(1))).containsExactly("1");
      }
    }
    assertThat(store.get(Key.of("s", "1"))).isNull();
  }

  @Test
  void rangesAndReverseScansAgreeWithASortedMap() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var model = new TreeMap<Key, byte[]>();
    for (int round = 0; round < 30; round++) {
      var batch = new Batch();
      for (int i = 0; i < 20; i++) {
        Key key = Key.of("m", random.nextInt(40) - 20, random.nextInt(3) == 0 ? "\0x" : "é");
        if (random.nextInt(4) == 0) {
          batch.delete(key);
          model.remove(key);
        } else {
          byte[] value = bytes("v" + i);
          batch.put(key, value);
          model.put(key, value);
        }
      }
      if (random.nextInt(5) == 0) {
        var range = new KeyRange(Key.of("m", -3), Key.of("m", 3));
        batch.deleteRange(range);
        model.keySet().removeIf(range::contains);
      }
      store.commit(batch);
      try (var scan = store.scan(KeyRange.prefix(Key.of("m"))).stream()) {
        assertThat(scan.map(Scan.Entry::key)).containsExactlyElementsOf(model.keySet());
      }
    }
    List<Key> reversed = new ArrayList<>(model.keySet());
    Collections.reverse(reversed);
    try (var scan = store.scanReverse(KeyRange.prefix(Key.of("m"))).stream()) {
      assertThat(scan.map(Scan.Entry::key)).containsExactlyElementsOf(reversed);
    }
  }

  @Test
  void keysGiveTheirPartsBack() {
    Key key = Key.of("a\0b", 7L, new byte[] {0, 1, -1}, "", Long.MIN_VALUE);
    List<Object> parts = key.parts();
    assertThat(parts.get(0)).isEqualTo("a\0b");
    assertThat(parts.get(1)).isEqualTo(7L);
    assertThat((byte[]) parts.get(2)).containsExactly(0, 1, -1);
    assertThat(parts.subList(3, 5)).containsExactly("", Long.MIN_VALUE);
  }

  @Test
  void aPrefixCanBeReadOnAfterAKey() {
    var batch = new Batch();
    for (String k : List.of("a", "b", "ba", "c")) {
      batch.put(Key.of("p", k), bytes(k));
    }
    store.commit(batch);
    assertThat(keys(KeyRange.prefixAfter(Key.of("p"), Key.of("p", "b"))))
        .containsExactly("ba", "c");
  }

  @Test
  void aDirectoryIsOpenOnce() {
    assertThatThrownBy(() -> RocksStore.open(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("has the data directory of " + directory + " open");
  }
}
