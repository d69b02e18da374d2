package dev.polder.s3;

import dev.polder.kernel.Folders;
import dev.polder.kernel.checksum.Checksum;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The multipart uploads that are open: what they will be in the store, their parts as files in a
/// folder each.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">S3:
///   multipart upload</a>
final class Uploads {
  private static final long SMALLEST_PART = 5L << 20;

  private final Store store;
  private final Layout layout;
  private final ObjectFiles objects;
  private final Locks uploads = new Locks(256);
  private final Locks parts = new Locks(256);

  Uploads(Store store, Layout layout, ObjectFiles objects) {
    this.store = store;
    this.layout = layout;
    this.objects = objects;
  }

  /// A part as the completing caller names it.
  ///
  /// @param etag without quotes
  /// @param checksum in the upload's algorithm, or null
  record Named(int number, String etag, @Nullable String checksum) {}

  /// How an upload is to be completed.
  ///
  /// @param checksum that the whole must have, or null
  /// @param size that the whole must have, or null
  record Completion(
      List<Named> parts,
      @Nullable String checksum,
      @Nullable Long size,
      WriteCondition condition,
      Instant now) {}

  /// Opens an upload.
  void begin(Upload upload) throws IOException {
    Files.createDirectory(folder(upload.id()));
    Disk.sync(layout.uploads());
    store.commit(new Batch().put(key(upload.address(), upload.id()), upload.encode()));
  }

  /// The open upload of this id for this key.
  Upload find(Address address, String id) {
    byte[] value = store.get(key(address, id));
    if (value == null) {
      throw S3Errors.noSuchUpload();
    }
    return Upload.decode(address, id, value);
  }

  /// Keeps a synced draft as a part, in the place of an earlier one of its number.
  void keep(Upload upload, Part part, Path draft) throws IOException {
    Locks.holding(uploads.of(upload.id()).readLock(), () -> keepOpen(upload, part, draft));
  }

