package dev.polder.lambda;

import dev.polder.kernel.LocalHttp;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.lambda.runtime.Environments;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// AWS Lambda in this process.
public final class LambdaService implements Service<LambdaClient> {
  private final Platform platform;
  private final Environments.Limits limits;
  private final Path modules;
  private LocalHttp server = LocalHttp.NONE;
  private @Nullable Parts parts;

  /// What the operations share.
  record Parts(
      Platform platform,
      Catalogue catalogue,
      CodeStore code,
      Invoker invoker,
      AsyncInvocations async,
      StreamWorkers streams) {}

  public LambdaService(Platform platform) {
    this(platform, Environments.Limits.DEFAULT, platform.data().resolve("modules"));
  }

  /// @param limits how many functions may be loaded, and for how long
  /// @param modules the modules that runtimes provide, as `polder runtimes install` puts them
  public LambdaService(Platform platform, Environments.Limits limits, Path modules) {
    this.platform = platform;
    this.limits = limits;
    this.modules = modules;
  }

  /// Lets functions of this process call this server without a socket. To be said before the start.
  public LambdaService with(LocalHttp local) {
    server = local;
    return this;
  }

  @Override
  public Class<LambdaClient> type() {
    return LambdaClient.class;
  }

  @Override
  public LambdaClient client(Scope scope) {
    return new LocalLambda(Objects.requireNonNull(parts, "not started"), scope);
  }

  /// Removes code that nothing uses and takes up the events that wait for their invocation.
  @Override
  public void start() {
    var catalogue = new Catalogue(platform.store());
    var code = new CodeStore(platform.data().resolve("lambda").resolve("code"), platform.ids());
    code.keepOnly(catalogue.codeInUse());
    var invoker = new Invoker(platform, code, limits, modules, server);
    var async = new AsyncInvocations(platform.store(), platform.time(), catalogue, invoker);
    var mappings = new MappingStore(platform.store());
    var streams = new StreamWorkers(platform, mappings, catalogue, invoker);
    parts = new Parts(platform, catalogue, code, invoker, async, streams);
    async.start();
    streams.start();
  }

  /// Ends what runs. Events whose invocation was under way are taken up by the next process.
  @Override
  public void close() {
    Parts open = parts;
    if (open != null) {
      open.streams().close();
      open.async().close();
      open.invoker().close();
      open.streams().awaitEnd();
    }
  }
}
