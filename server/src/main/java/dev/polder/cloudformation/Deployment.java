package dev.polder.cloudformation;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts a template on disk, with the files it names, into a stack: `polder up`.
///
/// Does what `aws cloudformation package` and `aws cloudformation deploy` do together. Files go
/// into a bucket under the hash of their content; the stack is made, or updated where something
/// changed, by a change set; its events are printed as they come, and its outputs at the end. Works
/// against any CloudFormation.
public final class Deployment {
  /// The longest template that a request may hold, in bytes; longer ones go through the bucket.
  private static final int BODY = 51_200;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final CloudFormationClient stacks;
  private final Artefacts artefacts;
  private final PrintStream out;

  /// @param bucket where files go; made where it is missing
  /// @param out told what happens
  public Deployment(CloudFormationClient stacks, S3Client s3, String bucket, PrintStream out) {
    this.stacks = stacks;
    this.artefacts = new Artefacts(s3, bucket);
    this.out = out;
  }

  /// A stack that is as its template wants it.
  ///
  /// @param changed false if it was so before
  public record Deployed(boolean changed, Map<String, String> outputs) {}

  /// Deploys a template and waits until that is done.
  ///
  /// @param template a file, or a folder with a `template.yaml`, `.yml` or `.json`
  /// @param parameters those not given keep the value they had in the stack, or their default
  /// @throws DeploymentException saying what is wrong and where; the stack has been rolled back if
  ///   it had begun to change
  public Deployed deploy(Path template, String stackName, Map<String, String> parameters) {
    LocalTemplate.Packaged packaged = LocalTemplate.read(template).packaged(artefacts);
    try {
      Optional<Stack> present = usable(stackName);
      boolean creates = present.isEmpty();
      String changeSet = changeSet(stackName, packaged, parameters, present.orElse(null));
      var described =
          stacks.describeChangeSet(b -> b.stackName(stackName).changeSetName(changeSet));
      if (described.statusAsString().equals("FAILED")) {
        return unchanged(stackName, changeSet, String.valueOf(described.statusReason()));
      }
      String last = lastEvent(stackName);
      out.println((creates ? "Creating" : "Updating") + " the stack " + stackName);
      stacks.executeChangeSet(b -> b.stackName(stackName).changeSetName(changeSet));
      return finished(stackName, follow(stackName, last));
    } catch (CloudFormationException e) {
      var details = e.awsErrorDetails();
      String message = details == null ? String.valueOf(e.getMessage()) : details.errorMessage();
      throw new DeploymentException("Cannot deploy " + stackName + ": " + message, e);
    }
  }

