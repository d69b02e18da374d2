package dev.polder.cloudformation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a stack exports, and who imports it.
final class StackExports {
  private final StackStore store;

  StackExports(StackStore store) {
    this.store = store;
  }

  /// Refuses outputs whose exports another stack has, or that lack one that is in use.
  void check(StoredStack stack, List<StoredStack.Output> outputs) throws StepFailed {
    for (StoredStack.Output output : outputs) {
      var other = store.export(stack.scope(), output.export());
      if (!output.export().isEmpty()
          && other.isPresent()
          && !other.get().stackId().equals(stack.arn())) {
        throw new StepFailed(
            "Export with name "
                + output.export()
                + " is already exported by stack "
                + other.get().stackName()
                + ".");
      }
    }
    Set<String> kept = new LinkedHashSet<>();
    outputs.forEach(output -> kept.add(output.export()));
    for (StoredStack.Output old : stack.results().outputs()) {
      List<String> importers = kept.contains(old.export()) ? List.of() : importers(stack, old);
      if (!importers.isEmpty()) {
        throw new StepFailed(inUse(old, importers));
      }
    }
  }

  /// Why a stack cannot be deleted; empty if it can be.
  String inUse(StoredStack stack) {
    for (StoredStack.Output output : stack.results().outputs()) {
      List<String> importers = importers(stack, output);
      if (!importers.isEmpty()) {
        return "Delete canceled. " + inUse(output, importers) + ".";
      }
    }
    return "";
  }

  private List<String> importers(StoredStack stack, StoredStack.Output output) {
    return output.export().isEmpty() ? List.of() : store.importers(stack.scope(), output.export());
  }

  private static String inUse(StoredStack.Output output, List<String> importers) {
    return "Cannot delete export "
        + output.export()
        + " as it is in use by "
        + String.join(", ", importers);
  }
}
