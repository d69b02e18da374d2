package dev.polder.s3;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The objects of a bucket in the order of their keys, found as they are asked for. Opens the
/// folders that can hold a wanted key and no others, and looks at no file before its turn.
///
/// Waiting are folders and names, each with the least key that it can stand for. The least of them
/// is taken: a folder puts its names in its place, a name is looked at and is then an object or a
/// folder.
final class Walk {
  private final FolderNames folders;
  private final Path root;
  private final String prefix;
  private final String delimiter;
  private final PriorityQueue<Node> waiting = new PriorityQueue<>();
  private String after;
  private String beyond = "";
  private @Nullable String last;

  /// What a walk finds.
  sealed interface Item permits Found, Group {}

  /// An object.
  record Found(String key, Path file, BasicFileAttributes attributes) implements Item {}

  /// All objects whose keys begin with this prefix, which ends with the delimiter.
  record Group(String prefix) implements Item {}

  /// Something not looked at yet.
  ///
  /// @param least a lower bound of the keys in it; of an object, its key
  /// @param path below the bucket's folder
  /// @param escaped true if the path has a name that is an escape
  /// @param rest the names that come after this one, or null
  private record Node(String least, String path, Step step, boolean escaped, @Nullable Rest rest)
      implements Comparable<Node> {
    @Override
    public int compareTo(Node other) {
      return KeyOrder.compare(least, other.least);
    }
  }

  /// The names of a folder from one on.
  private record Rest(Node folder, String[] names, int next) {}

  private enum Step {
    /// A name of an object or a folder.
    NAME,
    /// A name of an object that gave way to a folder.
    ASIDE,
    /// A folder, to be opened; its keys begin with `least`.
    FOLDER
  }

  /// @param prefix keys begin with it; may be empty
  /// @param delimiter groups keys that have it after the prefix; empty for none
  /// @param after keys come after it; may be empty
  Walk(FolderNames folders, Path root, String prefix, String delimiter, String after) {
    this.folders = folders;
    this.root = root;
    this.prefix = prefix;
    this.delimiter = delimiter;
    this.after = after;
    String folder = KeyPath.folder(prefix);
    String least = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    waiting.add(new Node(least, folder, Step.FOLDER, folder.contains(".~"), null));
  }

  /// Passes over all keys that begin with `group`.
  void skip(String group) {
    beyond = group;
  }

  /// The next object or group, or null at the end.
  @Nullable Item next() throws IOException {
    for (Node node = waiting.poll(); node != null; node = waiting.poll()) {
      if (node.rest != null) {
        addNext(node.rest);
      }
      if (!beyond.isEmpty() && node.least.startsWith(beyond)) {
        continue;
      }
      Item item = node.step == Step.FOLDER ? folder(node) : name(node);
      if (item instanceof Group group) {
        beyond = group.prefix;
      }
      if (item != null) {
        return item;
      }
    }
    return null;
  }

  private @Nullable Item folder(Node node) throws IOException {
    String group = group(node.least);
    if (group != null && !after.startsWith(group)) {
      return holdsObject(path(node.path)) ? new Group(group) : null;
    }
    addNext(new Rest(node, folders.of(path(node.path)), 0));
    return null;
  }

  /// Adds the first of the names that can stand for a wanted key.
  private void addNext(Rest rest) {
    for (int i = rest.next; i < rest.names.length; i++) {
      var read = KeyPath.read(rest.names[i]);
      if (read.isPresent() && add(rest, i, read.get())) {
        return;
      }
    }
  }

  private boolean add(Rest rest, int index, KeyPath.Name read) {
    Node folder = rest.folder;
    String name = rest.names[index];
    String least = folder.least + read.text();
    if (passed(least)) {
      return false;
    }
    String path = folder.path.isEmpty() ? name : folder.path + "/" + name;
    Step step =
        switch (read.kind()) {
          case WHOLE -> Step.NAME;
          case ASIDE -> Step.ASIDE;
          case PIECE -> Step.FOLDER;
        };
    boolean escaped = folder.escaped || name.startsWith(".~");
    waiting.add(new Node(least, path, step, escaped, new Rest(folder, rest.names, index + 1)));
    return true;
  }

  private @Nullable Item name(Node node) throws IOException {
    Path file = path(node.path);
    var attributes = attributes(file);
    if (attributes == null) {
      return null;
    }
    if (attributes.isDirectory() && node.step == Step.NAME) {
      String least = node.least + "/";
      if (!passed(least)) {
        waiting.add(new Node(least, node.path, Step.FOLDER, node.escaped, null));
      }
      return null;
    }
    return attributes.isRegularFile() ? object(node, file, attributes) : null;
  }

  /// True if no wanted key begins so.
  private boolean passed(String least) {
    boolean reached = least.startsWith(prefix) || prefix.startsWith(least);
    return !reached || KeyOrder.compare(least, after) <= 0 && !after.startsWith(least);
  }

  private @Nullable Item object(Node node, Path file, BasicFileAttributes attributes) {
    String key = node.least;
    boolean wanted =
        key.startsWith(prefix)
            && KeyOrder.compare(key, after) > 0
            && !key.equals(last)
            && (!node.escaped || KeyPath.canonical(node.path, key));
    if (!wanted) {
      return null;
    }
    last = key;
    String group = group(key);
    return group == null ? new Found(key, file, attributes) : new Group(group);
  }

  /// The group that every key with this beginning is in, or null.
  private @Nullable String group(String beginning) {
    if (delimiter.isEmpty() || !beginning.startsWith(prefix)) {
      return null;
    }
    int at = beginning.indexOf(delimiter, prefix.length());
    return at < 0 ? null : beginning.substring(0, at + delimiter.length());
  }

  private Path path(String path) {
    return Path.of(root + "/" + path);
  }

  /// True if there is an object anywhere below a folder.
  static boolean holdsObject(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        var attributes = attributes(entry);
        if (attributes != null
            && (attributes.isRegularFile() || attributes.isDirectory() && holdsObject(entry))) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      return file.getFileSystem()
          .provider()
          .readAttributesIfExists(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      return null; // A name that cannot be looked at is no object.
    }
  }
}
