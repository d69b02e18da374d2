package dev.polder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The form is the library's own business: it must be what the library itself makes of the lines.
class WriteBatchEncodingTest {

  @Test
  void isWhatTheLibraryMakesOfTheSameLines() throws RocksDBException {
    RocksDB.loadLibrary();
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Batch.Line> lines = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        lines.add(line(random));
      }
      assertThat(WriteBatchEncoding.of(lines)).isEqualTo(byTheLibrary(lines));
    }
  }

  private static Batch.Line line(Random random) {
    Key key = Key.of("k".repeat(random.nextInt(300)), random.nextLong());
    return switch (random.nextInt(4)) {
      case 0 -> new Batch.Delete(key);
      case 1 -> new Batch.DeleteRange(new KeyRange(key, random.nextBoolean() ? null : key));
      case 2 -> new Batch.Require(key, null);
      default -> new Batch.Put(key, new byte[random.nextInt(40_000)]);
    };
  }

  private static byte[] byTheLibrary(List<Batch.Line> lines) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (Batch.Line line : lines) {
        switch (line) {
          case Batch.Put put -> batch.put(put.key().bytes(), put.value());
          case Batch.Delete delete -> batch.delete(delete.key().bytes());
          case Batch.DeleteRange range -> {
            Key to = range.range().to();
            batch.deleteRange(
                range.range().from().bytes(), to == null ? new byte[] {-1} : to.bytes());
          }
          case Batch.Require _ -> {}
        }
      }
      return batch.data();
    }
  }
}
