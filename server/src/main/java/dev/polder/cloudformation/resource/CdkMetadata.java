package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;

/// `AWS::CDK::Metadata`: what the CDK tells AWS of itself, in every template that it writes. It is
/// nothing.
final class CdkMetadata implements ResourceType {
  @Override
  public String name() {
    return "AWS::CDK::Metadata";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(Map.of("Analytics", Shape.SCALAR, "Modules", Shape.SCALAR), Set.of());
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public Set<String> replacing() {
    return Set.of();
  }

  @Override
  public Made create(ResourceCall call) {
    return Made.named(call.generatedName(64), Map.of());
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {}
}
