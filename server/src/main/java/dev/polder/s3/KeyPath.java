package dev.polder.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a key is spelt as a path below its bucket.
///
/// An ordinary key is its own path. What a file system cannot take is spelt with names that begin
/// with `.~`, in which `%` is `%25`, NUL is `%00` and all else is itself:
/// - `.~` is a segment that is empty;
/// - `.~=text` is a segment that is `.` or `..`, has a NUL, or itself begins with `.~`;
/// - `.~+text` is a folder that holds the rest of a segment of over 255 bytes; its last piece is a
///   `.~=` or `.~@`;
/// - `.~@text` is an object `text` where a folder has the name.
///
/// The map is one to one and never leaves the bucket's folder. The longest path of a key is some
/// 3,600 bytes, within the 4,096 that Linux takes.
final class KeyPath {
  private static final String MARK = ".~";
  private static final int NAME_BYTES = 255;
  private static final int PIECE_BYTES = 240;

  private KeyPath() {}

  /// A name in a folder, read.
  ///
  /// @param text what it adds to the key
  record Name(Kind kind, String text) {}

  /// What a name stands for.
  enum Kind {
    /// An object, or a folder whose name ends here.
    WHOLE,
    /// A folder in which the segment goes on.
    PIECE,
    /// An object that gave way to a folder.
    ASIDE
  }

  /// The path of an object, `/` between names.
  static String of(String key) {
    if (ordinary(key)) {
      return key;
    }
    var path = new ArrayList<String>();
    for (String segment : key.split("/", -1)) {
      append(path, segment, "=");
    }
    return String.join("/", path);
  }

  /// The path of an object that gave way to a folder of its name.
  static String aside(String key) {
    int slash = key.lastIndexOf('/');
    var path = new ArrayList<String>();
    if (slash >= 0) {
      path.add(of(key.substring(0, slash)));
    }
    append(path, key.substring(slash + 1), "@");
    return String.join("/", path);
  }

  /// The folder that holds every key that begins with `prefix` up to its last slash; empty for the
  /// bucket's own.
  static String folder(String prefix) {
    int slash = prefix.lastIndexOf('/');
    return slash < 0 ? "" : of(prefix.substring(0, slash));
  }

  /// Reads a name in a folder; empty if it cannot come from a key.
  static Optional<Name> read(String name) {
    if (!name.startsWith(MARK)) {
      return Optional.of(new Name(Kind.WHOLE, name));
    }
    if (name.length() == MARK.length()) {
      return Optional.of(new Name(Kind.WHOLE, ""));
    }
    String text = name.substring(MARK.length() + 1).replace("%00", "\0").replace("%25", "%");
    return switch (name.charAt(MARK.length())) {
      case '=' -> Optional.of(new Name(Kind.WHOLE, text));
      case '+' -> Optional.of(new Name(Kind.PIECE, text));
      case '@' -> Optional.of(new Name(Kind.ASIDE, text));
      default -> Optional.empty();
    };
  }

  /// True if a path with escapes is the one that [#of] or [#aside] gives for this key.
  static boolean canonical(String path, String key) {
    return path.equals(of(key)) || path.equals(aside(key));
  }

  private static boolean ordinary(String key) {
    int start = 0;
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', start)) {
      if (odd(key, start, slash)) {
        return false;
      }
      start = slash + 1;
    }
    return !odd(key, start, key.length()) && key.indexOf('\0') < 0;
  }

  private static boolean odd(String key, int start, int end) {
    int length = end - start;
    return length == 0
        || length == 1 && key.charAt(start) == '.'
        || length == 2 && key.startsWith("..", start)
        || key.startsWith(MARK, start) && length >= 2
        || length > NAME_BYTES / 3 && bytes(key.substring(start, end)) > NAME_BYTES;
  }

  private static void append(List<String> path, String segment, String kind) {
    boolean plain = kind.equals("=") && !odd(segment, 0, segment.length());
    if (plain && segment.indexOf('\0') < 0) {
      path.add(segment);
      return;
    }
    if (segment.isEmpty() && kind.equals("=")) {
      path.add(MARK);
      return;
    }
    String text = segment.replace("%", "%25").replace("\0", "%00");
    String rest = text;
    while (bytes(MARK + kind + rest) > NAME_BYTES) {
      int cut = cut(rest);
      path.add(MARK + "+" + rest.substring(0, cut));
      rest = rest.substring(cut);
    }
    path.add(MARK + kind + rest);
  }

  /// The end of the longest piece that cuts neither a character nor an escape in two.
  private static int cut(String text) {
    int at = 0;
    int bytes = 0;
    while (true) {
      int c = text.codePointAt(at);
      int unit = c == '%' ? 3 : Character.charCount(c);
      bytes += c == '%' ? 3 : bytes(Character.toString(c));
      if (bytes > PIECE_BYTES) {
        return at;
      }
      at += unit;
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
