package dev.polder.s3;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The buckets of all accounts. A bucket is in the store and has a folder. Names are one space for
/// all accounts and regions, as in S3, so keys begin `s3`, `bucket`, name; and `s3`, account,
/// `bucket`, name for the list of an account's own.
final class Buckets {
  private final Store store;
  private final Layout layout;
  private final Locks locks;

  Buckets(Store store, Layout layout, Locks locks) {
    this.store = store;
    this.layout = layout;
    this.locks = locks;
  }

  /// The bucket of this name, whoever owns it.
  Optional<Bucket> find(String name) {
    byte[] value = store.get(key(name));
    return value == null ? Optional.empty() : Optional.of(Bucket.decode(name, value));
  }

  /// The bucket of this name for somebody of this account.
  ///
  /// @param expectedOwner the account that the caller says owns it, or null
  Bucket open(String name, Scope scope, @Nullable String expectedOwner) {
    if (!Bucket.validName(name)) {
      throw S3Errors.invalidBucketName();
    }
    Bucket bucket = find(name).orElseThrow(S3Errors::noSuchBucket);
    boolean expected = expectedOwner == null || expectedOwner.equals(bucket.scope().account());
    if (!bucket.scope().account().equals(scope.account()) || !expected) {
      throw S3Errors.accessDenied();
    }
    return bucket;
  }

  /// Makes a bucket. Making one's own again is an error everywhere but in us-east-1.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html">CreateBucket</a>
  void create(Bucket bucket) throws IOException {
    Locks.holding(locks.of(bucket.name()).writeLock(), () -> createNow(bucket));
  }

  private Bucket createNow(Bucket bucket) throws IOException {
    var present = find(bucket.name());
    if (present.isPresent()) {
      Scope owner = present.get().scope();
      if (!owner.account().equals(bucket.scope().account())) {
        throw S3Errors.bucketAlreadyExists();
      }
      if (!owner.equals(bucket.scope()) || !owner.region().equals(Scope.DEFAULT.region())) {
        throw S3Errors.bucketAlreadyOwnedByYou();
      }
      return present.get();
    }
    Files.createDirectories(layout.bucket(bucket.name()));
    Disk.sync(layout.root());
    store.commit(
        new Batch()
            .require(key(bucket.name()), null)
            .put(key(bucket.name()), bucket.encode())
            .put(ownKey(bucket), new byte[0]));
    return bucket;
  }

  /// Removes a bucket that has no object.
  void delete(Bucket bucket) throws IOException {
    Locks.holding(locks.of(bucket.name()).writeLock(), () -> deleteNow(bucket));
  }

  private Bucket deleteNow(Bucket bucket) throws IOException {
    try {
      if (!Disk.removeEmpty(layout.bucket(bucket.name()))) {
        throw S3Errors.bucketNotEmpty();
      }
      Disk.sync(layout.root());
    } catch (NoSuchFileException e) {
      throw S3Errors.because(e, S3Errors.noSuchBucket());
    }
    store.commit(new Batch().delete(key(bucket.name())).delete(ownKey(bucket)));
    return bucket;
  }

  /// Changes a bucket's tags.
  void change(String name, UnaryOperator<Bucket> change) throws IOException {
    Locks.holding(
        locks.of(name).writeLock(),
        () -> {
          Bucket changed = change.apply(find(name).orElseThrow(S3Errors::noSuchBucket));
          store.commit(new Batch().put(key(name), changed.encode()));
          return changed;
        });
  }

  /// The buckets of an account in the order of their names.
  ///
  /// @param region those of one region; null for all
  /// @param after names come after it; may be empty
  List<Bucket> list(
      String account, String prefix, @Nullable String region, String after, int most) {
    Key all = Key.of("s3", account, "bucket");
    var buckets = new ArrayList<Bucket>();
    var range = new KeyRange(all.with(max(after, prefix)), KeyRange.prefix(all).to());
    try (var scan = store.scan(range)) {
      while (buckets.size() < most && scan.hasNext()) {
        String name = scan.next().key().string(-1);
        if (name.compareTo(after) > 0 && name.startsWith(prefix)) {
          find(name)
              .filter(each -> region == null || each.scope().region().equals(region))
              .ifPresent(buckets::add);
        }
      }
    }
    return buckets;
  }

  /// Makes the folders of buckets that lack theirs: a deletion that was cut short was not answered.
  void recover() throws IOException {
    try (var scan = store.scan(KeyRange.prefix(Key.of("s3", "bucket")))) {
      while (scan.hasNext()) {
        Files.createDirectories(layout.bucket(scan.next().key().string(-1)));
      }
    }
  }

  /// A bucket as it is at its making.
  static Bucket made(String name, Scope scope, Instant now, Map<String, String> tags) {
    if (!Bucket.validName(name)) {
      throw S3Errors.invalidBucketName();
    }
    return new Bucket(name, scope, now, tags);
  }

  private static String max(String a, String b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Key key(String name) {
    return Key.of("s3", "bucket", name);
  }

  private static Key ownKey(Bucket bucket) {
    return Key.of("s3", bucket.scope().account(), "bucket", bucket.name());
  }
}
