package dev.polder.sts;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.Sessions;
import software.amazon.awssdk.services.sts.StsClient;

/// STS of this process: GetCallerIdentity, AssumeRole and GetSessionToken. There are no permissions
/// to check, so every role may be assumed.
public final class StsService implements Service<StsClient> {
  private final Platform platform;
  private final SealedSessions sessions;

  public StsService(Platform platform) {
    this.platform = platform;
    this.sessions = new SealedSessions(platform.store(), platform.ids(), platform.time());
  }

  @Override
  public Class<StsClient> type() {
    return StsClient.class;
  }

  @Override
  public StsClient client(Scope scope) {
    return new LocalSts(scope, sessions, platform.time());
  }

  /// The credentials issued here, for whoever authenticates requests.
  public Sessions sessions() {
    return sessions;
  }
}
