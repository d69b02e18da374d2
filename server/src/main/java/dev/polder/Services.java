package dev.polder;

import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.auth.DevelopmentIssuer;
import dev.polder.appsync.auth.KeySource;
import dev.polder.athena.AthenaService;
import dev.polder.athena.engine.DuckDbEngine;
import dev.polder.athena.engine.EngineLimits;
import dev.polder.cloudformation.CloudFormationService;
import dev.polder.config.Config;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.glue.GlueService;
import dev.polder.iam.IamService;
import dev.polder.kernel.LateLake;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Service;
import dev.polder.lambda.LambdaService;
import dev.polder.lambda.runtime.Environments;
import dev.polder.logs.LogsService;
import dev.polder.s3.S3Service;
import dev.polder.scheduler.SchedulerService;
import dev.polder.stepfunctions.StepFunctionsOptions;
import dev.polder.stepfunctions.StepFunctionsService;
import dev.polder.sts.StsService;
import dev.polder.xray.XRayService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The services of this process, each constructed after those that it calls when it starts.
///
/// @param all of them, in that order
record Services(
    S3Service s3,
    StsService sts,
    IamService iam,
    LambdaService lambda,
    AppSyncService appSync,
    List<Service<?>> all) {

  /// @param lake told where the lake is
  /// @param keys of the issuers whose tokens GraphQL APIs believe
  /// @param issuer of tokens for development; null for none
  static Services of(
      Platform platform,
      Config config,
      LateLake lake,
      KeySource keys,
      @Nullable DevelopmentIssuer issuer) {
    var s3 = new S3Service(platform);
    lake.set(s3.lake());
    var sts = new StsService(platform);
    var iam = new IamService(platform);
    var lambda = new LambdaService(platform, Environments.Limits.DEFAULT, config.runtimes());
    var dynamodb = new DynamoDbService(platform);
    var appSync =
        new AppSyncService(platform)
            .with(keys, issuer)
            .with(iam.permissions())
            .with(config.httpHosts());
    List<Service<?>> all =
        List.of(
            s3,
            sts,
            new LogsService(platform),
            new GlueService(platform),
            athena(config, platform),
            iam,
            lambda,
            stepFunctions(config, platform),
            new SchedulerService(platform),
            new CloudFormationService(platform),
            dynamodb,
            dynamodb.streams(),
            new XRayService(platform),
            appSync);
    return new Services(s3, sts, iam, lambda, appSync, all);
  }

  private static AthenaService athena(Config config, Platform platform) {
    int queries = config.athenaQueries();
    EngineLimits shared = EngineLimits.of(queries);
    var limits =
        new EngineLimits(
            config.athenaMegabytes().orElse(shared.memoryMegabytes()), config.athenaThreads());
    var engine = new DuckDbEngine(config.data().resolve("athena").resolve("spill"), limits);
    return new AthenaService(platform, queries, engine);
  }

  private static StepFunctionsService stepFunctions(Config config, Platform platform) {
    return new StepFunctionsService(
        platform,
        new StepFunctionsOptions(
            config.sfnMockConfig(), config.httpHosts(), config.httpConnections()));
  }

  /// What they are called at AWS, in the order of the alphabet.
  List<String> names() {
    return all.stream()
        .map(service -> service.type().getPackageName())
        .map(name -> name.substring(name.indexOf(".services.") + 10).replace(".", ""))
        .sorted()
        .toList();
  }
}
