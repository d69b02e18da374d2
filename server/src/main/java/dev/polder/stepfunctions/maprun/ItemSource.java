package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.ItemReader;
import dev.polder.stepfunctions.asl.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Items that are in buckets: a listing, or the contents of one object.
record ItemSource(S3Client s3, ItemReader reader, Map<?, ?> arguments) {

  List<Object> items(long limit) throws ReadFailure {
    try {
      List<Object> items = isListing() ? listed(limit) : read();
      return limit > 0 && items.size() > limit ? items.subList(0, (int) limit) : items;
    } catch (SdkException e) {
      throw new ReadFailure(String.valueOf(e.getMessage()));
    }
  }

  private boolean isListing() {
    return reader.resource() instanceof Resource.Optimized o
        ? o.action().equals("listObjectsV2")
        : reader.resource() instanceof Resource.Sdk s && s.action().equals("listObjectsV2");
  }

  private @Nullable String argument(String name) {
    return arguments.get(name) instanceof String text ? text : null;
  }

  private List<Object> listed(long limit) {
    List<Object> items = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response page =
          s3.listObjectsV2(
              ListObjectsV2Request.builder()
                  .bucket(argument("Bucket"))
                  .prefix(argument("Prefix"))
                  .startAfter(argument("StartAfter"))
                  .continuationToken(token)
                  .build());
      page.contents().forEach(each -> items.add(item(each)));
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null && (limit == 0 || items.size() < limit));
    return items;
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

  private List<Object> read() throws ReadFailure {
    ItemReader.InputType type = reader.config().inputType();
    if (type == null) {
      throw new ReadFailure("ReaderConfig.InputType is missing");
    }
    if (type == ItemReader.InputType.PARQUET || type == ItemReader.InputType.MANIFEST) {
      throw new ReadFailure("Polder does not read items of type " + type);
    }
    String text =
        s3.getObject(
                b -> b.bucket(argument("Bucket")).key(argument("Key")),
                ResponseTransformer.toBytes())
            .asUtf8String();
    return switch (type) {
      case CSV -> CsvItems.read(text, reader.config());
      case JSON -> json(text);
      case JSONL -> lines(text);
      case PARQUET, MANIFEST -> List.of();
    };
  }

  @SuppressWarnings("unchecked")
  private List<Object> json(String text) throws ReadFailure {
    Object at = parsed(text, "file");
    String pointer = reader.config().itemsPointer();
    if (pointer != null) {
      for (String step : pointer.split("/", -1)) {
        at = step.isEmpty() ? at : below(at, step);
      }
    }
    if (at instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new ReadFailure("Attempting to map over non-iterable node.");
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

  private static List<Object> lines(String text) throws ReadFailure {
    List<Object> items = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank() && parsed(line, "line " + number) instanceof Object item) {
        items.add(item);
      }
    }
    return items;
  }

  private static @Nullable Object parsed(String text, String where) throws ReadFailure {
    try {
      return Json.parse(text);
    } catch (Json.Malformed e) {
      throw new ReadFailure("Expected JSON in the " + where + ": " + e.getMessage());
    }
  }
}
