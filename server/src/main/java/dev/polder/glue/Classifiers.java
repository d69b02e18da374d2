package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.glue.crawler.CsvClassifier.Header;
import dev.polder.glue.crawler.CsvClassifier.Options;
import dev.polder.glue.crawler.CsvClassifier.SerDe;
import dev.polder.glue.crawler.JsonPath;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.CreateClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateClassifierResponse;
import software.amazon.awssdk.services.glue.model.CsvClassifier;
import software.amazon.awssdk.services.glue.model.CsvHeaderOption;
import software.amazon.awssdk.services.glue.model.CsvSerdeOption;
import software.amazon.awssdk.services.glue.model.DeleteClassifierRequest;
import software.amazon.awssdk.services.glue.model.DeleteClassifierResponse;
import software.amazon.awssdk.services.glue.model.GetClassifierRequest;
import software.amazon.awssdk.services.glue.model.GetClassifierResponse;
import software.amazon.awssdk.services.glue.model.GetClassifiersRequest;
import software.amazon.awssdk.services.glue.model.GetClassifiersResponse;
import software.amazon.awssdk.services.glue.model.JsonClassifier;
import software.amazon.awssdk.services.glue.model.UpdateClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateClassifierResponse;

/// Custom classifiers, for CSV and for JSON. Grok and XML are refused by name.
record Classifiers(Catalog catalog) {
  private static final int PAGE = 1000;

  private Key key(String name) {
    return catalog.key("classifier", name);
  }

  private Held<Classifier> held(String name) {
    return catalog
        .find(key(name), Classifier.builder(), Classifier.class)
        .orElseThrow(() -> GlueErrors.notFound("Classifier " + name + " not found."));
  }

  /// Those of these names that there are.
  List<String> known(List<String> names) {
    return names.stream().filter(name -> catalog.store().get(key(name)) != null).toList();
  }

  CreateClassifierResponse create(CreateClassifierRequest request) {
    Check.absent(request.grokClassifier(), "GrokClassifier");
    Check.absent(request.xmlClassifier(), "XMLClassifier");
    Classifier made = stamped(drafted(request), catalog.now(), 1);
    Key key = key(Check.name(name(made), "name"));
    engine(made);
    catalog.change(
        "Create classifier",
        () -> {
          if (catalog.store().get(key) != null) {
            throw GlueErrors.alreadyExists("Classifier already exists.");
          }
          return new Batch().require(key, null).put(key, Documents.bytes(made));
        });
    return CreateClassifierResponse.builder().build();
  }

  private static Classifier drafted(CreateClassifierRequest request) {
    if (request.csvClassifier() != null && request.jsonClassifier() == null) {
      var csv = CsvClassifier.builder();
      Shapes.copy(request.csvClassifier(), csv);
      return Classifier.builder().csvClassifier(csv.build()).build();
    }
    if (request.jsonClassifier() != null && request.csvClassifier() == null) {
      var json = JsonClassifier.builder();
      Shapes.copy(request.jsonClassifier(), json);
      return Classifier.builder().jsonClassifier(json.build()).build();
    }
    throw GlueErrors.invalid("Expected exactly one classifier");
  }

  private static String name(Classifier classifier) {
    return classifier.csvClassifier() != null
        ? classifier.csvClassifier().name()
        : classifier.jsonClassifier().name();
  }

  private Classifier stamped(Classifier classifier, Instant created, long version) {
    Instant now = catalog.now();
    var builder = Classifier.builder();
    if (classifier.csvClassifier() != null) {
      builder.csvClassifier(
          classifier.csvClassifier().toBuilder()
              .creationTime(created)
              .lastUpdated(now)
              .version(version)
              .build());
    } else {
      builder.jsonClassifier(
          classifier.jsonClassifier().toBuilder()
              .creationTime(created)
              .lastUpdated(now)
              .version(version)
              .build());
    }
    return builder.build();
  }

  GetClassifierResponse get(GetClassifierRequest request) {
    return GetClassifierResponse.builder()
        .classifier(held(Check.name(request.name(), "name")).value())
        .build();
  }

