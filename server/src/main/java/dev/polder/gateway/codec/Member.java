package dev.polder.gateway.codec;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// One member of a structure: its type, its place and names on the wire, and access to its value.
/// The element of a list and the value of a map are members without a name.
public final class Member {
  private static final String NONE = "";

  private final SdkField<Object> field;
  private final MarshallingKnownType type;
  private final MarshallLocation location;
  private final String name;
  private final String answerName;
  private final TimestampFormatTrait.@Nullable Format timestamp;
  private final @Nullable ListTrait list;
  private final @Nullable MapTrait map;
  private final @Nullable Member element;
  private final boolean payload;
  private final boolean jsonValue;
  private final boolean xmlAttribute;
  private final boolean required;

  @SuppressWarnings("unchecked") // An SdkField of any type reads and writes Object.
  Member(SdkField<?> field) {
    this.field = (SdkField<Object>) field;
    this.type = field.marshallingType().getKnownType();
    LocationTrait place = field.getTrait(LocationTrait.class);
    this.location = place == null ? MarshallLocation.PAYLOAD : field.location();
    this.name = place == null ? NONE : field.locationName();
    String inAnswers = place == null ? null : field.unmarshallLocationName();
    this.answerName = inAnswers == null ? name : inAnswers;
    TimestampFormatTrait format = field.getTrait(TimestampFormatTrait.class);
    this.timestamp = format == null ? null : format.format();
    this.list = field.getTrait(ListTrait.class);
    this.map = field.getTrait(MapTrait.class);
    this.element = elementOf(list, map);
    this.payload = field.containsTrait(PayloadTrait.class);
    this.jsonValue = field.containsTrait(JsonValueTrait.class);
    this.xmlAttribute = field.containsTrait(XmlAttributeTrait.class);
    this.required = field.containsTrait(RequiredTrait.class);
  }

  private static @Nullable Member elementOf(@Nullable ListTrait list, @Nullable MapTrait map) {
    if (list != null) {
      return new Member(list.memberFieldInfo());
    }
    return map == null ? null : new Member(map.valueFieldInfo());
  }

  public MarshallingKnownType type() {
    return type;
  }

  /// Where the member travels. The elements of lists and maps count as payload.
  public MarshallLocation location() {
    return location;
  }

  /// The member's name in the model, such as `DatabaseName`; empty for elements.
  public String modelName() {
    String given = field.memberName();
    if (given == null) {
      return NONE;
    }
    // The SDK has another name for one member, the NULL of DynamoDB's values.
    return given.equals("NUL") ? name : given;
  }

  /// The model's name in Pascal case, as Step Functions writes it.
  public String pascalName() {
    String model = modelName();
    return model.isEmpty() ? model : Character.toUpperCase(model.charAt(0)) + model.substring(1);
  }

  /// The name in requests: of the JSON field, XML element, form parameter, header, query parameter
  /// or path variable. Empty for elements.
  public String name() {
    return name;
  }

  /// The name in responses, which differs for members of some flattened XML lists.
  public String answerName() {
    return answerName;
  }

  /// The time format that the model names for this member; null where the protocol's default holds.
  public TimestampFormatTrait.@Nullable Format timestamp() {
    return timestamp;
  }

  /// The element of a list or the value of a map.
  ///
  /// @throws IllegalStateException if this is neither
  public Member element() {
    if (element == null) {
      throw new IllegalStateException(modelName() + " is no list and no map");
    }
    return element;
  }

  public boolean isList() {
    return list != null;
  }

  public boolean isMap() {
    return map != null;
  }

  /// True if a list's or map's elements stand beside its siblings rather than in an element of
  /// their own (XML and form parameters).
  public boolean isFlattened() {
    return list != null ? list.isFlattened() : map != null && map.isFlattened();
  }

  /// What an element of this list is called in XML, usually `member`.
  public String listElementName() {
    return list == null || list.memberLocationName() == null ? "member" : list.memberLocationName();
  }

  /// What the key of this map's entries is called in XML.
  public String mapKeyName() {
    return map == null || map.keyLocationName() == null ? "key" : map.keyLocationName();
  }

  /// What the value of this map's entries is called in XML.
  public String mapValueName() {
    return map == null || map.valueLocationName() == null ? "value" : map.valueLocationName();
  }

  /// True if this member is the whole body.
  public boolean isPayload() {
    return payload;
  }

  /// True if the text is JSON, which travels in headers as base64.
  public boolean isJsonValue() {
    return jsonValue;
  }

  /// True if this member is an attribute of its parent's XML element.
  public boolean isXmlAttribute() {
    return xmlAttribute;
  }

  /// True where the SDK records that a request without this member is refused. It records this for
  /// few members; absence says nothing.
  public boolean isRequired() {
    return required;
  }

  /// An empty builder of this member's structure.
  public SdkPojo newBuilder() {
    return field.constructor().get();
  }

  /// The value in a structure or in a builder; null where there is none.
  public @Nullable Object get(Object pojo) {
    return field.getValueOrDefault(pojo);
  }

  /// The value, or null where there is none or the SDK put an empty collection in its place.
  public @Nullable Object present(Object pojo) {
    Object value = field.getValueOrDefault(pojo);
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap
        ? null
        : value;
  }

  /// Sets the value in a builder.
  public void set(SdkPojo builder, @Nullable Object value) {
    field.set(builder, value);
  }

  /// Builds what a builder holds.
  public static SdkPojo build(SdkPojo builder) {
    return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
  }

  @Override
  public String toString() {
    return modelName() + ": " + type;
  }
}
