package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.asl.Resource.Pattern;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The optimized integrations, and in which patterns each action can be called
/// (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html).
final class Integrations {
  /// Service, actions, and the patterns besides request-response. `glue:startCrawler` is Polder's
  /// own: the real service does not wait for crawlers.
  private static final String TABLE =
      """
      apigateway        invoke                                                      | token
      athena            startQueryExecution                                         | sync
      athena            stopQueryExecution getQueryExecution getQueryResults        |
      batch             submitJob                                                   | sync
      bedrock           invokeModel                                                 |
      bedrock           createModelCustomizationJob                                 | sync
      bedrockagentcore  invokeHarness                                               |
      codebuild         startBuild startBuildBatch                                  | sync
      codebuild         stopBuild batchDeleteBuilds batchGetReports                 |
      databrew          startJobRun                                                 | sync
      dynamodb          getItem putItem updateItem deleteItem                       |
      ecs               runTask                                                     | sync token
      eks               createCluster deleteCluster createNodegroup deleteNodegroup | sync
      eks               createFargateProfile deleteFargateProfile runJob            | sync
      eks               call                                                        |
      elasticmapreduce  createCluster terminateCluster addStep                      | sync
      elasticmapreduce  cancelStep setClusterTerminationProtection                  |
      elasticmapreduce  modifyInstanceFleetByName modifyInstanceGroupByName         |
      emr-containers    createVirtualCluster                                        |
      emr-containers    deleteVirtualCluster startJobRun                            | sync
      emr-serverless    createApplication startApplication stopApplication          | sync
      emr-serverless    deleteApplication startJobRun cancelJobRun                  | sync
      events            putEvents                                                   | token
      glue              startJobRun startCrawler                                    | sync
      http              invoke                                                      |
      lambda            invoke                                                      | token
      mediaconvert      createJob                                                   | sync
      s3                getObject listObjectsV2 putObject                           |
      sagemaker         createEndpoint createEndpointConfig createModel             |
      sagemaker         updateEndpoint                                              |
      sagemaker         createHyperParameterTuningJob createLabelingJob             | sync
      sagemaker         createProcessingJob createTrainingJob createTransformJob    | sync
      sns               publish                                                     | token
      sqs               sendMessage                                                 | token
      states            startExecution                                              | sync sync:2 token
      """;

  private static final Map<String, Set<Pattern>> ALL = read();

  private Integrations() {}

  static boolean has(String service, String action, Pattern pattern) {
    return ALL.getOrDefault(service + ":" + action, Set.of()).contains(pattern);
  }

  private static Map<String, Set<Pattern>> read() {
    Map<String, Set<Pattern>> all = new HashMap<>();
    TABLE
        .lines()
        .forEach(line -> {
          int bar = line.indexOf('|');
          String[] words = line.substring(0, bar).strip().split("\\s+", -1);
          Set<Pattern> patterns = patterns(line.substring(bar + 1));
          for (int i = 1; i < words.length; i++) {
            all.put(words[0] + ":" + words[i], patterns);
          }
        });
    return Map.copyOf(all);
  }

  private static Set<Pattern> patterns(String words) {
    Set<Pattern> patterns = EnumSet.of(Pattern.REQUEST_RESPONSE);
    for (String word : words.strip().split(" ", -1)) {
      switch (word) {
        case "sync" -> patterns.add(Pattern.SYNC);
        case "sync:2" -> patterns.add(Pattern.SYNC_2);
        case "token" -> patterns.add(Pattern.WAIT_FOR_TASK_TOKEN);
        default -> {}
      }
    }
    return patterns;
  }
}
