package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/// Paths of which none may lead to, into or across another.
final class PathSet {
  private final Problems problems;
  private final List<Path> paths = new ArrayList<>();

  PathSet(Problems problems) {
    this.problems = problems;
  }

  List<Path> paths() {
    return List.copyOf(paths);
  }

  void add(Path path) {
    paths.forEach(earlier -> compare(earlier, path));
    paths.add(path);
  }

  private void compare(Path one, Path two) {
    int common = Math.min(one.elements().size(), two.elements().size());
    for (int i = 0; i < common; i++) {
      Path.Element a = one.elements().get(i);
      Path.Element b = two.elements().get(i);
      if (a.getClass() != b.getClass()) {
        problems.add(Problems.Kind.CONFLICT, between("conflict", one, two));
        return;
      }
      if (!a.equals(b)) {
        return;
      }
    }
    problems.add(Problems.Kind.OVERLAP, between("overlap", one, two));
  }

  private static String between(String relation, Path one, Path two) {
    return "Two document paths "
        + relation
        + " with each other; must remove or rewrite one of these paths; path one: "
        + one
        + ", path two: "
        + two;
  }
}
