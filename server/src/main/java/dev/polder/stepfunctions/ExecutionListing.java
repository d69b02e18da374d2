package dev.polder.stepfunctions;

import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Type;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Head;
import dev.polder.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;

/// One page of the executions of a state machine or a map run.
final class ExecutionListing {
  private final Engine engine;
  private final Scope scope;
  private final ListExecutionsRequest request;
  private final int size;
  private final List<ExecutionListItem> items = new ArrayList<>();
  private @Nullable Key last;
  private boolean more;

  ExecutionListing(Engine engine, Scope scope, ListExecutionsRequest request) {
    this.engine = engine;
    this.scope = scope;
    this.request = request;
    check(request);
    this.size = Constraints.page(request.maxResults());
  }

  private static void check(ListExecutionsRequest request) {
    if (request.statusFilter() == ExecutionStatus.UNKNOWN_TO_SDK_VERSION) {
      throw Constraints.failed(
          request.statusFilterAsString(),
          "statusFilter",
          "Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED,"
              + " FAILED, RUNNING]");
    }
    if (request.stateMachineArn() == null && request.mapRunArn() == null) {
      throw StepFunctionsErrors.validation(
          "1 validation error detected: Must provide a StateMachine ARN or MapRun ARN");
    }
    if (request.stateMachineArn() != null && request.mapRunArn() != null) {
      throw StepFunctionsErrors.validation(
          "1 validation error detected: Must provide only one of StateMachine ARN and MapRun ARN");
    }
  }

  ListExecutionsResponse answer() {
    Key after = PageToken.parse(request.nextToken(), 3096);
    if (request.stateMachineArn() == null) {
      read(new MapRunOperations(engine, scope).listedUnder(request.mapRunArn()), after, 0, null);
    } else {
      MachineArn arn = MachineArn.parse(request.stateMachineArn(), "stateMachineArn", scope);
      StateMachine machine = engine.machine(arn);
      if (machine.type() == Type.EXPRESS) {
        throw StepFunctionsErrors.typeNotSupported();
      }
      read(machine.name(), after, machine.created(), arn);
    }
    return ListExecutionsResponse.builder()
        .executions(items)
        .nextToken(more ? PageToken.of(Objects.requireNonNull(last)) : null)
        .build();
  }

  private void read(
      String machine, @Nullable Key after, long from, @Nullable MachineArn qualified) {
    engine.executions().list(scope, machine, after, from, head -> take(head, qualified));
  }

  /// True if more may come.
  private boolean take(Head head, @Nullable MachineArn qualified) {
    if (!isWanted(head, qualified)) {
      return true;
    }
    if (items.size() == size) {
      more = true;
      return false;
    }
    items.add(listed(head));
    last = ExecutionStore.position(head);
    return true;
  }

  private boolean isWanted(Head head, @Nullable MachineArn qualified) {
    String status = request.statusFilterAsString();
    if (status != null && !status.equals(head.status().name())) {
      return false;
    }
    String redrive = request.redriveFilterAsString();
    if (redrive != null && redrive.equals("REDRIVEN") != (head.redrives() > 0)) {
      return false;
    }
    Execution.MapChild child = head.parent();
    if (request.mapRunArn() != null) {
      return child != null && child.mapRunArn().equals(request.mapRunArn());
    }
    if (qualified == null || qualified.qualifier() == null) {
      return true;
    }
    return qualified.text().equals(qualified.isVersion() ? head.versionArn() : head.aliasArn());
  }

  private static ExecutionListItem listed(Head head) {
    return ExecutionListItem.builder()
        .executionArn(head.key().arn())
        .stateMachineArn(head.machineArn())
        .stateMachineVersionArn(head.versionArn())
        .stateMachineAliasArn(head.aliasArn())
        .name(head.key().name())
        .status(head.status().name())
        .startDate(ExecutionOperations.instant(head.started()))
        .stopDate(ExecutionOperations.instant(head.stopped()))
        .mapRunArn(head.parent() == null ? null : head.parent().mapRunArn())
        .redriveCount(head.redrives())
        .redriveDate(ExecutionOperations.instant(head.redriven()))
        .build();
  }
}
