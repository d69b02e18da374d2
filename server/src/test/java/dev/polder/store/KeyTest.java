package dev.polder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The encoding of keys, which is on people's disks.
class KeyTest {
  @Test
  void partsAreWrittenInTheirOrderWithTheirEnds() {
    Key key = Key.of("ab", 1, -1L, new byte[] {0, 1, (byte) 0xFF, 0});
    assertThat(HexFormat.of().formatHex(key.bytes()))
        .isEqualTo("02616200" + "158000000000000001" + "157fffffffffffffff" + "0100ff01ff00ff00");
    assertThat(key.parts()).hasSize(4);
    assertThat(key.string(0)).isEqualTo("ab");
    assertThat(key.number(1)).isEqualTo(1);
    assertThat(key.number(-2)).isEqualTo(-1);
    assertThat((byte[]) key.parts().get(3)).isEqualTo(new byte[] {0, 1, (byte) 0xFF, 0});
    assertThat(Key.of("ab").with(1, -1).with(new byte[] {0, 1, (byte) 0xFF, 0})).isEqualTo(key);
  }
}
