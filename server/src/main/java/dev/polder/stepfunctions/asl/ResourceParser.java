package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.asl.Resource.Pattern;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Reads the ARNs of resources, and knows the optimized integrations
/// (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html).
final class ResourceParser {
  private static final java.util.regex.Pattern LAMBDA =
      java.util.regex.Pattern.compile("arn:[\\w-]+:lambda:[^:]*:[^:]*:function:.+");
  private static final java.util.regex.Pattern ACTIVITY =
      java.util.regex.Pattern.compile("arn:[\\w-]+:states:[^:]+:[^:]+:activity:.+");
  private static final java.util.regex.Pattern SDK =
      java.util.regex.Pattern.compile(
          "arn:[\\w-]+:states:::aws-sdk:([a-z0-9]+):([a-z]\\w*)(\\.[\\w:]+)?");
  private static final java.util.regex.Pattern OPTIMIZED =
      java.util.regex.Pattern.compile("arn:[\\w-]+:states:::([a-z0-9-]+):(\\w+)(\\.[\\w:]+)?");

  private static final Set<Pattern> PLAIN = EnumSet.of(Pattern.REQUEST_RESPONSE);
  private static final Set<Pattern> JOB = EnumSet.of(Pattern.REQUEST_RESPONSE, Pattern.SYNC);
  private static final Set<Pattern> TOKEN =
      EnumSet.of(Pattern.REQUEST_RESPONSE, Pattern.WAIT_FOR_TASK_TOKEN);
  private static final Set<Pattern> JOB_OR_TOKEN =
      EnumSet.of(Pattern.REQUEST_RESPONSE, Pattern.SYNC, Pattern.WAIT_FOR_TASK_TOKEN);
  private static final Map<String, Set<Pattern>> INTEGRATIONS = integrations();

  private ResourceParser() {}

  /// The resource of a state, or nothing, reported.
  static @Nullable Resource parse(Fields fields) {
    String arn = fields.text("Resource");
    if (arn == null) {
      return null;
    }
    Resource resource = parse(arn);
    if (resource == null) {
      fields
          .findings()
          .schema(
              "The resource provided "
                  + arn
                  + " is not recognized. The value is not a valid resource ARN, or the resource is"
                  + " not available in this region.",
              fields.at("Resource"));
    }
    return resource;
  }

  static @Nullable Resource parse(String arn) {
    if (LAMBDA.matcher(arn).matches()) {
      return new Resource.Function(arn);
    }
    if (ACTIVITY.matcher(arn).matches()) {
      return new Resource.Activity(arn);
    }
    Matcher sdk = SDK.matcher(arn);
    if (sdk.matches()) {
      Pattern pattern = pattern(sdk.group(3));
      return pattern != null && TOKEN.contains(pattern)
          ? new Resource.Sdk(arn, sdk.group(1), sdk.group(2), pattern)
          : null;
    }
    Matcher optimized = OPTIMIZED.matcher(arn);
    return optimized.matches() ? optimized(arn, optimized) : null;
  }

  private static @Nullable Resource optimized(String arn, Matcher parts) {
    Set<Pattern> known = INTEGRATIONS.get(parts.group(1) + ":" + parts.group(2));
    Pattern pattern = pattern(parts.group(3));
    return known != null && pattern != null && known.contains(pattern)
        ? new Resource.Optimized(arn, parts.group(1), parts.group(2), pattern)
        : null;
  }

  private static @Nullable Pattern pattern(@Nullable String suffix) {
    for (Pattern pattern : Pattern.values()) {
      if (pattern.suffix().equals(suffix == null ? "" : suffix)) {
        return pattern;
      }
    }
    return null;
  }

  private static Map<String, Set<Pattern>> integrations() {
    Map<String, Set<Pattern>> all = new HashMap<>();
    add(all, PLAIN, "dynamodb", "getItem putItem updateItem deleteItem");
    add(all, PLAIN, "http", "invoke");
    add(all, PLAIN, "s3", "getObject listObjectsV2 putObject");
    add(all, PLAIN, "athena", "stopQueryExecution getQueryExecution getQueryResults");
    add(all, PLAIN, "bedrock", "invokeModel");
    add(all, PLAIN, "eks", "call");
    add(all, PLAIN, "sagemaker", "createEndpoint createEndpointConfig createModel updateEndpoint");
    add(all, PLAIN, "codebuild", "stopBuild batchDeleteBuilds batchGetReports");
    add(
        all,
        PLAIN,
        "elasticmapreduce",
        "cancelStep modifyInstanceFleetByName modifyInstanceGroupByName"
            + " setClusterTerminationProtection");
    add(all, PLAIN, "emr-containers", "createVirtualCluster");
    add(all, PLAIN, "mediaconvert", "createJob");
    add(all, TOKEN, "lambda", "invoke");
    add(all, TOKEN, "sns", "publish");
    add(all, TOKEN, "sqs", "sendMessage");
    add(all, TOKEN, "apigateway", "invoke");
    add(all, TOKEN, "events", "putEvents");
    add(all, JOB, "athena", "startQueryExecution");
    add(all, JOB, "batch", "submitJob");
    add(all, JOB, "glue", "startJobRun");
    add(all, JOB, "databrew", "startJobRun");
    add(all, JOB, "bedrock", "createModelCustomizationJob");
    add(all, JOB, "mediaconvert", "createJob");
    add(all, JOB, "codebuild", "startBuild startBuildBatch");
    add(
        all,
        JOB,
        "eks",
        "createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile"
            + " deleteFargateProfile runJob");
    add(
        all,
        JOB,
        "sagemaker",
        "createHyperParameterTuningJob createLabelingJob createProcessingJob createTrainingJob"
            + " createTransformJob");
    add(all, JOB, "elasticmapreduce", "createCluster terminateCluster addStep");
    add(all, JOB, "emr-containers", "deleteVirtualCluster startJobRun");
    add(
        all,
        JOB,
        "emr-serverless",
        "createApplication startApplication stopApplication deleteApplication startJobRun"
            + " cancelJobRun");
    add(all, JOB_OR_TOKEN, "ecs", "runTask");
    all.put("states:startExecution", EnumSet.allOf(Pattern.class));
    return Map.copyOf(all);
  }

  private static void add(
      Map<String, Set<Pattern>> all, Set<Pattern> patterns, String service, String actions) {
    for (String action : actions.split(" ")) {
      all.put(service + ":" + action, patterns);
    }
  }
}
