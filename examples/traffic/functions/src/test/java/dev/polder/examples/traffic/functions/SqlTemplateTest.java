package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlTemplateTest {
  @Test
  void namesBecomeMarksInOrder() {
    SqlTemplate template =
        SqlTemplate.parse("SELECT :b, ':no' -- :neither\nFROM t WHERE x = :a AND y = :b");

    assertThat(template.query()).isEqualTo("SELECT ?, ':no' \nFROM t WHERE x = ? AND y = ?");
    assertThat(template.arguments(Map.of("a", "1", "b", "'z'"))).containsExactly("'z'", "1", "'z'");
  }

  @Test
  void missingValueIsNamed() {
    assertThatThrownBy(() -> SqlTemplate.parse("SELECT :b").arguments(Map.of()))
        .hasMessageContaining(":b");
  }
}