  GetClassifiersResponse list(GetClassifiersRequest request) {
    var page =
        catalog.page(
            catalog.key("classifier"),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                Optional.of(Documents.read(entry.value(), Classifier.builder(), Classifier.class)));
    return GetClassifiersResponse.builder()
        .classifiers(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  UpdateClassifierResponse update(UpdateClassifierRequest request) {
    Check.absent(request.grokClassifier(), "GrokClassifier");
    Check.absent(request.xmlClassifier(), "XMLClassifier");
    String name =
        request.csvClassifier() != null
            ? request.csvClassifier().name()
            : Check.present(request.jsonClassifier(), "jsonClassifier").name();
    catalog.change(
        "Update classifier",
        () -> {
          Held<Classifier> old = held(Check.name(name, "name"));
          Classifier made = updated(old.value(), request);
          engine(made);
          return old.required(new Batch()).put(old.key(), Documents.bytes(made));
        });
    return UpdateClassifierResponse.builder().build();
  }

  private Classifier updated(Classifier old, UpdateClassifierRequest request) {
    var csv = old.csvClassifier();
    var json = old.jsonClassifier();
    if (csv != null && request.csvClassifier() != null) {
      var builder = csv.toBuilder();
      Shapes.copy(request.csvClassifier(), builder);
      return stamped(
          Classifier.builder().csvClassifier(builder.build()).build(),
          csv.creationTime(),
          csv.version() + 1);
    }
    if (json != null && request.jsonClassifier() != null) {
      var builder = json.toBuilder();
      Shapes.copy(request.jsonClassifier(), builder);
      return stamped(
          Classifier.builder().jsonClassifier(builder.build()).build(),
          json.creationTime(),
          json.version() + 1);
    }
    throw GlueErrors.invalid("The type of a classifier cannot be changed");
  }

  DeleteClassifierResponse delete(DeleteClassifierRequest request) {
    catalog.change(
        "Delete classifier",
        () -> {
          Held<Classifier> old = held(Check.name(request.name(), "name"));
          return old.required(new Batch()).delete(old.key());
        });
    return DeleteClassifierResponse.builder().build();
  }

  /// The classifiers of a crawler, ready to classify.
  List<dev.polder.glue.crawler.Classifier> load(List<String> names) {
    return names.stream().map(name -> engine(held(name).value())).toList();
  }

  private static dev.polder.glue.crawler.Classifier engine(Classifier classifier) {
    CsvClassifier csv = classifier.csvClassifier();
    if (csv != null) {
      return dev.polder.glue.crawler.CsvClassifier.of(options(csv));
    }
    String path = Check.present(classifier.jsonClassifier().jsonPath(), "jsonClassifier.jsonPath");
    try {
      return dev.polder.glue.crawler.JsonClassifier.of(JsonPath.parse(path));
    } catch (IllegalArgumentException e) {
      throw GlueErrors.invalid(String.valueOf(e.getMessage()), e);
    }
  }

  private static Options options(CsvClassifier csv) {
    Character quote = one(csv.quoteSymbol(), "csvClassifier.quoteSymbol");
    Character delimiter = one(csv.delimiter(), "csvClassifier.delimiter");
    if (quote != null && quote.equals(delimiter)) {
      throw GlueErrors.invalid("The delimiter and the quote symbol must differ");
    }
    boolean open =
        csv.serde() == CsvSerdeOption.OPEN_CSV_SER_DE
            || (csv.serde() != CsvSerdeOption.LAZY_SIMPLE_SER_DE && quote != null);
    boolean typed = Boolean.TRUE.equals(csv.customDatatypeConfigured());
    return new Options(
        delimiter,
        quote,
        header(csv.containsHeader()),
        csv.header(),
        typed ? csv.customDatatypes() : List.of(),
        !Boolean.TRUE.equals(csv.disableValueTrimming()),
        Boolean.TRUE.equals(csv.allowSingleColumn()),
        open ? SerDe.OPEN_CSV : SerDe.LAZY_SIMPLE);
  }

  private static Header header(@Nullable CsvHeaderOption option) {
    return switch (option) {
      case PRESENT -> Header.PRESENT;
      case ABSENT -> Header.ABSENT;
      case UNKNOWN, UNKNOWN_TO_SDK_VERSION -> Header.UNKNOWN;
      case null -> Header.UNKNOWN;
    };
  }

  private static @Nullable Character one(@Nullable String text, String path) {
    if (text == null) {
      return null;
    }
    return Check.length(text, path, 1, 1).charAt(0);
  }
}
