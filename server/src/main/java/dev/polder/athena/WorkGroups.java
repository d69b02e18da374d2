package dev.polder.athena;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.shape.TagLists;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.CreateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.EngineVersion;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;
import software.amazon.awssdk.services.athena.model.Tag;
import software.amazon.awssdk.services.athena.model.UpdateWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;
import software.amazon.awssdk.services.athena.model.WorkGroupConfigurationUpdates;
import software.amazon.awssdk.services.athena.model.WorkGroupSummary;

/// Work groups. `primary` is always there; without a change it has no output location.
///
/// The tag `polder:aws-limits=true` on a work group makes Athena's limit of 100 partitions a write
/// hold for its queries; without the tag there is no such limit.
final class WorkGroups {
  static final String PRIMARY = "primary";
  static final String LIMITS_TAG = "polder:aws-limits";
  private static final String ENGINE = "Athena engine version 3";

  private final Platform platform;
  private final Documents documents;

  WorkGroups(Platform platform) {
    this.platform = platform;
    this.documents = new Documents(platform.store(), "workgroup");
  }

  static EngineVersion engine() {
    return EngineVersion.builder()
        .selectedEngineVersion("AUTO")
        .effectiveEngineVersion(ENGINE)
        .build();
  }

  private Optional<Map<String, Object>> found(Scope scope, String name) {
    Optional<Map<String, Object>> found = documents.find(scope, name);
    return found.isEmpty() && name.equals(PRIMARY) ? Optional.of(primary()) : found;
  }

