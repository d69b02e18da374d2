package dev.polder.glue;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.glue.GlueClient;

/// AWS Glue: the Data Catalog and the crawlers.
public final class GlueService implements Service<GlueClient> {
  private final Platform platform;

  public GlueService(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Class<GlueClient> type() {
    return GlueClient.class;
  }

  @Override
  public GlueClient client(Scope scope) {
    return new LocalGlue(new Catalog(platform, scope));
  }
}
