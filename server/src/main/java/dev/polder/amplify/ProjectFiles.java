package dev.polder.amplify;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reading of a project's files, with errors that name them.
final class ProjectFiles {
  private ProjectFiles() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ProjectException("There is no " + file, e);
    } catch (IOException e) {
      throw new ProjectException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// An object in JSON.
  static Map<String, Object> json(Path file) {
    try {
      return Json.parseObject(text(file));
    } catch (Json.Malformed e) {
      throw new ProjectException(file + ": " + e.getMessage(), e);
    }
  }

  /// An object in JSON, empty where the file is missing.
  static Map<String, Object> optionalJson(Path file) {
    return Files.exists(file) ? json(file) : Map.of();
  }

  /// A list in JSON, empty where the file is missing.
  static List<?> optionalList(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Json.parse(text(file)) instanceof List<?> list ? list : List.of();
    } catch (Json.Malformed e) {
      throw new ProjectException(file + ": " + e.getMessage(), e);
    }
  }

  /// The folders in a folder, by name; none where it is missing.
  static List<Path> folders(Path folder) {
    return entries(folder).stream().filter(Files::isDirectory).toList();
  }

  /// What is in a folder but for hidden files, by name; nothing where it is missing.
  static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !name(path).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new ProjectException("Cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /// A member that is an object, empty where it is missing or something else.
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Map<String, Object> parent, String name) {
    return parent.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
