package dev.polder.cloudformation;

import dev.polder.cloudformation.resource.ResourceType.Made;
import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A resource of a stack.
///
/// @param generation how often something else was begun under its logical id
record StoredResource(
    String logicalId, String type, Standing standing, int generation, States states, Terms terms) {

  /// @param status such as `CREATE_COMPLETE`; empty before the first
  /// @param reason why; empty where that is plain
  /// @param at since when
  record Standing(String status, String reason, Instant at) {}

  /// What the template says of its end.
  ///
  /// @param needs logical ids of what must be removed after it
  /// @param retain true if it stays when the stack does without it
  /// @param retainReplaced true if it stays when it is replaced
  record Terms(List<String> needs, boolean retain, boolean retainReplaced) {}

  /// What there is under a logical id.
  ///
  /// @param present null while it is being made, or where that failed
  /// @param before what was there when the update in hand began to change it; null for nothing
  /// @param replaced what is still to be removed because something else took its place
  record States(@Nullable State present, @Nullable State before, List<State> replaced) {
    private States remembering() {
      return new States(present, before == null ? present : before, replaced);
    }

    private States with(State made) {
      return new States(made, before, replaced);
    }

    private States replacing(State old) {
      List<State> more = new ArrayList<>(replaced);
      more.add(old);
      return new States(present, before, more);
    }

    private States restored() {
      List<State> kept = new ArrayList<>(replaced);
      kept.removeIf(each -> before != null && each.made().equals(before.made()));
      return new States(before, null, kept);
    }

    private States settled() {
      return new States(present, null, List.of());
    }
  }

  /// A resource as it is there.
  ///
  /// @param generation the one that it was made in
  record State(Made made, Map<String, Object> properties, int generation) {
    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("physicalId", made.physicalId());
      json.put("ref", made.ref());
      json.put("attributes", made.attributes());
      json.put("properties", properties);
      json.put("generation", generation);
      return json;
    }

    private static State of(JsonObject json) {
      return new State(
          new Made(json.text("physicalId"), json.text("ref"), json.object("attributes").members()),
          json.object("properties").members(),
          json.whole("generation"));
    }
  }

  /// A resource of which nothing has been made yet.
  static StoredResource absent(String logicalId, String type, Instant now) {
    return new StoredResource(
        logicalId,
        type,
        new Standing("", "", now),
        0,
        new States(null, null, List.of()),
        new Terms(List.of(), false, false));
  }

  String status() {
    return standing.status();
  }

  /// What is there; null for nothing.
  @Nullable State present() {
    return states.present();
  }

  /// The name or ARN of what is there; empty for nothing.
  String physicalId() {
    State present = present();
    return present == null ? "" : present.made().physicalId();
  }

  StoredResource at(String status, String reason, Instant now) {
    var changed = new Standing(status, reason, now);
    return new StoredResource(logicalId, type, changed, generation, states, terms);
  }

  private StoredResource with(States changed) {
    return new StoredResource(logicalId, type, standing, generation, changed, terms);
  }

  StoredResource with(State made) {
    return with(states.with(made));
  }

  /// At the beginning of a change.
  StoredResource remembering() {
    return with(states.remembering());
  }

  /// The next one under this logical id is to be made; the present one goes at the end.
  StoredResource nextGeneration() {
    return new StoredResource(logicalId, type, standing, generation + 1, states, terms);
  }

  /// With one more to remove at the end.
  StoredResource replacing(State old) {
    return with(states.replacing(old));
  }

  /// As the template has it now.
  StoredResource declared(Terms now) {
    return new StoredResource(logicalId, type, standing, generation, states, now);
  }

  /// As it was before the update in hand.
  StoredResource restored() {
    return with(states.restored());
  }

  /// At the end of an update.
  StoredResource settled() {
    return with(states.settled());
  }

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("logicalId", logicalId);
    json.put("type", type);
    json.put("status", status());
    json.put("reason", standing.reason());
    json.put("at", standing.at().toString());
    json.put("generation", generation);
    json.put("present", json(states.present()));
    json.put("before", json(states.before()));
    json.put("replaced", states.replaced().stream().map(State::json).toList());
    json.put("needs", terms.needs());
    json.put("retain", terms.retain());
    json.put("retainReplaced", terms.retainReplaced());
    return JsonObject.bytes(json);
  }

  private static @Nullable Map<String, Object> json(@Nullable State state) {
    return state == null ? null : state.json();
  }

  static StoredResource of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new StoredResource(
        json.text("logicalId"),
        json.text("type"),
        new Standing(json.text("status"), json.text("reason"), json.instant("at")),
        json.whole("generation"),
        new States(
            state(json, "present"),
            state(json, "before"),
            json.objects("replaced").stream().map(State::of).toList()),
        new Terms(json.list("needs"), json.flag("retain"), json.flag("retainReplaced")));
  }

  private static @Nullable State state(JsonObject json, String name) {
    return json.has(name) ? State.of(json.object(name)) : null;
  }
}
