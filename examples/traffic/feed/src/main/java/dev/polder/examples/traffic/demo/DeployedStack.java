package dev.polder.examples.traffic.demo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/// The stack of `template.yaml` as it was deployed: what its outputs and parameters say.
///
/// @param rangeHours how many hours one query fills
record DeployedStack(
    String bucket,
    String database,
    String workGroup,
    String articleMachine,
    String betterMachine,
    int rangeHours) {

  /// Asks CloudFormation.
  ///
  /// @throws DemoException if the stack is not there or not this one
  static DeployedStack describe(CloudFormationClient cloudFormation, String name)
      throws DemoException {
    Stack stack;
    try {
      stack = cloudFormation.describeStacks(request -> request.stackName(name)).stacks().getFirst();
    } catch (CloudFormationException e) {
      throw DemoException.cannotBegin(
          "There is no stack "
              + name
              + " ("
              + e.getMessage()
              + "); deploy it with: ./polder up examples/traffic");
    }
    Map<String, String> values = new HashMap<>();
    stack
        .parameters()
        .forEach(parameter -> values.put(parameter.parameterKey(), parameter.parameterValue()));
    stack.outputs().forEach(output -> values.put(output.outputKey(), output.outputValue()));
    return new DeployedStack(
        value(values, name, "LakeBucket"),
        value(values, name, "DatabaseName"),
        value(values, name, "WorkGroupName"),
        value(values, name, "ArticlePipelineArn"),
        value(values, name, "BetterPipelineArn"),
        Integer.parseInt(values.getOrDefault("MaxPartitionsPerQuery", "24")));
  }

  String machine(String which) {
    return which.equals("article") ? articleMachine : betterMachine;
  }

  private static String value(Map<String, String> values, String stack, String key)
      throws DemoException {
    String value = values.get(key);
    if (value == null) {
      throw DemoException.cannotBegin(
          "The stack " + stack + " has no output " + key + "; is it examples/traffic?");
    }
    return value;
  }
}
