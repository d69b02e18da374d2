package dev.polder.amplify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.Transform;
import dev.polder.appsync.transform.TransformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the terminal shows of a wrong schema.
class SchemaReportTest {
  @TempDir Path folder;

  private String report(ApiFolder api) {
    SchemaException refusal =
        catchThrowableOfType(
            SchemaException.class,
            () -> Transform.of(TransformOptions.of(Generation.V2)).apply(api.schema()));
    return SchemaReport.of(api, refusal).replace(folder.toString(), "…");
  }

  private ApiFolder api() {
    return new ApiFolder(
        "blog",
        folder,
        String.join("\n", ApiFolder.files(folder).stream().map(ProjectFiles::text).toList()),
        Generation.V2,
        Map.of(),
        Map.of());
  }

  @Test
  void eachProblemIsShownInItsFileAndLine() throws IOException {
    Path schema = Files.createDirectory(folder.resolve("schema"));
    Files.writeString(schema.resolve("a.graphql"), "type A @model { id: ID! }\n");
    Files.writeString(
        schema.resolve("b.graphql"),
        "type B @model {\n  id: ID!\n  c: [C] @hasMany(indexName: \"x\", fields: [\"nope\"])\n}\n"
            + "type C @model { id: ID! }\n");

    assertThat(report(api()))
        .isEqualToNormalizingNewlines(
            """
            …/schema/b.graphql:3:10: InvalidDirectiveError: nope is not a field in B
              3 |   c: [C] @hasMany(indexName: "x", fields: ["nope"])
                |          ^\
            """);
  }

  @Test
  void problemThatIsDrawnAlreadyIsNotDrawnAgain() throws IOException {
    Files.writeString(folder.resolve("schema.graphql"), "type A @model {\n  id: IDD!\n}\n");

    assertThat(report(api()))
        .startsWith("…/schema.graphql:2:7: SchemaValidationError: Schema validation failed.")
        .contains("Unknown type \"IDD\". Did you mean \"ID\" or \"Int\"?")
        .containsOnlyOnce("2 |   id: IDD!");
  }
}
