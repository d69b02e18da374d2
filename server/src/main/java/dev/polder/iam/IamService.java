package dev.polder.iam;

import dev.polder.kernel.Permissions;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.iam.IamClient;

/// AWS IAM's roles in this process.
public final class IamService implements Service<IamClient> {
  private final Platform platform;
  private final Permissions permissions;

  public IamService(Platform platform) {
    this.platform = platform;
    this.permissions = new RolePermissions(platform);
  }

  /// What the policies of roles let their sessions do.
  public Permissions permissions() {
    return permissions;
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
