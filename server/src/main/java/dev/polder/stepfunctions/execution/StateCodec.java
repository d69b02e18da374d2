package dev.polder.stepfunctions.execution;

import java.util.ArrayList;
import java.util.List;

/// The state of an execution as bytes: one value for what belongs to the whole and the branch 0,
/// one for every other branch, so that a large fork does not make every turn write much.
final class StateCodec {
  private StateCodec() {}

  static byte[] write(ExecutionState state) {
    Bytes out = Bytes.empty();
    out.number(state.entries())
        .number(state.lastEvent())
        .number(state.nextBranch())
        .number(state.redrives());
    write(out, state.branch(Branch.ROOT));
    return out.written();
  }

  static ExecutionState read(byte[] bytes) {
    Bytes in = Bytes.of(bytes);
    var state = new ExecutionState(in.number(), in.number(), in.small(), in.small());
    state.restore(branch(in));
    return state;
  }

  static byte[] write(Branch branch) {
    Bytes out = Bytes.empty();
    write(out, branch);
    return out.written();
  }

  static Branch branch(byte[] bytes) {
    return branch(Bytes.of(bytes));
  }

  private static void write(Bytes out, Branch branch) {
    out.number(branch.id)
        .number(branch.parent)
        .number(branch.index)
        .number(branch.chain)
        .payload(branch.input);
    LogCodec.write(out, branch.item, branch.input);
    out.text(branch.state)
        .number(branch.enteredId)
        .number(branch.chainBefore)
        .number(branch.enteredAt)
        .number(branch.attempts.size());
    branch.attempts.forEach(out::number);
    out.number(branch.variables.size());
    branch.variables.forEach((name, value) -> out.text(name).payload(value));
    StandingCodec.write(out, branch.standing);
  }

  private static Branch branch(Bytes in) {
    int id = in.small();
    int parent = in.small();
    int index = in.small();
    long chain = in.number();
    Payload input = in.payload();
    var branch = new Branch(id, parent, index, chain, input, LogCodec.item(in, input));
    branch.state = in.text();
    branch.enteredId = in.number();
    branch.chainBefore = in.number();
    branch.enteredAt = in.number();
    int attempts = in.small();
    List<Integer> used = new ArrayList<>(attempts);
    for (int i = 0; i < attempts; i++) {
      used.add(in.small());
    }
    branch.attempts = List.copyOf(used);
    int variables = in.small();
    for (int i = 0; i < variables; i++) {
      branch.variables.put(in.text(), in.payload());
    }
    branch.standing = StandingCodec.read(in);
    return branch;
  }
}
