package dev.polder.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/// The names in folders, in the order of the keys that they stand for. Those of large folders are
/// kept for a while, because each page of a listing asks for them again.
///
/// What is kept is used only while nothing was changed: changes of this process are counted, those
/// of other hands show in the folder's time. A time may be too coarse to show two changes in the
/// same tick, so nothing is kept for long.
final class FolderNames {
  private static final int LARGE = 1000;
  private static final int KEPT_NAMES = 250_000;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Comparator<String> BY_KEY = (a, b) -> KeyOrder.compare(text(a), text(b));

  private final AtomicIntegerArray changes = new AtomicIntegerArray(1024);
  private final Map<Path, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int keptNames;

  private record Kept(String[] names, long folderTime, int change, long since) {}

  /// The names in a folder; none if it is not there.
  String[] of(Path folder) {
    long time = time(folder);
    Kept known = known(folder);
    int change = changes.get(slot(folder));
    if (known != null
        && known.folderTime == time
        && known.change == change
        && System.nanoTime() - known.since < KEPT_NANOS) {
      return known.names;
    }
    long since = System.nanoTime();
    String[] names = folder.toFile().list();
    if (names == null) {
      return new String[0];
    }
    Arrays.sort(names, BY_KEY);
    keep(folder, new Kept(names, time, change, since));
    return names;
  }

  /// Says that a name in a folder was given or taken. To be called after the change and before it
  /// is answered.
  void changed(Path folder) {
    changes.incrementAndGet(slot(folder));
  }

  private int slot(Path folder) {
    return Math.floorMod(folder.hashCode() * 0x9E3779B9 >>> 8, changes.length());
  }

  private synchronized @Nullable Kept known(Path folder) {
    return kept.get(folder);
  }

  private synchronized void keep(Path folder, Kept fresh) {
    Kept before = kept.remove(folder);
    keptNames -= before == null ? 0 : before.names.length;
    if (fresh.names.length < LARGE || fresh.names.length > KEPT_NAMES) {
      return;
    }
    kept.put(folder, fresh);
    keptNames += fresh.names.length;
    var eldest = kept.values().iterator();
    while (keptNames > KEPT_NAMES) {
      keptNames -= eldest.next().names.length;
      eldest.remove();
    }
  }

  private static long time(Path folder) {
    try {
      return MetadataFiles.nanos(
          Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .lastModifiedTime());
    } catch (IOException _) {
      return 0;
    }
  }

  /// What a name adds to the key.
  private static String text(String name) {
    return KeyPath.read(name).map(KeyPath.Name::text).orElse(name);
  }
}
