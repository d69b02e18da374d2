package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a distributed Map state gets its items.
///
/// @param resource `s3:getObject` or `s3:listObjectsV2`
/// @param arguments `Parameters` or `Arguments`
public record ItemReader(Resource resource, @Nullable Expression arguments, Config config) {

  /// How the file is read.
  ///
  /// @param inputType null for a listing
  /// @param csvHeaders given names, or empty
  /// @param maxItems null for no limit
  /// @param itemsPointer a JSON Pointer to the array in a JSON file, or null
  /// @param manifestType `S3_INVENTORY` or `ATHENA_DATA`, or null
  /// @param transformation `NONE` or `LOAD_AND_FLATTEN`
  public record Config(
      @Nullable InputType inputType,
      @Nullable HeaderLocation csvHeaderLocation,
      List<String> csvHeaders,
      CsvDelimiter csvDelimiter,
      @Nullable Quantity maxItems,
      @Nullable String itemsPointer,
      @Nullable String manifestType,
      String transformation) {
    public Config {
      csvHeaders = List.copyOf(csvHeaders);
    }
  }

  /// The format of the file.
  public enum InputType {
    CSV,
    JSON,
    JSONL,
    PARQUET,
    MANIFEST
  }

  /// Where the names of a CSV file's columns are.
  public enum HeaderLocation {
    FIRST_ROW,
    GIVEN
  }

  /// What separates the columns of a CSV file.
  public enum CsvDelimiter {
    COMMA(','),
    PIPE('|'),
    SEMICOLON(';'),
    SPACE(' '),
    TAB('\t');

    private final char symbol;

    CsvDelimiter(char symbol) {
      this.symbol = symbol;
    }

    /// The separating character.
    public char symbol() {
      return symbol;
    }
  }
}
