package dev.polder.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Await;
import dev.polder.kernel.TestPlatform;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/// Makes, changes and removes stacks, and waits for what becomes of them.
record StackFixture(CloudFormationClient client) {
  static StackFixture of(TestPlatform platform) {
    return new StackFixture(platform.client(CloudFormationClient.class));
  }

  Stack create(String name, String template) throws Exception {
    return settled(
        client
            .createStack(b ->
                b.stackName(name)
                    .templateBody(template)
                    .capabilities(
                        Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND))
            .stackId());
  }

  Stack update(String name, String template, Parameter... parameters) throws Exception {
    client.updateStack(b ->
        b.stackName(name)
            .templateBody(template)
            .parameters(parameters)
            .capabilities(Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND));
    return settled(name);
  }

  Stack delete(Stack stack) throws Exception {
    client.deleteStack(b -> b.stackName(stack.stackId()));
    return settled(stack.stackId());
  }

  /// A stack once nothing is in hand with it.
  Stack settled(String name) throws Exception {
    Await.until(() -> !stack(name).stackStatusAsString().endsWith("_IN_PROGRESS"));
    return stack(name);
  }

  private Stack stack(String name) {
    return client.describeStacks(b -> b.stackName(name)).stacks().getFirst();
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
    return client.describeStackEvents(b -> b.stackName(stack.stackId())).stackEvents().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .map(StackEvent::resourceStatusReason)
        .findFirst();
  }
}
