package dev.polder.amplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the functions beside a schema are told.
class FunctionsFolderTest {
  private static ApiHost.Served served(int models) {
    Map<String, String> tables = new LinkedHashMap<>();
    for (int i = 0; i < models; i++) {
      tables.put("Item" + i, "Item" + i + "-api-dev");
    }
    return new ApiHost.Served(
        "api", URI.create("http://localhost/graphql"), Optional.empty(), tables, Map.of());
  }

  @Test
  void functionsKnowTheTablesOfTheModels() {
    assertThat(FunctionsFolder.variables("dev", "eu-west-1", served(2)))
        .containsEntry("REGION", "eu-west-1")
        .containsEntry("ITEM1TABLE", "Item1-api-dev")
        .containsEntry("API_ITEM1TABLE_NAME", "Item1-api-dev");
  }

  @Test
  void moreTablesThanVariablesMayHoldAreLeftOut() {
    assertThat(FunctionsFolder.variables("dev", "eu-west-1", served(100)))
        .containsEntry("API_GRAPHQLAPIIDOUTPUT", "api")
        .hasSize(4);
  }
}
