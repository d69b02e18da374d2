package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polder.glue.crawler.CompactThrift.Corrupt;
import dev.polder.glue.crawler.CompactThrift.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Parquet, by its footer alone: the schema and the number of rows stand there; no data is read.
public final class ParquetClassifier implements Classifier {
  private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(US_ASCII);
  private static final int FIRST_READ = 16 << 10;
  private static final int LARGEST = 64 << 20;

  @Override
  public Finding classify(Source source) throws IOException {
    byte[] begin = source.head(4).bytes();
    if (!Arrays.equals(begin, MAGIC) || !source.compression().equals("none")) {
      return Finding.OTHER;
    }
    byte[] tail = source.tail(FIRST_READ);
    if (source.size() < 12 || !endsWith(tail, MAGIC)) {
      return new Finding.Unrecognised(
          endsWith(tail, ENCRYPTED)
              ? "the Parquet footer is encrypted"
              : "the Parquet file is cut short: it does not end with a footer");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - 8);
    if (length <= 0 || length > source.size() - 12 || length > LARGEST) {
      return new Finding.Unrecognised(
          "the Parquet footer's length of " + length + " bytes does not fit the file");
    }
    byte[] footer = length + 8 <= tail.length ? tail : source.tail(length + 8);
    try {
      return read(source, new CompactThrift(footer, footer.length - 8 - length, footer.length - 8));
    } catch (Corrupt e) {
      return new Finding.Unrecognised("the Parquet footer is corrupt: " + e.getMessage());
    }
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    int from = bytes.length - end.length;
    return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
  }

  private static Finding read(Source source, CompactThrift in) {
    List<ParquetElement> elements = new ArrayList<>();
    long rows = -1;
    int id = 0;
    for (Field field = in.field(id); !field.ends() && rows < 0; field = in.field(id)) {
      id = field.id();
      if (id == 2 && field.type() == CompactThrift.LIST) {
        for (long i = in.list() >> 4; i > 0; i--) {
          elements.add(ParquetElement.read(in));
        }
      } else if (id == 3 && field.type() == CompactThrift.I64) {
        rows = in.i64();
        break;
      } else {
        in.skip(field.type());
      }
    }
    if (rows < 0) {
      throw new Corrupt("it has no number of rows");
    }
    return new Finding.Recognised(
        Format.of("parquet", "none"),
        ParquetTypes.schema(elements),
        rows,
        rows == 0 ? 0 : Math.max(1, source.size() / rows),
        List.of(),
        List.of());
  }
}
