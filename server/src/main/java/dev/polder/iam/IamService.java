package dev.polder.iam;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.iam.IamClient;

/// AWS IAM's roles in this process.
public final class IamService implements Service<IamClient> {
  private final Platform platform;

  public IamService(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Class<IamClient> type() {
    return IamClient.class;
  }

  @Override
  public IamClient client(Scope scope) {
    return new LocalIam(platform, scope.account());
  }
}
