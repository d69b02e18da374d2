package dev.polder.gateway.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/// The plan by which one structure of a service's model is read and written, made once per class
/// from the field metadata of the SDK's type.
public final class Shape {
  // One entry per structure of the services in use, so bounded by the SDK.
  private static final Map<Class<?>, Shape> PLANS = new ConcurrentHashMap<>();

  private final List<Member> members;
  private final Map<String, Member> body = new HashMap<>();
  private final Map<String, Member> byPascalName = new HashMap<>();
  private final List<Member> bound;
  private final @Nullable Member payload;

  private Shape(List<SdkField<?>> fields) {
    List<Member> all = new ArrayList<>(fields.size());
    List<Member> outside = new ArrayList<>();
    Member whole = null;
    for (SdkField<?> field : fields) {
      var member = new Member(field);
      all.add(member);
      byPascalName.put(member.pascalName(), member);
      if (member.location() != MarshallLocation.PAYLOAD) {
        outside.add(member);
      } else {
        body.put(member.name(), member);
        whole = member.isPayload() ? member : whole;
      }
    }
    this.members = List.copyOf(all);
    this.bound = List.copyOf(outside);
    this.payload = whole;
  }

  /// The plan of a structure, from an instance of it or of its builder.
  public static Shape of(SdkPojo pojo) {
    Shape known = PLANS.get(pojo.getClass());
    if (known != null) {
      return known;
    }
    var made = new Shape(pojo.sdkFields());
    PLANS.put(pojo.getClass(), made);
    return made;
  }

  /// All members in the model's order.
  public List<Member> members() {
    return members;
  }

  /// The member of the body with this name on the wire.
  public @Nullable Member bodyMember(String name) {
    return body.get(name);
  }

  /// The member of this name in Pascal case, wherever it travels.
  public @Nullable Member pascalMember(String name) {
    return byPascalName.get(name);
  }

  /// True if any member travels in the body.
  public boolean hasBody() {
    return !body.isEmpty();
  }

  /// The members that travel outside the body: path, query, header, status code.
  public List<Member> bound() {
    return bound;
  }

  /// The member that is the whole body, where the model binds one.
  public @Nullable Member payload() {
    return payload;
  }
}
