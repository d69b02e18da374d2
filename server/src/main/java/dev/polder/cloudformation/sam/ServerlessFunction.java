package dev.polder.cloudformation.sam;

import static dev.polder.cloudformation.sam.ServerlessResource.attribute;
import static dev.polder.cloudformation.sam.ServerlessResource.ref;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `AWS::Serverless::Function`: a function, its role unless it has one, and its events, which are
/// schedules and streams of DynamoDB.
record ServerlessFunction(ServerlessResource source) {
  private static final List<String> SAME =
      List.of(
          "FunctionName",
          "Description",
          "Handler",
          "Runtime",
          "MemorySize",
          "Timeout",
          "Environment",
          "ReservedConcurrentExecutions",
          "Architectures",
          "EphemeralStorage",
          "SnapStart",
          "LoggingConfig",
          "PackageType");

  private static final Set<String> OTHER =
      Set.of(
          "CodeUri",
          "InlineCode",
          "Role",
          "Policies",
          "Events",
          "Tags",
          "Tracing",
          "PermissionsBoundary",
          "RolePath",
          "AssumeRolePolicyDocument");

  Map<String, Object> resources() {
    Set<String> known = new HashSet<>(SAME);
    known.addAll(OTHER);
    source.allowOnly("AWS::Serverless::Function", known);
    String id = source.id();
    var streams = new StreamEvents(source);
    Map<String, Object> resources = new LinkedHashMap<>();
    Map<String, Object> function = new LinkedHashMap<>();
    Object inline = source.properties().get("InlineCode");
    function.put(
        "Code",
        inline == null
            ? source.location("CodeUri", "S3Bucket", "S3Key", "S3ObjectVersion")
            : Map.of("ZipFile", inline));
    SAME.forEach(name -> source.copy(name, function, name));
    Object tracing = source.properties().get("Tracing");
    if (tracing != null) {
      function.put("TracingConfig", Map.of("Mode", tracing));
    }
    function.put("Tags", source.tags("lambda:createdBy"));
    Object role = source.properties().get("Role");
    if (role == null) {
      List<String> own = new ArrayList<>(List.of(BASIC));
      if (tracing != null) {
        own.add("AWSXrayWriteOnlyAccess");
      }
      resources.put(
          id + "Role",
          new ServerlessRole(source, "lambda.amazonaws.com", own, streams.managed()).resource());
      function.put("Role", attribute(id + "Role", "Arn"));
    } else {
      function.put("Role", role);
    }
    resources.put(id, source.plain("AWS::Lambda::Function", function));
    streams.mappings().forEach(resources::put);
    new Schedules(streams.others(), attribute(id, "Arn"), "lambda:InvokeFunction", "LambdaTarget")
        .events()
        .forEach(resources::put);
    return resources;
  }

  private static final String BASIC = "service-role/AWSLambdaBasicExecutionRole";

  /// The permission that a rule needs to call a function.
  static Map<String, Object> permission(ServerlessResource source, String rule) {
    Map<String, Object> permission = new LinkedHashMap<>();
    permission.put("Action", "lambda:InvokeFunction");
    permission.put("FunctionName", ref(source.id()));
    permission.put("Principal", "events.amazonaws.com");
    permission.put("SourceArn", attribute(rule, "Arn"));
    return source.derived("AWS::Lambda::Permission", permission);
  }
}
