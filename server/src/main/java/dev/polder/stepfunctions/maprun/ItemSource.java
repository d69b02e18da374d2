package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.ItemReader;
import dev.polder.stepfunctions.asl.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Items that are in buckets: a listing, the contents of one object, or those of all objects that a
/// listing or a manifest names
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
///
/// @param arguments what names the bucket and the object
/// @param scratch a folder for files that must be on disk to be read
record ItemSource(
    S3Client s3, Resource resource, ItemReader.Config config, Map<?, ?> arguments, Path scratch) {

  /// An object in a bucket.
  private record Place(String bucket, String key, @Nullable String version) {
    String uri() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /// Gives each item to the sink until that wants no more.
  void each(Item.Sink sink) throws ReadFailure {
    try {
      if (isListing()) {
        listed(sink);
      } else if (config.inputType() == ItemReader.InputType.MANIFEST
          || config.manifestType() != null) {
        manifest(sink);
      } else {
        boolean _ = contents(place(), sink);
      }
    } catch (SdkException e) {
      throw new ReadFailure(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new ReadFailure("The object cannot be read: " + e.getMessage());
    }
  }

  private boolean isListing() {
    return switch (resource) {
      case Resource.Optimized o -> o.action().equals("listObjectsV2");
      case Resource.Sdk s -> s.action().equals("listObjectsV2");
      case Resource.Function _, Resource.Activity _ -> false;
    };
  }

  private @Nullable String argument(String name) {
    return arguments.get(name) instanceof String text ? text : null;
  }

  private Place place() {
    return new Place(
        String.valueOf(argument("Bucket")), String.valueOf(argument("Key")), argument("VersionId"));
  }

  private void listed(Item.Sink sink) throws ReadFailure, IOException {
    boolean flatten = config.transformation().equals("LOAD_AND_FLATTEN");
    String bucket = String.valueOf(argument("Bucket"));
    String token = null;
    do {
      ListObjectsV2Response page =
          s3.listObjectsV2(
              ListObjectsV2Request.builder()
                  .bucket(bucket)
                  .prefix(argument("Prefix"))
                  .startAfter(argument("StartAfter"))
                  .continuationToken(token)
                  .build());
      for (S3Object each : page.contents()) {
        boolean more =
            flatten
                ? contents(new Place(bucket, each.key(), null), sink)
                : sink.take(new Item(item(each), null, "s3://" + bucket));
        if (!more) {
          return;
        }
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
  }

  private static Map<String, @Nullable Object> item(S3Object object) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("Etag", object.eTag());
    item.put("Key", object.key());
    item.put("LastModified", object.lastModified().getEpochSecond());
    item.put("Size", object.size());
    item.put("StorageClass", object.storageClassAsString());
    return item;
  }

  private InputStream open(Place place) throws IOException {
    InputStream object = s3.getObject(request(place), ResponseTransformer.toInputStream());
    return place.key().endsWith(".gz") ? new GZIPInputStream(object) : object;
  }

  private static GetObjectRequest request(Place place) {
    return GetObjectRequest.builder()
        .bucket(place.bucket())
        .key(place.key())
        .versionId(place.version())
        .build();
  }

  /// Gives the items of one object. False if the sink wants no more.
  private boolean contents(Place place, Item.Sink sink) throws ReadFailure, IOException {
    ItemReader.InputType type = config.inputType();
    if (type == null) {
      throw new ReadFailure("ReaderConfig.InputType is missing");
    }
    if (type == ItemReader.InputType.PARQUET) {
      return parquet(place, sink);
    }
    try (Reader text =
        new BufferedReader(new InputStreamReader(open(place), StandardCharsets.UTF_8))) {
      return switch (type) {
        case CSV ->
            new CsvItems(text, config.csvDelimiter().symbol()).items(config, place.uri(), sink);
        case JSON -> json(text, place.uri(), sink);
        case JSONL -> lines(text, place.uri(), sink);
        case PARQUET, MANIFEST -> throw new ReadFailure("A manifest names no items of its own");
      };
    }
  }

  private boolean parquet(Place place, Item.Sink sink) throws ReadFailure, IOException {
    Files.createDirectories(scratch);
    Path folder = Files.createTempDirectory(scratch, "items");
    Path file = folder.resolve("items.parquet");
    try {
      var _ = s3.getObject(request(place), file);
      return ParquetItems.each(file, place.uri(), sink);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /// An inventory's manifest names files whose rows are the items; a manifest of Athena names the
  /// files of an `UNLOAD`, a URI a line, each with items of the given format.
  private void manifest(Item.Sink sink) throws ReadFailure, IOException {
    Place manifest = place();
    String text;
    try (InputStream in = open(manifest)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if ("ATHENA_DATA".equals(config.manifestType())) {
      for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
        if (!contents(place(line.strip().replace("\"", "")), sink)) {
          return;
        }
      }
      return;
    }
    Map<?, ?> told = parsed(text, "file") instanceof Map<?, ?> map ? map : Map.of();
    if (!"CSV".equals(told.get("fileFormat"))
        || !(told.get("fileSchema") instanceof String schema)
        || !(told.get("files") instanceof List<?> files)) {
      throw new ReadFailure("Expected the manifest of an S3 inventory in CSV files");
    }
    String bucket = String.valueOf(told.get("destinationBucket"));
    inventory(
        bucket.substring(bucket.lastIndexOf(':') + 1), List.of(schema.split(", *")), files, sink);
  }

  private static Place place(String uri) throws ReadFailure {
    int slash = uri.indexOf('/', 5);
    if (!uri.startsWith("s3://") || slash < 0) {
      throw new ReadFailure("Expected the URI of an object in the manifest but found " + uri);
    }
    return new Place(uri.substring(5, slash), uri.substring(slash + 1), null);
  }

  private void inventory(String bucket, List<String> columns, List<?> files, Item.Sink sink)
      throws ReadFailure, IOException {
    for (Object each : files) {
      Object key = each instanceof Map<?, ?> file ? file.get("key") : null;
      Place place = new Place(bucket, String.valueOf(key), null);
      try (Reader rows =
          new BufferedReader(new InputStreamReader(open(place), StandardCharsets.UTF_8))) {
        if (!new CsvItems(rows, ',').items(columns, place.uri(), sink)) {
          return;
        }
      }
    }
  }

  private boolean json(Reader reader, String uri, Item.Sink sink) throws ReadFailure, IOException {
    Object at = parsed(reader.readAllAsString(), "file");
    String pointer = config.itemsPointer();
    if (pointer != null) {
      for (String step : pointer.split("/", -1)) {
        at = step.isEmpty() ? at : below(at, step);
      }
    }
    return switch (at) {
      case List<?> list -> {
        for (Object each : list) {
          if (!sink.take(new Item(each, null, uri))) {
            yield false;
          }
        }
        yield true;
      }
      case Map<?, ?> object -> {
        for (Map.Entry<?, ?> each : object.entrySet()) {
          if (!sink.take(new Item(each.getValue(), (String) each.getKey(), uri))) {
            yield false;
          }
        }
        yield true;
      }
      case null, default -> throw new ReadFailure("Attempting to map over non-iterable node.");
    };
  }

  private static @Nullable Object below(@Nullable Object at, String step) {
    String name = step.replace("~1", "/").replace("~0", "~");
    if (at instanceof Map<?, ?> map) {
      return map.get(name);
    }
    return at instanceof List<?> list && name.matches("\\d{1,9}")
        ? list.get(Math.min(Integer.parseInt(name), list.size() - 1))
        : null;
  }

  private static boolean lines(Reader reader, String uri, Item.Sink sink)
      throws ReadFailure, IOException {
    var lines = new BufferedReader(reader);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank() && !sink.take(new Item(parsed(line, "line " + number), null, uri))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object parsed(String text, String where) throws ReadFailure {
    try {
      return Json.parse(text);
    } catch (Json.Malformed e) {
      throw new ReadFailure("Expected JSON in the " + where + ": " + e.getMessage());
    }
  }
}
