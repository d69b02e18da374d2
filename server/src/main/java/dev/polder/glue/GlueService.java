package dev.polder.glue;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.glue.GlueClient;

/// AWS Glue: the Data Catalog and the crawlers.
public final class GlueService implements Service<GlueClient> {
  private final Platform platform;
  private final CrawlRunner runner;

  public GlueService(Platform platform) {
    this.platform = platform;
    this.runner = new CrawlRunner(platform);
  }

  @Override
  public Class<GlueClient> type() {
    return GlueClient.class;
  }

  @Override
  public GlueClient client(Scope scope) {
    return new LocalGlue(new Catalog(platform, scope), runner);
  }

  /// Runs again, under the same ids, the crawls that were running when the process ended.
  @Override
  public void start() {
    runner.resume();
  }

  @Override
  public void close() {
    runner.close();
  }
}
