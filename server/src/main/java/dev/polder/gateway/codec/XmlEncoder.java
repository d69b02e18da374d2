package dev.polder.gateway.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Writes structures as the XML of Query and REST-XML responses.
public final class XmlEncoder {
  private XmlEncoder() {}

  /// Appends the body members of a structure, one element after the other, without an element
  /// around them.
  public static void members(StringBuilder out, SdkPojo pojo) {
    for (Member member : Shape.of(pojo).members()) {
      if (member.location() != MarshallLocation.PAYLOAD || member.isXmlAttribute()) {
        continue;
      }
      Object value = member.present(pojo);
      if (value != null) {
        element(out, member.answerName(), value, member);
      }
    }
  }

  /// Appends one value as an element of this name (several elements where it is a flattened list).
  public static void element(StringBuilder out, String name, Object value, Member member) {
    if (member.type() == MarshallingKnownType.SDK_POJO) {
      out.append('<').append(name);
      attributes(out, (SdkPojo) value);
      out.append('>');
      members(out, (SdkPojo) value);
      close(out, name);
    } else if (member.isList()) {
      list(out, name, (List<?>) value, member);
    } else if (member.isMap()) {
      map(out, name, (Map<?, ?>) value, member);
    } else {
      text(out, name, Scalars.format(value, member, Format.ISO_8601));
    }
  }

  /// Appends an element that holds a text.
  public static void text(StringBuilder out, String name, String text) {
    out.append('<').append(name).append('>').append(escape(text));
    close(out, name);
  }

  /// A text with everything replaced that markup or line-end normalisation would change.
  public static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String replaced = replacement(c);
      if (replaced != null && out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (out != null) {
        if (replaced == null) {
          out.append(c);
        } else {
          out.append(replaced);
        }
      }
    }
    return out == null ? text : out.toString();
  }

  private static @Nullable String replacement(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      case '\n', '\t' -> null;
      default -> c < ' ' ? "&#x" + Integer.toHexString(c) + ";" : null;
    };
  }

  private static void attributes(StringBuilder out, SdkPojo pojo) {
    for (Member member : Shape.of(pojo).members()) {
      if (member.isXmlAttribute() && member.present(pojo) instanceof String value) {
        if (member.answerName().startsWith("xsi:")) {
          out.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        }
        out.append(' ').append(member.answerName()).append("=\"").append(escape(value)).append('"');
      }
    }
  }

  private static void list(StringBuilder out, String name, List<?> values, Member member) {
    String each = member.listElementName();
    if (member.isFlattened()) {
      String beside = each.equals("member") ? name : each;
      values.forEach(value -> element(out, beside, value, member.element()));
      return;
    }
    out.append('<').append(name).append('>');
    values.forEach(value -> element(out, each, value, member.element()));
    close(out, name);
  }

  private static void map(StringBuilder out, String name, Map<?, ?> values, Member member) {
    String entry = member.isFlattened() ? name : "entry";
    if (!member.isFlattened()) {
      out.append('<').append(name).append('>');
    }
    values.forEach((key, value) -> {
      out.append('<').append(entry).append('>');
      text(out, member.mapKeyName(), String.valueOf(key));
      element(out, member.mapValueName(), value, member.element());
      close(out, entry);
    });
    if (!member.isFlattened()) {
      close(out, name);
    }
  }

  private static void close(StringBuilder out, String name) {
    out.append("</").append(name).append('>');
  }
}
