package dev.polder.glue;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// What Glue keeps for one account and region: documents under keys that begin with `glue`,
/// account, region and a kind. Changes are decided on what was read and committed only if that
/// still holds.
///
/// @param scope whose records these are
record Catalog(Platform platform, Scope scope) {
  private static final int ATTEMPTS = 100;

  /// A document as it was read, and the bytes by which a batch can require that it is unchanged.
  record Held<T>(Key key, byte[] bytes, T value) {
    /// Demands that nobody changes the document before the batch takes effect.
    Batch required(Batch batch) {
      return batch.require(key, bytes);
    }
  }

  /// Part of a listing.
  ///
  /// @param nextToken where to go on; null at the end
  record Page<T>(List<T> items, @Nullable String nextToken) {}

  Store store() {
    return platform.store();
  }

  /// Now, to the millisecond, which is what is kept.
  Instant now() {
    return platform.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Key key(String kind, String... names) {
    Key key = Key.of("glue", scope.account(), scope.region(), kind);
    for (String name : names) {
      key = key.with(name);
    }
    return key;
  }

  /// Reads a document.
  <T> Optional<Held<T>> find(Key key, SdkPojo builder, Class<T> type) {
    byte[] bytes = store().get(key);
    return bytes == null
        ? Optional.empty()
        : Optional.of(new Held<>(key, bytes, Documents.read(bytes, builder, type)));
  }

  /// Decides on a change and commits it, again from the start whenever what it was decided on has
  /// changed meanwhile.
  ///
  /// @param what names the operation for the error
  /// @param decide reads, checks and answers the batch; may throw what the caller deserves
  void change(String what, Supplier<Batch> decide) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Batch batch = decide.get();
      if (batch.isEmpty() || store().tryCommit(batch)) {
        return;
      }
    }
    throw GlueErrors.changedMeanwhile(what);
  }

  /// Reads on in a listing.
  ///
  /// @param prefix of all its keys
  /// @param token of an earlier page
  /// @param most items of this page
  /// @param read makes an item of an entry, or empty where it is not part of the listing
  <T> Page<T> page(
      Key prefix, @Nullable String token, int most, Function<Scan.Entry, Optional<T>> read) {
    List<T> items = new ArrayList<>();
    Key last = null;
    try (Scan scan = store().scan(rest(prefix, token))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        Optional<T> item = read.apply(entry);
        if (item.isPresent()) {
          if (last != null && items.size() == most) {
            return new Page<>(items, token(last));
          }
          items.add(item.get());
        }
        if (items.size() <= most) {
          last = entry.key();
        }
      }
    }
    return new Page<>(items, null);
  }

  /// The keys of a listing that come after a token.
  static KeyRange rest(Key prefix, @Nullable String token) {
    if (token == null || token.isEmpty()) {
      return KeyRange.prefix(prefix);
    }
    byte[] begin = prefix.bytes();
    try {
      byte[] last = Base64.getUrlDecoder().decode(token);
      int differs = Arrays.mismatch(begin, last);
      if (differs < 0 || differs == begin.length) {
        return KeyRange.prefixAfter(prefix, Key.decode(last));
      }
    } catch (IllegalArgumentException e) {
      throw GlueErrors.invalid("Invalid next token", e);
    }
    throw GlueErrors.invalid("Invalid next token");
  }

  /// The token that goes on after a key.
  static String token(Key last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.bytes());
  }

  /// Refuses the catalogue of another account: accounts are kept apart.
  void checkCatalog(@Nullable String catalogId) {
    if (catalogId != null && !catalogId.equals(scope.account())) {
      throw GlueErrors.accessDenied("Cross-account access to catalog " + catalogId + " is denied.");
    }
  }
}
