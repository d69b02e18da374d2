package dev.polder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFormatTest {
  @TempDir Path directory;

  @Test
  void anEmptyStoreIsTakenAndKnownAgain() {
    try (Store store = RocksStore.open(directory)) {
      StoreFormat.require(store, directory);
      store.commit(new Batch().put(Key.of("a"), "1".getBytes(UTF_8)));
    }
    try (Store store = RocksStore.open(directory)) {
      StoreFormat.require(store, directory);
    }
  }

  @Test
  void whatAnEarlierVersionWroteIsRefusedAndLeftAlone() {
    try (Store store = RocksStore.open(directory)) {
      store.commit(new Batch().put(Key.of("a"), "1".getBytes(UTF_8)));
      assertThatThrownBy(() -> StoreFormat.require(store, directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(directory + " are of format 1; this version")
          .hasMessageContaining("empty --data directory");
      assertThatThrownBy(() -> StoreFormat.require(store, directory)).hasMessageContaining("1");
    }
  }
}
