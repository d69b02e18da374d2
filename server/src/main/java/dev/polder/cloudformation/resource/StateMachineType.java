package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Json;
import dev.polder.shape.TagLists;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;

/// `AWS::StepFunctions::StateMachine`. Its definition is a text, an object, or a file in a bucket,
/// in JSON or YAML; `${name}` in it is replaced by `DefinitionSubstitutions`.
final class StateMachineType implements ResourceType {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
  private static final List<String> SOURCES =
      List.of("Definition", "DefinitionString", "DefinitionS3Location");

  @Override
  public String name() {
    return "AWS::StepFunctions::StateMachine";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateStateMachineRequest.builder())
        .with("StateMachineName", Shape.SCALAR)
        .with("StateMachineType", Shape.SCALAR)
        .with("Definition", Shape.FREE)
        .with("DefinitionString", Shape.SCALAR)
        .with("DefinitionSubstitutions", new Shape.MapOf(Shape.SCALAR))
        .with(
            "DefinitionS3Location",
            new Shape.Struct(
                Map.of("Bucket", Shape.SCALAR, "Key", Shape.SCALAR, "Version", Shape.SCALAR),
                Set.of("Bucket", "Key")))
        .with("Tags", Shape.TAGS)
        .without("name", "type", "definition", "roleArn", "tags", "publish", "versionDescription")
        .without("loggingConfiguration", "tracingConfiguration", "encryptionConfiguration")
        .with("RoleArn", Shape.SCALAR)
        .with("LoggingConfiguration", Shape.FREE)
        .with("TracingConfiguration", Shape.FREE)
        .requiring("RoleArn");
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    long given = SOURCES.stream().filter(written::containsKey).count();
    return given == 1
        ? List.of()
        : List.of("#: exactly one of " + String.join(", ", SOURCES) + " must be given");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "Name");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("StateMachineName", "StateMachineType");
  }

  private static String definition(ResourceCall call) {
    Object object = call.properties().get("Definition");
    String text =
        object != null
            ? Json.write(object)
            : call.has("DefinitionString") ? call.text("DefinitionString") : file(call);
    return substituted(text, call.properties().get("DefinitionSubstitutions"));
  }

  private static String file(ResourceCall call) {
    Map<?, ?> at = (Map<?, ?>) call.properties().getOrDefault("DefinitionS3Location", Map.of());
    String text =
        call.client(S3Client.class)
            .getObjectAsBytes(b -> {
              b.bucket(Values.text(at.get("Bucket"))).key(Values.text(at.get("Key")));
              if (at.get("Version") != null) {
                b.versionId(Values.text(at.get("Version")));
              }
            })
            .asString(StandardCharsets.UTF_8);
    return text.stripLeading().startsWith("{")
        ? text
        : Json.write(TemplateReader.read(text).value());
  }

  private static String substituted(String text, @Nullable Object values) {
    if (!(values instanceof Map<?, ?> map)) {
      return text;
    }
    var out = new StringBuilder();
    Matcher m = VARIABLE.matcher(text);
    while (m.find()) {
      Object value = map.get(m.group(1));
      // Within a JSON text: quotes and the like of the value are escaped.
      String written = value == null ? m.group() : escaped(Values.text(value));
      m.appendReplacement(out, Matcher.quoteReplacement(written));
    }
    return m.appendTail(out).toString();
  }

  private static String escaped(String value) {
    String quoted = Json.write(value);
    return quoted.substring(1, quoted.length() - 1);
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("StateMachineName", 80);
    var request =
        CreateStateMachineRequest.builder()
            .name(name)
            .definition(definition(call))
            .roleArn(call.text("RoleArn"))
            .tags(tags(call.tags()));
    if (call.has("StateMachineType")) {
      request.type(call.text("StateMachineType"));
    }
    Shape.fill(request, lowered(call));
    // Creating the same state machine again answers the first one: AWS's own idempotency.
    String arn = call.client(SfnClient.class).createStateMachine(request.build()).stateMachineArn();
    return new Made(arn, arn, Map.of("Arn", arn, "Name", name));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  /// Settings of logging and tracing: the API begins its names in lower case, templates do not.
  private static Map<String, Object> lowered(ResourceCall call) {
    Map<String, Object> settings = new LinkedHashMap<>();
    Stream.of("LoggingConfiguration", "TracingConfiguration")
        .filter(call::has)
        .forEach(name ->
            settings.put(
                MemberNames.lowered(name),
                MemberNames.loweredWithin(call.properties().getOrDefault(name, Map.of()))));
    return settings;
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    var request =
        UpdateStateMachineRequest.builder()
            .stateMachineArn(before.physicalId())
            .definition(definition(call))
            .roleArn(call.text("RoleArn"));
    Shape.fill(request, lowered(call));
    var sfn = call.client(SfnClient.class);
    sfn.updateStateMachine(request.build());
    ResourceCall.retag(
        ResourceCall.tags(old),
        call.tags(),
        gone -> sfn.untagResource(b -> b.resourceArn(before.physicalId()).tagKeys(gone)),
        tags -> sfn.tagResource(b -> b.resourceArn(before.physicalId()).tags(tags(tags))));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        StateMachineDoesNotExistException.class,
        () ->
            call.client(SfnClient.class)
                .deleteStateMachine(b -> b.stateMachineArn(made.physicalId())));
  }
}
