package dev.polder.cloudformation;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/// AWS CloudFormation in this process.
public final class CloudFormationService implements Service<CloudFormationClient> {
  private static final System.Logger LOG = System.getLogger(CloudFormationService.class.getName());

  private final Platform platform;
  private final StackStore store;
  private volatile boolean closing;

  public CloudFormationService(Platform platform) {
    this.platform = platform;
    this.store = new StackStore(platform.store(), platform.ids());
  }

  @Override
  public Class<CloudFormationClient> type() {
    return CloudFormationClient.class;
  }

  @Override
  public CloudFormationClient client(Scope scope) {
    return new LocalCloudFormation(platform, store, scope, this::run);
  }

  /// Goes on with the operations that were in hand.
  @Override
  public void start() {
    store.open().forEach(this::run);
  }

  private void run(StoredStack stack) {
    platform.time().run("stack-" + stack.name(), () -> carryOn(stack));
  }

  /// A defect leaves the operation where it is; the next process takes it up again.
  private void carryOn(StoredStack stack) {
    try {
      new StackProcess(platform, store, stack, () -> closing).run();
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.log(System.Logger.Level.ERROR, "The stack " + stack.arn() + " is stuck", e);
      }
    }
  }

  /// Lets operations rest after the step that they take.
  @Override
  public void close() {
    closing = true;
  }
}
