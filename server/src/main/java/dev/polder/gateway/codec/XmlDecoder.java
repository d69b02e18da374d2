package dev.polder.gateway.codec;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Reads structures from the XML bodies of REST-XML requests. Elements are known by their local
/// names; unknown ones are passed over. Document types and external entities are refused.
public final class XmlDecoder {
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();
  private static final int DEEPEST = 100;

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private final XMLStreamReader in;
  private int depth;

  private XmlDecoder(XMLStreamReader in) {
    this.in = in;
  }

  /// Fills a builder from a document, whatever its root element is called.
  ///
  /// @throws MalformedInputException if the text is not XML or a value not of its member's type
  public static void read(InputStream document, SdkPojo builder) {
    try {
      XMLStreamReader reader;
      synchronized (XML) {
        reader = XML.createXMLStreamReader(document);
      }
      try {
        reader.nextTag();
        new XmlDecoder(reader).structure(builder);
        while (reader.hasNext()) {
          reader.next();
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      var where = e.getLocation();
      throw new MalformedInputException(
          "The XML you provided was not well-formed"
              + (where == null
                  ? ""
                  : " (line "
                      + where.getLineNumber()
                      + ", column "
                      + where.getColumnNumber()
                      + ")"),
          e);
    }
  }

  private void structure(SdkPojo builder) throws XMLStreamException {
    if (++depth > DEEPEST) {
      throw new MalformedInputException("The XML you provided is nested too deeply");
    }
    attributes(builder);
    Shape shape = Shape.of(builder);
    Map<Member, List<Object>> flat = new LinkedHashMap<>();
    while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
      Member member = shape.bodyMember(in.getLocalName());
      if (member == null) {
        skip();
      } else if (member.isList() && member.isFlattened()) {
        flat.computeIfAbsent(member, _ -> new ArrayList<>()).add(value(member.element()));
      } else {
        member.set(builder, value(member));
      }
    }
    flat.forEach((member, values) -> member.set(builder, values));
    depth--;
  }

  private void attributes(SdkPojo builder) {
    for (Member member : Shape.of(builder).members()) {
      if (member.isXmlAttribute()) {
        String local = member.name().substring(member.name().indexOf(':') + 1);
        for (int i = 0; i < in.getAttributeCount(); i++) {
          if (in.getAttributeLocalName(i).equals(local)) {
            member.set(builder, in.getAttributeValue(i));
          }
        }
      }
    }
  }

  private Object value(Member member) throws XMLStreamException {
    if (member.type() == MarshallingKnownType.SDK_POJO) {
      SdkPojo nested = member.newBuilder();
      structure(nested);
      return Member.build(nested);
    }
    if (member.isList()) {
      List<Object> values = new ArrayList<>();
      while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
        values.add(value(member.element()));
      }
      return values;
    }
    if (member.isMap()) {
      return map(member);
    }
    return Scalars.parse(in.getElementText(), member, Format.ISO_8601);
  }

  private Map<String, Object> map(Member member) throws XMLStreamException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
      String key = null;
      Object value = null;
      while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
        if (in.getLocalName().equals(member.mapKeyName())) {
          key = in.getElementText();
        } else if (in.getLocalName().equals(member.mapValueName())) {
          value = value(member.element());
        } else {
          skip();
        }
      }
      if (key == null || value == null) {
        throw new MalformedInputException("Expected a key and a value in " + member.name());
      }
      values.put(key, value);
    }
    return values;
  }

  private void skip() throws XMLStreamException {
    for (int open = 1; open > 0; ) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        open++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      }
    }
  }
}
