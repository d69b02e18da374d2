package dev.polder.cloudformation;

import dev.polder.cloudformation.resource.ResourceType.Made;
import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A resource of a stack.
///
/// @param present what is there; null while it is being made, or where that failed
/// @param before what was there when the update in hand began to change it; null for nothing
/// @param replaced what is still to be removed because something else took its place
/// @param needs logical ids of what must be removed after it
/// @param retain true if it stays when the stack does without it
/// @param retainReplaced true if it stays when it is replaced
record StoredResource(
    String logicalId,
    String type,
    String status,
    String reason,
    Instant at,
    int generation,
    @Nullable State present,
    @Nullable State before,
    List<State> replaced,
    List<String> needs,
    boolean retain,
    boolean retainReplaced) {

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

  /// The name or ARN of what is there; empty for nothing.
  String physicalId() {
    return present == null ? "" : present.made().physicalId();
  }

  StoredResource at(String newStatus, String why, Instant now) {
    return with(edit -> {
      edit.status = newStatus;
      edit.reason = why;
      edit.at = now;
    });
  }

  StoredResource with(State made) {
    return with(edit -> edit.present = made);
  }

  /// At the beginning of a change.
  StoredResource remembering() {
    return with(edit -> edit.before = before == null ? present : before);
  }

  /// The next one under this logical id is to be made; the present one goes at the end.
  StoredResource nextGeneration() {
    return with(edit -> edit.generation = generation + 1);
  }

  /// With one more to remove at the end.
  StoredResource replacing(@Nullable State old) {
    if (old == null) {
      return this;
    }
    List<State> more = new ArrayList<>(replaced);
    more.add(old);
    return with(edit -> edit.replaced = more);
  }

  /// As the template has it now.
  StoredResource declared(List<String> newNeeds, boolean newRetain, boolean newRetainReplaced) {
    return with(edit -> {
      edit.needs = newNeeds;
      edit.retain = newRetain;
      edit.retainReplaced = newRetainReplaced;
    });
  }

  /// As it was before the update in hand.
  StoredResource restored() {
    List<State> kept = new ArrayList<>(replaced);
    kept.removeIf(each -> before != null && each.made().equals(before.made()));
    return with(edit -> {
      edit.present = before;
      edit.before = null;
      edit.replaced = kept;
    });
  }

  /// At the end of an update.
  StoredResource settled() {
    return with(edit -> {
      edit.before = null;
      edit.replaced = List.of();
    });
  }

  /// The members of a resource while some of them change.
  private static final class Edit {
    String status;
    String reason;
    Instant at;
    int generation;
    @Nullable State present;
    @Nullable State before;
    List<State> replaced;
    List<String> needs;
    boolean retain;
    boolean retainReplaced;

    Edit(StoredResource of) {
      status = of.status;
      reason = of.reason;
      at = of.at;
      generation = of.generation;
      present = of.present;
      before = of.before;
      replaced = of.replaced;
      needs = of.needs;
      retain = of.retain;
      retainReplaced = of.retainReplaced;
    }
  }

  private StoredResource with(Consumer<Edit> change) {
    Edit edit = new Edit(this);
    change.accept(edit);
    return new StoredResource(
        logicalId,
        type,
        edit.status,
        edit.reason,
        edit.at,
        edit.generation,
        edit.present,
        edit.before,
        edit.replaced,
        edit.needs,
        edit.retain,
        edit.retainReplaced);
  }

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("logicalId", logicalId);
    json.put("type", type);
    json.put("status", status);
    json.put("reason", reason);
    json.put("at", at.toString());
    json.put("generation", generation);
    json.put("present", present == null ? null : present.json());
    json.put("before", before == null ? null : before.json());
    json.put("replaced", replaced.stream().map(State::json).toList());
    json.put("needs", needs);
    json.put("retain", retain);
    json.put("retainReplaced", retainReplaced);
    return JsonObject.bytes(json);
  }

  static StoredResource of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new StoredResource(
        json.text("logicalId"),
        json.text("type"),
        json.text("status"),
        json.text("reason"),
        json.instant("at"),
        json.whole("generation"),
        json.has("present") ? State.of(json.object("present")) : null,
        json.has("before") ? State.of(json.object("before")) : null,
        json.objects("replaced").stream().map(State::of).toList(),
        json.list("needs"),
        json.flag("retain"),
        json.flag("retainReplaced"));
  }
}
