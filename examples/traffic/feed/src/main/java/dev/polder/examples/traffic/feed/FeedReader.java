package dev.polder.examples.traffic.feed;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads one document of the feed, point by point, in memory that does not depend on its length.
///
/// Safe for documents from anywhere: a document type declaration is refused, entities are not
/// resolved, and the number of points and the nesting are bounded. Elements that the feed may gain
/// are passed over. Fields are read as they are; {@link EventCheck} judges them.
public final class FeedReader implements AutoCloseable {
  private static final int MAX_POINTS = 200_000;
  private static final int MAX_DEPTH = 16;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;
  private int depth;
  private int points;
  private @Nullable Instant published;

  /// Reads a document from its start.
  ///
  /// @throws FeedException if there is no XML
  public FeedReader(InputStream in) throws FeedException {
    try {
      this.xml = FACTORY.createXMLStreamReader(in, "UTF-8");
    } catch (XMLStreamException e) {
      throw new FeedException("Expected a document of the feed: " + e.getMessage(), e);
    }
  }

  /// When the document was published, once the first point was read; null if it does not say so.
  public @Nullable Instant published() {
    return published;
  }

  /// Reads the next point.
  ///
  /// @param into receives the point's fields
  /// @return whether there was another point
  /// @throws FeedException if the document breaks off or is not one of the feed
  public boolean next(RawEvent into) throws FeedException {
    try {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            deeper();
            if (isPoint(into)) {
              return true;
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.DTD -> throw wrong("Expected no document type declaration");
          default -> {}
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw new FeedException(where(xml.getLocation()) + "document breaks off: " + firstLine(e), e);
    }
  }

  private boolean isPoint(RawEvent into) throws XMLStreamException, FeedException {
    String name = xml.getLocalName();
    if (depth == 1 && !name.equals("miv")) {
      throw wrong("Expected the element miv but was " + name);
    }
    if (depth != 2) {
      return false;
    }
    if (name.equals("tijd_publicatie")) {
      published = instant(xml.getElementText());
      depth--;
    } else if (name.equals("meetpunt")) {
      if (++points > MAX_POINTS) {
        throw wrong("Expected at most " + MAX_POINTS + " points");
      }
      point(into);
      return true;
    }
    return false;
  }

  private void point(RawEvent into) throws XMLStreamException, FeedException {
    into.clear();
    attribute(into, Field.BESCHRIJVENDE_ID);
    attribute(into, Field.UNIEKE_ID);
    int vehicleClass = 0;
    boolean derived = false;
    Field field = null;
    int end = depth - 1;
    while (depth > end) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          deeper();
          switch (xml.getLocalName()) {
            case "meetdata" -> vehicleClass = vehicleClass();
            case "rekendata" -> derived = true;
            case String name -> field = start(into, name, vehicleClass, derived);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (field != null) {
            into.append(field, xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          field = null;
          switch (xml.getLocalName()) {
            case "meetdata" -> vehicleClass = 0;
            case "rekendata" -> derived = false;
            default -> {}
          }
        }
        case XMLStreamConstants.END_DOCUMENT -> throw wrong("Expected the end of the point");
        default -> {}
      }
    }
  }

  private static @Nullable Field start(
      RawEvent into, String name, int vehicleClass, boolean derived) {
    Field field = field(name, vehicleClass, derived);
    if (field != null) {
      into.set(field, "");
    }
    return field;
  }

  private static @Nullable Field field(String name, int vehicleClass, boolean derived) {
    if (vehicleClass > 0) {
      return switch (name) {
        case "verkeersintensiteit" -> Field.intensity(vehicleClass);
        case "voertuigsnelheid_rekenkundig" -> Field.arithmeticSpeed(vehicleClass);
        case "voertuigsnelheid_harmonisch" -> Field.harmonicSpeed(vehicleClass);
        default -> null;
      };
    }
    if (derived) {
      return switch (name) {
        case "bezettingsgraad" -> Field.REKENDATA_BEZETTINGSGRAAD;
        case "beschikbaarheidsgraad" -> Field.REKENDATA_BESCHIKBAARHEIDSGRAAD;
        case "onrustigheid" -> Field.REKENDATA_ONRUSTIGHEID;
        default -> null;
      };
    }
    Field field = Field.of(name);
    return field == null || field.ordinal() > Field.GELDIG.ordinal() ? null : field;
  }

  /// The class of a `meetdata` element; 0, whose fields are then passed over, for a class that the
  /// feed does not have.
  private int vehicleClass() {
    String id = xml.getAttributeValue(null, "klasse_id");
    boolean known =
        id != null
            && id.length() == 1
            && id.charAt(0) >= '1'
            && id.charAt(0) <= '0' + Field.CLASSES;
    return known ? id.charAt(0) - '0' : 0;
  }

  private void attribute(RawEvent into, Field field) {
    String value = xml.getAttributeValue(null, field.key());
    if (value != null) {
      into.set(field, value);
    }
  }

  private void deeper() throws FeedException {
    if (++depth > MAX_DEPTH) {
      throw wrong("Expected at most " + MAX_DEPTH + " nested elements");
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private FeedException wrong(String message) {
    return new FeedException(where(xml.getLocation()) + message);
  }

  private static String where(Location location) {
    return "Line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ": ";
  }

  /// The parser's own message begins with the position, on a line of its own.
  private static String firstLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int text = message.indexOf("Message: ");
    return (text < 0 ? message : message.substring(text + "Message: ".length()))
        .lines()
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws FeedException {
    try {
      xml.close();
    } catch (XMLStreamException e) {
      throw new FeedException("The document could not be closed", e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }
}
