package dev.polder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.AppSyncService;
import dev.polder.athena.AthenaService;
import dev.polder.cloudformation.CloudFormationService;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.glue.GlueService;
import dev.polder.iam.IamService;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.LambdaService;
import dev.polder.logs.LogsService;
import dev.polder.s3.S3Service;
import dev.polder.scheduler.SchedulerService;
import dev.polder.stepfunctions.StepFunctionsService;
import dev.polder.sts.StsService;
import dev.polder.xray.XRayService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which operations of each service on the class path there are, against the committed page.
///
/// `-Dgolden=update` writes the page anew.
class CoverageTest {
  private static final Path PAGE = Path.of("../docs/COVERAGE.md");

  private static final Scope SCOPE = new Scope("000000000000", "eu-west-1");

  private static final List<Function<Platform, Service<?>>> SERVICES =
      List.of(
          AppSyncService::new,
          AthenaService::new,
          CloudFormationService::new,
          DynamoDbService::new,
          platform -> new DynamoDbService(platform).streams(),
          GlueService::new,
          IamService::new,
          LambdaService::new,
          LogsService::new,
          S3Service::new,
          SchedulerService::new,
          StepFunctionsService::new,
          StsService::new,
          XRayService::new);

  private static final String HEAD =
      """
      # Operations

      Every service whose SDK is on the class path, and its operations as the SDK knows them. This
      page is written by `CoverageTest` (`-Dgolden=update`), which fails when it does not say what
      the code has. What of an operation's members is refused is on the page of its service. An
      operation that is not listed is answered with the protocol's unknown-operation error, by S3
      with `NotImplemented`.

      """;

  @TempDir private Path directory;

  @Test
  void thePageSaysWhichOperationsThereAre() throws IOException {
    String page = page(clients());
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  /// The class of each service's client, by the name of its interface.
  private Map<String, Class<?>> clients() {
    Map<String, Class<?>> clients = new HashMap<>();
    try (var platform = TestPlatform.in(directory)) {
      for (var constructor : SERVICES) {
        try (Service<?> service = constructor.apply(platform.platform())) {
          service.start();
          clients.put(service.type().getName(), service.client(SCOPE).getClass());
        }
      }
    }
    return clients;
  }

  private static String page(Map<String, Class<?>> clients) {
    List<ServiceModel> models = new ArrayList<>(Catalogue.load().services());
    models.sort(Comparator.comparing(ServiceModel::sdkName));
    var table = new StringBuilder("| service | implemented | refused |\n|---|---|---|\n");
    var lists = new StringBuilder();
    for (ServiceModel model : models) {
      Class<?> client = clients.get(model.interfaceName());
      List<String> implemented = implemented(model, client);
      int refused = model.operations().size() - implemented.size();
      table.append(row(model.sdkName(), implemented.size(), refused));
      lists.append("\n## ").append(model.sdkName()).append("\n\n");
      lists.append(implemented.isEmpty() ? "None." : String.join(", ", implemented) + ".");
      lists.append(refused == 0 ? "\n" : " Refused: the other " + refused + ".\n");
    }
    return HEAD + table + lists;
  }

  private static List<String> implemented(ServiceModel model, @Nullable Class<?> client) {
    return model.operations().stream()
        .filter(operation -> client != null && operation.isImplementedBy(client))
        .map(Operation::name)
        .sorted()
        .toList();
  }

  private static String row(String service, int implemented, int refused) {
    return "| " + service + " | " + implemented + " | " + refused + " |\n";
  }
}
