package dev.polder.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.TestPlatform;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/// Makes, changes and removes stacks, and waits for what becomes of them.
record StackFixture(TestPlatform platform) {
  private CloudFormationClient stacks() {
    return platform.client(CloudFormationClient.class);
  }

  Stack create(String name, String template) throws Exception {
    return settled(
        stacks()
            .createStack(b ->
                b.stackName(name)
                    .templateBody(template)
                    .capabilities(
                        Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND))
            .stackId());
  }

  Stack update(String name, String template) throws Exception {
    stacks()
        .updateStack(b ->
            b.stackName(name)
                .templateBody(template)
                .capabilities(Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND));
    return settled(name);
  }

  Stack delete(Stack stack) throws Exception {
    stacks().deleteStack(b -> b.stackName(stack.stackId()));
    return settled(stack.stackId());
  }

  /// A real wait for work of other threads; ends the test if that never comes.
  private Stack settled(String name) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      Stack stack = stacks().describeStacks(b -> b.stackName(name)).stacks().getFirst();
      if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
        return stack;
      }
      assertThat(System.nanoTime()).as(stack.stackStatusAsString()).isLessThan(end);
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  static Map<String, String> outputs(Stack stack) {
    assertThat(stack.stackStatusAsString())
        .as(String.valueOf(stack.stackStatusReason()))
        .isIn("CREATE_COMPLETE", "UPDATE_COMPLETE");
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /// Why a resource failed last.
  Optional<String> failure(Stack stack) {
    return stacks().describeStackEvents(b -> b.stackName(stack.stackId())).stackEvents().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .map(StackEvent::resourceStatusReason)
        .findFirst();
  }
}
