package dev.polder.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pages of a bucket's keys.
final class Listing {
  private static final int LARGEST_PAGE = 1000;

  private final Layout layout;
  private final FolderNames folders;
  private final ObjectFiles objects;
  private final Locks buckets;

  Listing(Layout layout, FolderNames folders, ObjectFiles objects, Locks buckets) {
    this.layout = layout;
    this.folders = folders;
    this.objects = objects;
    this.buckets = buckets;
  }

  /// Which keys are wanted.
  ///
  /// @param delimiter groups keys; empty for none
  /// @param from where the page begins
  /// @param most of objects and groups together
  record Wanted(String bucket, String prefix, String delimiter, Position from, int most) {}

  /// A place between keys.
  ///
  /// @param after keys come after it
  /// @param group keys that begin with it are passed over; empty for none
  record Position(String after, String group) {
    static final Position START = new Position("", "");
  }

  /// A part of a listing.
  ///
  /// @param groups the common prefixes
  /// @param next where the next page begins; empty if there is none
  record Page(List<StoredObject> objects, List<String> groups, Optional<Position> next) {}

  /// The number of keys on a page from what was asked for.
  static int pageSize(@Nullable Integer asked, String name) {
    if (asked == null) {
      return LARGEST_PAGE;
    }
    if (asked < 0) {
      throw S3Errors.invalidArgument(
          "Argument " + name + " must be an integer between 0 and 2147483647");
    }
    return Math.min(asked, LARGEST_PAGE);
  }

  /// One page. No object moves aside for a folder while it is made.
  Page page(Wanted wanted) throws IOException {
    return Locks.holding(buckets.of(wanted.bucket()).readLock(), () -> pageNow(wanted));
  }

  private Page pageNow(Wanted wanted) throws IOException {
    var found = new ArrayList<StoredObject>();
    var groups = new ArrayList<String>();
    if (wanted.most() == 0) {
      return new Page(found, groups, Optional.empty());
    }
    var walk =
        new Walk(
            folders,
            layout.bucket(wanted.bucket()),
            wanted.prefix(),
            wanted.delimiter(),
            wanted.from().after());
    walk.skip(wanted.from().group());
    Position last = Position.START;
    for (var item = walk.next(); item != null; item = walk.next()) {
      if (found.size() + groups.size() == wanted.most()) {
        return new Page(found, groups, Optional.of(last));
      }
      switch (item) {
        case Walk.Found object -> {
          found.add(
              objects.object(
                  new Address(wanted.bucket(), object.key()), object.file(), object.attributes()));
          last = new Position(object.key(), "");
        }
        case Walk.Group group -> {
          groups.add(group.prefix());
          last = new Position(group.prefix(), group.prefix());
        }
      }
    }
    return new Page(found, groups, Optional.empty());
  }
}
