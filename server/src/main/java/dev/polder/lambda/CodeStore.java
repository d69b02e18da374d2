package dev.polder.lambda;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Folders;
import dev.polder.kernel.Ids;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Deployment packages as files: `<id>/code.zip`, and `<id>/task` with what of it is not a class.
/// The id is the content's SHA-256, so equal packages are one. Only the zip has to survive a crash;
/// the rest is made from it when a process first needs it.
final class CodeStore {
  /// The limits of https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html in
  /// bytes.
  private static final long UNZIPPED = 262_144_000;

  private final Path root;
  private final Ids ids;
  private final Set<String> unpacked = ConcurrentHashMap.newKeySet();

  CodeStore(Path root, Ids ids) {
    this.root = root;
    this.ids = ids;
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps a package; it is on disk when this returns.
  ///
  /// @throws software.amazon.awssdk.services.lambda.model.InvalidParameterValueException if it is
  ///   no zip, damaged, unsafe or too large
  FunctionConfig.Code put(byte[] zip) {
    var code = new FunctionConfig.Code(Digests.sha256Hex(zip), zip.length);
    try {
      Path folder = root.resolve(code.id());
      if (Files.exists(folder.resolve("code.zip"))) {
        return code;
      }
      Path aside = root.resolve(".new-" + ids.uuid());
      Files.createDirectory(aside);
      try {
        Path file = aside.resolve("code.zip");
        write(file, zip);
        check(file);
        publish(aside, folder);
      } finally {
        Folders.remove(aside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a deployment package", e);
    }
    return code;
  }

  private void publish(Path aside, Path folder) throws IOException {
    sync(aside);
    try {
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      return; // the same package, put by somebody else meanwhile
    } catch (FileSystemException e) {
      if (!Files.exists(folder.resolve("code.zip"))) {
        throw e;
      }
    }
    sync(root);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(file, CREATE_NEW, WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  /// Reads every entry to its end: its checksum, its true size, and a name that stays inside.
  private static void check(Path file) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.size() == 0) {
        throw LambdaErrors.invalid("Uploaded file must be a non-empty zip");
      }
      long left = UNZIPPED;
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!isSafe(entry.getName())) {
          throw LambdaErrors.notUnzipped();
        }
        left -= unzipped(zip, entry, left);
      }
    } catch (ZipException | EOFException e) {
      throw LambdaErrors.notUnzipped();
    }
  }

  /// The true size of an entry; refused if it is more than so much.
  private static long unzipped(ZipFile zip, ZipEntry entry, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > most) {
          throw LambdaErrors.invalid("Unzipped size must be smaller than " + UNZIPPED + " bytes");
        }
      }
    }
    return size;
  }

  private static boolean isSafe(String name) {
    if (name.isEmpty() || name.startsWith("/") || name.contains("\\") || name.indexOf(0) >= 0) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || part.equals(".") || part.endsWith(":")) {
        return false;
      }
    }
    return !name.contains("//");
  }

  /// The zip of a package.
  Path zip(String id) {
    return root.resolve(id).resolve("code.zip");
  }

  /// What a function sees as `LAMBDA_TASK_ROOT`: everything of the package but its classes.
  Path task(String id) {
    Path task = root.resolve(id).resolve("task");
    unpack(id, task);
    return task;
  }

  /// The class path of a Java function: the package, the jars in its `lib` by their names, and
  /// those in `java/lib` of its layers.
  List<Path> classPath(String id, List<Settings.UsedLayer> layers) {
    List<Path> path = new ArrayList<>();
    path.add(zip(id));
    addJars(task(id).resolve("lib"), path);
    for (Settings.UsedLayer layer : layers) {
      addJars(task(layer.code().id()).resolve("java").resolve("lib"), path);
    }
    return path;
  }

  private static void addJars(Path lib, List<Path> path) {
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(path::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void unpack(String id, Path task) {
    if (unpacked.contains(id)) {
      return;
    }
    try {
      Folders.remove(task); // may be half made, by a process that was killed
      Files.createDirectories(task);
      try (var zip = new ZipFile(zip(id).toFile())) {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
          unpack(zip, all.nextElement(), task);
        }
      }
      markExecutable(zip(id), task);
      unpacked.add(id);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack the code " + id, e);
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path task) throws IOException {
    Path file = task.resolve(entry.getName());
    if (entry.isDirectory() || entry.getName().endsWith(".class") || !file.startsWith(task)) {
      return;
    }
    Files.createDirectories(file.getParent());
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
  }

  /// Programs stay programs: what made the zip wrote down which files may be run.
  private static void markExecutable(Path zip, Path task) throws IOException {
    try (var entries =
        org.apache.commons.compress.archivers.zip.ZipFile.builder().setPath(zip).get()) {
      for (var entry : Collections.list(entries.getEntries())) {
        Path file = task.resolve(entry.getName());
        boolean program = (entry.getUnixMode() & 0100) != 0 && !entry.isDirectory();
        if (program && file.startsWith(task) && !file.toFile().setExecutable(true, false)) {
          throw new IOException("Cannot make " + file + " executable");
        }
      }
    }
  }

  /// Removes every package that is not named, and what a crash left behind.
  void keepOnly(Set<String> used) {
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.toList()) {
        String name = folder.getFileName().toString();
        if (!used.contains(name)) {
          unpacked.remove(name);
          Folders.remove(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
