package dev.polder.xray;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.xray.XRayClient;

/// AWS X-Ray in this process. Traces are those of the whole process, whatever the account and
/// region.
public final class XRayService implements Service<XRayClient> {
  private final XRayClient client;

  public XRayService(Platform platform) {
    this.client = new LocalXRay(platform.tracer());
  }

  @Override
  public Class<XRayClient> type() {
    return XRayClient.class;
  }

  @Override
  public XRayClient client(Scope scope) {
    return client;
  }
}
