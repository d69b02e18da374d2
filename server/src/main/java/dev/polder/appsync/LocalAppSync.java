package dev.polder.appsync;

import software.amazon.awssdk.services.appsync.AppSyncClient;

/// AppSync's management API as one account and region sees it.
final class LocalAppSync implements AppSyncClient {
  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