  private static Map<String, Object> primary() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", PRIMARY);
    m.put("state", "ENABLED");
    m.put("enforce", false);
    m.put("metrics", true);
    m.put("tags", Map.of());
    return m;
  }

  private Map<String, Object> get(Scope scope, String name) {
    return found(scope, name).orElseThrow(() -> AthenaErrors.noWorkGroup(name));
  }

  /// The settings that a query runs under.
  ///
  /// @param location where results go, if the work group says so
  record Settings(Optional<String> location, boolean enforced, boolean enabled) {}

  Settings settings(Scope scope, String name) {
    Map<String, Object> m = get(scope, name);
    return new Settings(
        text(m, "location"), flag(m, "enforce"), !"DISABLED".equals(m.get("state")));
  }

  boolean enforces(Scope scope, String name) {
    return found(scope, name)
        .filter(m -> flag(m, "enforce") && text(m, "location").isPresent())
        .isPresent();
  }

  Optional<Long> bytesCutoff(Scope scope, String name) {
    return found(scope, name)
        .flatMap(m ->
            m.get("cutoff") instanceof Number n ? Optional.of(n.longValue()) : Optional.empty());
  }

  boolean hasAwsLimits(Scope scope, String name) {
    return found(scope, name).filter(m -> "true".equals(tags(m).get(LIMITS_TAG))).isPresent();
  }

  private static Optional<String> text(Map<String, Object> m, String name) {
    return m.get(name) instanceof String s && !s.isEmpty() ? Optional.of(s) : Optional.empty();
  }

  private static boolean flag(Map<String, Object> m, String name) {
    return Boolean.TRUE.equals(m.get(name));
  }

  static Map<String, String> tags(Map<String, Object> m) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (m.get("tags") instanceof Map<?, ?> t) {
      t.forEach((k, v) -> tags.put(String.valueOf(k), String.valueOf(v)));
    }
    return tags;
  }

  void create(Scope scope, CreateWorkGroupRequest r) {
    Check.name(r.name(), "[a-zA-Z0-9._-]{1,128}", "name");
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", r.name());
    m.put("description", r.description() == null ? "" : r.description());
    m.put("state", "ENABLED");
    m.put("created", platform.time().instant().toEpochMilli());
    m.put("enforce", true);
    m.put("metrics", true);
    if (r.configuration() != null) {
      configure(m, r.configuration());
    }
    Map<String, String> tags = new LinkedHashMap<>();
    r.tags().forEach(t -> tags.put(t.key(), t.value()));
    m.put("tags", tags);
    if (r.name().equals(PRIMARY) || !documents.add(scope, m, r.name())) {
      throw AthenaErrors.invalid("WorkGroup already exists");
    }
  }

  private static void configure(Map<String, Object> m, WorkGroupConfiguration c) {
    refuse(c.executionRole() != null, "ExecutionRole");
    refuse(
        c.customerContentEncryptionConfiguration() != null,
        "CustomerContentEncryptionConfiguration");
    refuse(c.identityCenterConfiguration() != null, "IdentityCenterConfiguration");
    refuse(
        c.managedQueryResultsConfiguration() != null
            && Boolean.TRUE.equals(c.managedQueryResultsConfiguration().enabled()),
        "ManagedQueryResultsConfiguration");
    engine(c.engineVersion());
    location(m, c.resultConfiguration());
    put(m, "enforce", c.enforceWorkGroupConfiguration());
    put(m, "metrics", c.publishCloudWatchMetricsEnabled());
    put(m, "requesterPays", c.requesterPaysEnabled());
    cutoff(m, c.bytesScannedCutoffPerQuery());
  }

  private static void refuse(boolean given, String member) {
    if (given) {
      throw AthenaErrors.invalid(member + " is not supported");
    }
  }

  private static void engine(@Nullable EngineVersion version) {
    String selected = version == null ? null : version.selectedEngineVersion();
    if (selected != null && !selected.equalsIgnoreCase("AUTO") && !selected.equals(ENGINE)) {
      throw AthenaErrors.invalid("Invalid engine version: " + selected);
    }
  }

  private static void put(Map<String, Object> m, String name, @Nullable Boolean value) {
    if (value != null) {
      m.put(name, value);
    }
  }

  private static void cutoff(Map<String, Object> m, @Nullable Long bytes) {
    if (bytes != null) {
      if (bytes < 10_000_000) {
        throw AthenaErrors.invalid(
            "BytesScannedCutoffPerQuery must be at least 10000000 but was " + bytes);
      }
      m.put("cutoff", bytes);
    }
  }

  private static void location(Map<String, Object> m, @Nullable ResultConfiguration r) {
    if (r != null) {
      Check.results(r);
      if (r.outputLocation() != null) {
        Check.location(r.outputLocation());
        m.put("location", r.outputLocation());
      }
    }
  }

  void update(Scope scope, UpdateWorkGroupRequest r) {
    Map<String, Object> m = new LinkedHashMap<>(get(scope, r.workGroup()));
    if (r.description() != null) {
      m.put("description", r.description());
    }
    if (r.state() != null) {
      m.put("state", r.stateAsString());
    }
    if (r.configurationUpdates() != null) {
      change(m, r.configurationUpdates());
    }
    documents.put(scope, m, r.workGroup());
  }

  private static void change(Map<String, Object> m, WorkGroupConfigurationUpdates c) {
    refuse(c.executionRole() != null, "ExecutionRole");
    refuse(
        c.customerContentEncryptionConfiguration() != null,
        "CustomerContentEncryptionConfiguration");
    engine(c.engineVersion());
    put(m, "enforce", c.enforceWorkGroupConfiguration());
    put(m, "metrics", c.publishCloudWatchMetricsEnabled());
    put(m, "requesterPays", c.requesterPaysEnabled());
    if (Boolean.TRUE.equals(c.removeBytesScannedCutoffPerQuery())) {
      m.remove("cutoff");
    }
    cutoff(m, c.bytesScannedCutoffPerQuery());
    var results = c.resultConfigurationUpdates();
    if (results != null) {
      refuse(results.encryptionConfiguration() != null, "EncryptionConfiguration");
      if (Boolean.TRUE.equals(results.removeOutputLocation())) {
        m.remove("location");
      }
      if (results.outputLocation() != null) {
        Check.location(results.outputLocation());
        m.put("location", results.outputLocation());
      }
    }
  }

  void delete(Scope scope, String name, boolean recursive) {
    get(scope, name);
    if (name.equals(PRIMARY)) {
      throw AthenaErrors.invalid("The primary workgroup cannot be deleted");
    }
    boolean used =
        !new Documents(platform.store(), "prepared")
                .list(scope, List.of(name), null, 1)
                .items()
                .isEmpty()
            || !new Documents(platform.store(), "named-listed")
                .list(scope, List.of(name), null, 1)
                .items()
                .isEmpty()
            || !new QueryStore(platform).list(scope, name, null, 1).ids().isEmpty();
    if (used && !recursive) {
      throw AthenaErrors.invalid("WorkGroup " + name + " is not empty");
    }
    documents.remove(scope, name);
  }

  WorkGroup describe(Scope scope, String name) {
    Map<String, Object> m = get(scope, name);
    var configuration =
        WorkGroupConfiguration.builder()
            .enforceWorkGroupConfiguration(flag(m, "enforce"))
            .publishCloudWatchMetricsEnabled(flag(m, "metrics"))
            .requesterPaysEnabled(flag(m, "requesterPays"))
            .bytesScannedCutoffPerQuery(m.get("cutoff") instanceof Number n ? n.longValue() : null)
            .resultConfiguration(
                ResultConfiguration.builder()
                    .outputLocation(text(m, "location").orElse(null))
                    .build())
            .engineVersion(engine())
            .build();
    return WorkGroup.builder()
        .name(name)
        .state(String.valueOf(m.get("state")))
        .description(text(m, "description").orElse(""))
        .creationTime(created(m))
        .configuration(configuration)
        .build();
  }

  private static java.time.@Nullable Instant created(Map<String, Object> m) {
    return m.get("created") instanceof Number n ? Instant.ofEpochMilli(n.longValue()) : null;
  }

  /// A page of work groups.
  record Page(List<WorkGroupSummary> items, @Nullable String next) {}

  Page list(Scope scope, @Nullable String token, int most) {
    if (documents.find(scope, PRIMARY).isEmpty()) {
      documents.add(scope, primary(), PRIMARY);
    }
    Documents.Page page = documents.list(scope, List.of(), token, most);
    List<WorkGroupSummary> items = new ArrayList<>();
    for (Map<String, Object> m : page.items()) {
      items.add(
          WorkGroupSummary.builder()
              .name(String.valueOf(m.get("name")))
              .state(String.valueOf(m.get("state")))
              .description(text(m, "description").orElse(""))
              .creationTime(created(m))
              .engineVersion(engine())
              .build());
    }
    return new Page(items, page.next());
  }

  List<Tag> tagList(Scope scope, String name) {
    return TagLists.of(
        tags(get(scope, name)), (key, value) -> Tag.builder().key(key).value(value).build());
  }

  void tag(Scope scope, String name, Consumer<Map<String, String>> change) {
    Map<String, Object> m = new LinkedHashMap<>(get(scope, name));
    Map<String, String> tags = tags(m);
    change.accept(tags);
    m.put("tags", tags);
    documents.put(scope, m, name);
  }
}
