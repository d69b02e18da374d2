package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks classifiers about a file, the custom ones first and then the built-in ones, in the order of
/// https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html
///
/// Of the built-in ones there are Parquet, JSON and CSV. Formats that only the real service knows
/// are told by their first bytes, so that the reason can say so.
public final class Classification {
  private static final List<Classifier> BUILT_IN =
      List.of(new ParquetClassifier(), JsonClassifier.builtIn(), CsvClassifier.builtIn());

  private final List<Classifier> classifiers;

  public Classification(List<Classifier> custom) {
    List<Classifier> all = new ArrayList<>(custom);
    all.addAll(BUILT_IN);
    this.classifiers = List.copyOf(all);
  }

  /// What a file is. A file that cannot be read or uncompressed is unrecognised.
  public Finding classify(Source source) {
    try {
      for (Classifier classifier : classifiers) {
        Finding finding = classifier.classify(source);
        if (!(finding instanceof Finding.Other)) {
          return finding;
        }
      }
      String format = foreign(source.head(1024).bytes());
      return new Finding.Unrecognised(
          format == null
              ? "its format is not known (classification UNKNOWN)"
              : format + " files are not supported (classification UNKNOWN)");
    } catch (IOException e) {
      return new Finding.Unrecognised("it cannot be read: " + e.getMessage());
    }
  }

  private static @Nullable String foreign(byte[] head) {
    String text = new String(head, ISO_8859_1);
    if (text.startsWith("Obj\u0001")) {
      return "Avro";
    }
    if (text.startsWith("ORC")) {
      return "ORC";
    }
    if (text.startsWith("\u00E0\u0001\u0000\u00EA")) {
      return "Ion";
    }
    return text.stripLeading().startsWith("<") ? "XML" : null;
  }
}