  private Optional<Stack> find(String stackName) {
    try {
      return stacks.describeStacks(b -> b.stackName(stackName)).stacks().stream().findFirst();
    } catch (CloudFormationException e) {
      if (String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The stack if it can be updated; empty if it is to be made. What is left of a creation that
  /// failed is removed first.
  private Optional<Stack> usable(String stackName) {
    Optional<Stack> found = find(stackName);
    if (found.isEmpty()) {
      return found;
    }
    String status = found.get().stackStatusAsString();
    if (status.equals("REVIEW_IN_PROGRESS")) {
      return Optional.empty();
    }
    if (status.endsWith("_IN_PROGRESS")) {
      out.println("Waiting for the stack " + stackName + ", which is in " + status);
      follow(stackName, lastEvent(stackName));
      return usable(stackName);
    }
    if (status.equals("ROLLBACK_COMPLETE") || status.equals("DELETE_FAILED")) {
      out.println("Removing what is left of the stack " + stackName);
      String id = found.get().stackId();
      String last = lastEvent(id);
      stacks.deleteStack(b -> b.stackName(stackName));
      Stack gone = follow(id, last);
      if (!gone.stackStatusAsString().equals("DELETE_COMPLETE")) {
        throw failed(stackName, gone);
      }
      return Optional.empty();
    }
    return found;
  }

  private String changeSet(
      String stackName,
      LocalTemplate.Packaged packaged,
      Map<String, String> parameters,
      @Nullable Stack present) {
    byte[] body = packaged.body().getBytes(StandardCharsets.UTF_8);
    String name = "polder-" + Integer.toHexString(packaged.body().hashCode());
    removeOld(stackName, name);
    var request =
        CreateChangeSetRequest.builder()
            .stackName(stackName)
            .changeSetName(name)
            .changeSetType(present == null ? "CREATE" : "UPDATE")
            .parameters(parameters(packaged, parameters, present))
            .capabilities(
                Capability.CAPABILITY_IAM,
                Capability.CAPABILITY_NAMED_IAM,
                Capability.CAPABILITY_AUTO_EXPAND);
    if (body.length > BODY) {
      String key = artefacts.put(body, ".template");
      request.templateURL("https://" + artefacts.bucket() + ".s3.amazonaws.com/" + key);
    } else {
      request.templateBody(packaged.body());
    }
    stacks.createChangeSet(request.build());
    return name;
  }

  /// A change set of this name that an earlier deployment did not come to execute.
  private void removeOld(String stackName, String changeSet) {
    try {
      stacks.deleteChangeSet(b -> b.stackName(stackName).changeSetName(changeSet));
    } catch (CloudFormationException e) {
      if (!String.valueOf(e.getMessage()).contains("does not exist")) {
        throw e;
      }
    }
  }

  private static List<Parameter> parameters(
      LocalTemplate.Packaged packaged, Map<String, String> given, @Nullable Stack present) {
    List<Parameter> all = new ArrayList<>();
    given.forEach((key, value) ->
        all.add(Parameter.builder().parameterKey(key).parameterValue(value).build()));
    if (present != null) {
      for (Parameter old : present.parameters()) {
        String key = old.parameterKey();
        if (!given.containsKey(key) && packaged.parameters().contains(key)) {
          all.add(Parameter.builder().parameterKey(key).usePreviousValue(true).build());
        }
      }
    }
    return all;
  }

  private Deployed unchanged(String stackName, String changeSet, String reason) {
    stacks.deleteChangeSet(b -> b.stackName(stackName).changeSetName(changeSet));
    boolean nothing =
        reason.contains("didn't contain changes") || reason.contains("No updates are to be");
    if (!nothing) {
      throw new DeploymentException("Cannot deploy " + stackName + ": " + reason, null);
    }
    out.println("The stack " + stackName + " is up to date");
    Stack stack = find(stackName).orElseThrow();
    print(outputs(stack));
    return new Deployed(false, outputs(stack));
  }

  private Deployed finished(String stackName, Stack stack) {
    String status = stack.stackStatusAsString();
    if (!status.equals("CREATE_COMPLETE") && !status.equals("UPDATE_COMPLETE")) {
      throw failed(stackName, stack);
    }
    print(outputs(stack));
    return new Deployed(true, outputs(stack));
  }

  /// With the reason of the first failure since the operation began.
  private DeploymentException failed(String stackName, Stack stack) {
    String why = "";
    for (StackEvent event :
        stacks.describeStackEvents(b -> b.stackName(stack.stackId())).stackEvents()) {
      if (String.valueOf(event.resourceStatusReason()).equals("User Initiated")) {
        break;
      }
      if (event.resourceStatusAsString().endsWith("_FAILED")
          && event.resourceStatusReason() != null) {
        why = ": " + event.logicalResourceId() + ": " + event.resourceStatusReason();
      }
    }
    return new DeploymentException(
        "The stack " + stackName + " is in " + stack.stackStatusAsString() + why, null);
  }

  private static Map<String, String> outputs(Stack stack) {
    Map<String, String> outputs = new LinkedHashMap<>();
    stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    return outputs;
  }

  private void print(Map<String, String> outputs) {
    int width = outputs.keySet().stream().mapToInt(String::length).max().orElse(0);
    outputs.forEach((key, value) -> out.println(padded(key, width) + "  " + value));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String lastEvent(String stackName) {
    return stacks.describeStackEvents(b -> b.stackName(stackName)).stackEvents().stream()
        .findFirst()
        .map(StackEvent::eventId)
        .orElse("");
  }

  /// Prints events after one until the stack is at rest.
  private Stack follow(String stackName, String after) {
    String last = after;
    while (true) {
      Stack stack = stacks.describeStacks(b -> b.stackName(stackName)).stacks().getFirst();
      for (StackEvent event : since(stackName, last)) {
        print(event);
        last = event.eventId();
      }
      String status = stack.stackStatusAsString();
      if (!status.endsWith("_IN_PROGRESS") || status.equals("REVIEW_IN_PROGRESS")) {
        return stack;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new DeploymentException("Interrupted; the stack goes on by itself", null);
      }
    }
  }

  /// The first one first.
  private List<StackEvent> since(String stackName, String last) {
    List<StackEvent> events = new ArrayList<>();
    for (StackEvent event :
        stacks.describeStackEventsPaginator(b -> b.stackName(stackName)).stackEvents()) {
      if (event.eventId().equals(last)) {
        break;
      }
      events.add(event);
    }
    return events.reversed();
  }

  private void print(StackEvent event) {
    String reason = event.resourceStatusReason();
    out.println(
        "  "
            + padded(event.resourceStatusAsString(), 36)
            + padded(event.resourceType(), 34)
            + event.logicalResourceId()
            + (reason == null ? "" : "  " + reason));
  }
}
