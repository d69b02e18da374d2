package dev.polder.s3;

import dev.polder.kernel.Folders;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Lake;
import dev.polder.kernel.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The objects of S3 as the files that they are.
final class FileLake implements Lake {
  private final Layout layout;
  private final FolderNames folders;
  private final Buckets buckets;
  private final ObjectFiles objects;
  private final Time time;
  private final Ids ids;

  FileLake(
      Layout layout,
      FolderNames folders,
      Buckets buckets,
      ObjectFiles objects,
      Time time,
      Ids ids) {
    this.layout = layout;
    this.folders = folders;
    this.buckets = buckets;
    this.objects = objects;
    this.time = time;
    this.ids = ids;
  }

  @Override
  public boolean hasBucket(String bucket) {
    return Bucket.validName(bucket) && buckets.find(bucket).isPresent();
  }

  @Override
  public Stream<Entry> list(String bucket, String prefix) {
    if (!hasBucket(bucket)) {
      return Stream.empty();
    }
    var walk = new Walk(folders, layout.bucket(bucket), prefix, "", "");
    return StreamSupport.stream(new Entries(bucket, walk), false);
  }

  @Override
  public List<String> folders(String bucket, String prefix) {
    if (!hasBucket(bucket)) {
      return List.of();
    }
    var names = new ArrayList<String>();
    var walk = new Walk(folders, layout.bucket(bucket), prefix, "/", "");
    try {
      for (var item = walk.next(); item != null; item = walk.next()) {
        if (item instanceof Walk.Group group) {
          names.add(group.prefix().substring(prefix.length()));
        }
      }
    } catch (IOException e) {
      throw S3Errors.disk(e);
    }
    return names;
  }

  @Override
  public Path file(String bucket, String key) {
    if (!Bucket.validName(bucket) || key.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a bucket and a key but was s3://" + bucket + "/" + key);
    }
    try {
      var address = new Address(bucket, key);
      return objects.find(address).map(StoredObject::file).orElseGet(() -> layout.plain(address));
    } catch (IOException e) {
      throw S3Errors.disk(e);
    } catch (S3Exception e) {
      throw new IllegalArgumentException("s3://" + bucket + "/" + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Path stage(String name) {
    Path folder = layout.stages().resolve(name);
    if (!layout.stages().equals(folder.normalize().getParent())) {
      throw new IllegalArgumentException("Expected the name of a folder but was " + name);
    }
    try {
      Folders.remove(folder);
      Files.createDirectory(folder);
      Disk.sync(layout.stages());
      return folder;
    } catch (IOException e) {
      throw S3Errors.disk(e);
    }
  }

  @Override
  public void publish(String bucket, Map<Path, String> files) {
    if (!hasBucket(bucket)) {
      throw S3Errors.noSuchBucket();
    }
    Instant now = time.instant();
    try {
      var staged = new ArrayList<Map.Entry<Path, String>>();
      for (var each : files.entrySet()) {
        if (Files.exists(each.getKey(), LinkOption.NOFOLLOW_LINKS)) {
          staged.add(each);
        }
      }
      each(staged, file -> describe(file.getKey(), new Address(bucket, file.getValue()), now));
      var changed = new LinkedHashSet<Path>();
      for (var file : staged) {
        var address = new Address(bucket, file.getValue());
        changed.add(objects.place(file.getKey(), address, WriteCondition.NONE));
      }
      each(changed, Disk::sync);
    } catch (IOException e) {
      throw S3Errors.disk(e);
    }
  }

  /// Gives a staged file its time and an ETag of its own, in the form of a multipart one: nobody
  /// takes that for an MD5 of the bytes, which would have to be read again.
  private void describe(Path file, Address address, Instant now) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(now));
    var metadata = ObjectMetadata.EMPTY.of(ids.uuid().replace("-", "") + "-1", null, List.of());
    objects.metadata().write(file, address.bucket(), address.key(), metadata);
    Disk.syncFile(file);
  }

  private interface Step<T> {
    void on(T each) throws IOException;
  }

  /// Does a step with each, several at once, so that their writes to disk go together.
  private static <T> void each(Iterable<T> all, Step<T> step) throws IOException {
    try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      var running = new ArrayList<Future<@Nullable Void>>();
      for (T each : all) {
        running.add(
            threads.submit(() -> {
              step.on(each);
              return null;
            }));
      }
      for (var done : running) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  /// The rest of a walk.
  private static final class Entries extends Spliterators.AbstractSpliterator<Entry> {
    private final String bucket;
    private final Walk walk;

    Entries(String bucket, Walk walk) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
      this.bucket = bucket;
      this.walk = walk;
    }

    @Override
    public boolean tryAdvance(Consumer<? super Entry> action) {
      try {
        if (!(walk.next() instanceof Walk.Found found)) {
          return false;
        }
        var attributes = found.attributes();
        action.accept(
            new Entry(
                bucket,
                found.key(),
                found.file(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant()));
        return true;
      } catch (IOException e) {
        throw S3Errors.disk(e);
      }
    }

    @Override
    public Comparator<? super Entry> getComparator() {
      throw new IllegalStateException();
    }
  }
}
