package dev.polder.gateway;

import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Random values of the SDK's types, such as a protocol can carry.
final class RandomShapes {
  private static final int[] CHARACTERS =
      "abcXYZ019 _-./:+=&?%<>\"'\\é✓日\n\t😀".codePoints().toArray();
  private static final int DEEPEST = 5;

  private final Random random;
  private final Protocol protocol;

  RandomShapes(Random random, Protocol protocol) {
    this.random = random;
    this.protocol = protocol;
  }

  /// A structure with all of its members at the top and most of them below.
  SdkPojo fill(SdkPojo builder) {
    return Objects.requireNonNull(fill(builder, 0));
  }

  private @Nullable SdkPojo fill(SdkPojo builder, int depth) {
    List<Member> members = new ArrayList<>(Shape.of(builder).members());
    if (isUnion(builder)) {
      Collections.shuffle(members, random);
      members.sort((a, b) ->
          Boolean.compare(depth >= DEEPEST && !isPlain(a), depth >= DEEPEST && !isPlain(b)));
      members = members.subList(0, 1);
    }
    boolean any = false;
    for (Member member : members) {
      boolean left = depth > 0 && !member.isRequired() && members.size() > 1 && any;
      if (left && (random.nextInt(4) == 0 || (depth >= DEEPEST && !isPlain(member)))) {
        continue;
      }
      Object value = value(member, depth);
      if (value != null) {
        member.set(builder, value);
        any = true;
      }
    }
    // Query has no way to write a structure that holds nothing.
    return any || protocol != Protocol.QUERY || depth == 0 ? Member.build(builder) : null;
  }

  private static boolean isPlain(Member member) {
    return member.type() != MarshallingKnownType.SDK_POJO && !member.isList() && !member.isMap();
  }

  private static boolean isUnion(SdkPojo builder) {
    String type = builder.getClass().getName().replace("$BuilderImpl", "") + "$Type";
    try {
      Class.forName(type, false, builder.getClass().getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private @Nullable Object value(Member member, int depth) {
    return switch (member.type()) {
      case STRING -> string(member);
      case BOOLEAN -> random.nextBoolean();
      case INTEGER ->
          member.location() == MarshallLocation.STATUS_CODE
              ? (Object) (200 + random.nextInt(5))
              : (Object) random.nextInt();
      case LONG -> random.nextLong();
      case SHORT -> (short) random.nextInt();
      case BYTE -> (byte) random.nextInt();
      case FLOAT -> random.nextFloat() * 1000;
      case DOUBLE -> random.nextDouble() * 1e6;
      case BIG_DECIMAL -> new BigDecimal("1.25");
      case INSTANT -> instant(member);
      case SDK_BYTES -> bytes();
      case SDK_POJO -> depth > DEEPEST + 3 ? null : fill(member.newBuilder(), depth + 1);
      case LIST -> list(member.element(), depth);
      case MAP -> map(member, depth);
      case DOCUMENT ->
          Document.mapBuilder()
              .putString("a", "b")
              .putNumber("n", 5)
              .putList("l", List.of(Document.fromBoolean(true), Document.fromNull()))
              .build();
      default -> throw new IllegalStateException(member.toString());
    };
  }

  private @Nullable List<Object> list(Member element, int depth) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Object each = value(element, depth + 1);
      if (each != null) {
        values.add(each);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private @Nullable Map<String, Object> map(Member member, int depth) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Object each = value(member.element(), depth + 1);
      if (each != null) {
        values.put(member.location() == MarshallLocation.HEADER ? "k" + i : text(false), each);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private String string(Member member) {
    if (member.isJsonValue()) {
      return "{\"a\":" + random.nextInt(9) + "}";
    }
    return switch (member.location()) {
      case HEADER -> "header" + random.nextInt(1000);
      case PATH, GREEDY_PATH -> text(true);
      default -> text(false);
    };
  }

  private String text(boolean path) {
    var out = new StringBuilder("v");
    for (int left = random.nextInt(12); left >= 0; left--) {
      int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
      // What clients normalise or refuse in paths.
      boolean awkward = c == '\n' || c == '\t' || c == '\\' || c == '.';
      out.appendCodePoint(path && awkward ? 'p' : c);
    }
    return out.append('z').toString();
  }

  private Instant instant(Member member) {
    long millis = 1_600_000_000_000L + Math.abs(random.nextLong() % 300_000_000_000L);
    boolean whole =
        member.location() != MarshallLocation.PAYLOAD || member.timestamp() == Format.RFC_822;
    return whole ? Instant.ofEpochSecond(millis / 1000) : Instant.ofEpochMilli(millis);
  }

  private SdkBytes bytes() {
    byte[] bytes = new byte[1 + random.nextInt(20)];
    random.nextBytes(bytes);
    return SdkBytes.fromByteArray(bytes);
  }
}