  private Part keepOpen(Upload upload, Part part, Path draft) throws IOException {
    find(upload.address(), upload.id());
    Path folder = folder(upload.id());
    Files.move(draft, folder.resolve(part.file()), StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(folder);
    Key key = partKey(upload.id(), part.number());
    return Locks.holding(
        parts.of(key).writeLock(),
        () -> {
          byte[] before = store.get(key);
          store.commit(new Batch().put(key, part.encode()));
          if (before != null) {
            Files.deleteIfExists(folder.resolve(Part.decode(part.number(), before).file()));
          }
          return part;
        });
  }

  /// The parts from after a number on.
  List<Part> parts(String id, int after, int most) {
    var found = new ArrayList<Part>();
    var range = KeyRange.prefixAfter(partsKey(id), partKey(id, after));
    try (var scan = store.scan(range)) {
      while (found.size() < most && scan.hasNext()) {
        var entry = scan.next();
        found.add(Part.decode(entry.key().number(-1), entry.value()));
      }
    }
    return found;
  }

  /// Makes the named parts the object and answers what it has.
  ObjectMetadata complete(Address address, String id, Completion completion) throws IOException {
    return Locks.holding(
        uploads.of(id).writeLock(),
        () -> {
          Upload upload = find(address, id);
          List<Part> chosen = chosen(upload, completion);
          ObjectMetadata metadata = metadata(upload, chosen, completion.checksum());
          assemble(upload, chosen, metadata, completion);
          removeNow(address, id);
          return metadata;
        });
  }

  private List<Part> chosen(Upload upload, Completion completion) {
    if (completion.parts().isEmpty()) {
      throw S3Errors.malformedXml();
    }
    var chosen = new ArrayList<Part>();
    int before = 0;
    long size = 0;
    for (Named named : completion.parts()) {
      if (named.number() <= before) {
        throw S3Errors.invalidPartOrder();
      }
      before = named.number();
      chosen.add(chosen(upload, named));
      size += chosen.getLast().size();
    }
    for (Part part : chosen.subList(0, chosen.size() - 1)) {
      if (part.size() < SMALLEST_PART) {
        throw S3Errors.entityTooSmall(part.number(), part.size());
      }
    }
    if (completion.size() != null && completion.size() != size) {
      throw S3Errors.invalidRequest(
          "The provided 'x-amz-mp-object-size' header value "
              + completion.size()
              + " does not match what was computed: "
              + size);
    }
    return chosen;
  }

  private Part chosen(Upload upload, Named named) {
    byte[] value = store.get(partKey(upload.id(), named.number()));
    if (value == null) {
      throw S3Errors.invalidPart(named.number());
    }
    Part part = Part.decode(named.number(), value);
    boolean same = named.checksum() == null || named.checksum().equals(part.checksum());
    if (!part.etag().equals(named.etag()) || !same) {
      throw S3Errors.invalidPart(named.number());
    }
    return part;
  }

  private static ObjectMetadata metadata(
      Upload upload, List<Part> chosen, @Nullable String expected) {
    MessageDigest md5 = Hashing.md5();
    var sizes = new ArrayList<ObjectMetadata.PartSize>();
    for (Part part : chosen) {
      md5.update(HexFormat.of().parseHex(part.etag()));
      sizes.add(new ObjectMetadata.PartSize(part.size(), part.checksum()));
    }
    String etag = HexFormat.of().formatHex(md5.digest()) + "-" + chosen.size();
    Checksum algorithm = upload.algorithm();
    ObjectMetadata.Sum sum =
        algorithm == null || chosen.stream().anyMatch(each -> each.checksum() == null)
            ? null
            : new ObjectMetadata.Sum(
                algorithm,
                upload.composite()
                    ? PartChecksums.composite(algorithm, chosen)
                    : PartChecksums.whole(algorithm, chosen),
                upload.composite());
    if (expected != null && sum != null && !PartChecksums.same(expected, sum)) {
      throw S3Errors.badDigest(sum.algorithm());
    }
    return upload.metadata().of(etag, sum, sizes);
  }

  private void assemble(
      Upload upload, List<Part> chosen, ObjectMetadata metadata, Completion completion)
      throws IOException {
    completion.condition().check(objects.find(upload.address()));
    try (Draft draft = objects.draft(Set.of())) {
      for (Part part : chosen) {
        draft.append(folder(upload.id()).resolve(part.file()));
      }
      draft.describe(objects.metadata(), upload.address(), metadata, completion.now());
      draft.sync();
      Disk.sync(objects.place(draft.file(), upload.address(), completion.condition()));
    }
  }

  /// Forgets an upload and its parts.
  void abort(Address address, String id) throws IOException {
    Locks.holding(
        uploads.of(id).writeLock(),
        () -> {
          find(address, id);
          removeNow(address, id);
          return id;
        });
  }

  private void remove(Address address, String id) throws IOException {
    Locks.holding(
        uploads.of(id).writeLock(),
        () -> {
          removeNow(address, id);
          return id;
        });
  }

  private void removeNow(Address address, String id) throws IOException {
    store.commit(new Batch().delete(key(address, id)).deleteRange(KeyRange.prefix(partsKey(id))));
    Folders.remove(folder(id));
  }

  /// The open uploads of a bucket.
  List<Upload> of(String bucket) {
    var open = new ArrayList<Upload>();
    try (var scan = scan(bucket, "", "", "")) {
      while (scan.hasNext()) {
        open.add(upload(bucket, scan.next()));
      }
    }
    return open;
  }

  /// Aborts uploads that nobody can complete any more, because their bucket is gone.
  void abandon(List<Upload> uploads) throws IOException {
    for (Upload upload : uploads) {
      remove(upload.address(), upload.id());
    }
  }

  /// The open uploads of a bucket by key and time, from after a key and upload on, and from a
  /// prefix on. Must be closed.
  ///
  /// @param afterId empty for all that come after every upload of `afterKey`
  Scan scan(String bucket, String afterKey, String afterId, String prefix) {
    Key all = Key.of("s3", "upload", bucket);
    Key end = Objects.requireNonNull(KeyRange.prefix(all).to());
    if (KeyOrder.compare(afterKey, prefix) < 0 || afterKey.isEmpty()) {
      return store.scan(new KeyRange(all.with(prefix), end));
    }
    Key key = all.with(afterKey);
    return store.scan(
        afterId.isEmpty()
            ? new KeyRange(Objects.requireNonNull(KeyRange.prefix(key).to()), end)
            : KeyRange.prefixAfter(all, key.with(afterId)));
  }

  /// Reads an entry of [#scan].
  static Upload upload(String bucket, Scan.Entry entry) {
    var address = new Address(bucket, entry.key().string(-2));
    return Upload.decode(address, entry.key().string(-1), entry.value());
  }

  /// Removes what unfinished writes and deletions left behind. Nothing may be uploaded meanwhile.
  ///
  /// @param exists whether there is a bucket of a name
  void recover(Predicate<String> exists) throws IOException {
    Set<String> open = new HashSet<>();
    var abandoned = new ArrayList<Upload>();
    try (var scan = store.scan(KeyRange.prefix(Key.of("s3", "upload")))) {
      while (scan.hasNext()) {
        var entry = scan.next();
        String bucket = entry.key().string(2);
        open.add(entry.key().string(-1));
        if (!exists.test(bucket)) {
          abandoned.add(upload(bucket, entry));
        }
      }
    }
    abandon(abandoned);
    try (var folders = Files.newDirectoryStream(layout.uploads())) {
      for (Path folder : folders) {
        if (open.contains(folder.getFileName().toString())) {
          sweep(folder);
        } else {
          Folders.remove(folder);
        }
      }
    }
  }

  private void sweep(Path folder) throws IOException {
    Set<String> kept = new HashSet<>();
    parts(folder.getFileName().toString(), 0, Integer.MAX_VALUE)
        .forEach(each -> kept.add(each.file()));
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!kept.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private Path folder(String id) {
    return layout.uploads().resolve(id);
  }

  private static Key key(Address address, String id) {
    return Key.of("s3", "upload", address.bucket(), address.key(), id);
  }

  private static Key partsKey(String id) {
    return Key.of("s3", "part", id);
  }

  private static Key partKey(String id, int number) {
    return partsKey(id).with(number);
  }
}
