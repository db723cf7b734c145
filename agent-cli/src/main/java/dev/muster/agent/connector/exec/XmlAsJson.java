package dev.muster.agent.connector.exec;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * XML as JSON: attributes become texts, child elements lists under their name (always, so that one
 * host looks like several), text becomes {@code text}. An attribute with the name of a child gets
 * an {@code @} before it. A document type is skipped: nothing is fetched and no entity expanded.
 */
final class XmlAsJson {
  private static final int DEEPEST = 40;

  private XmlAsJson() {}

  static ObjectNode read(byte[] xml) throws XMLStreamException {
    XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
    try {
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        // What comes before the root does not matter.
      }
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      String root = reader.getLocalName();
      document.set(root, element(reader, 1));
      while (reader.hasNext()) {
        reader.next();
      }
      return document;
    } finally {
      reader.close();
    }
  }

  private static ObjectNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new XMLStreamException("nested too deep");
    }
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    ObjectNode children = JsonNodeFactory.instance.objectNode();
    StringBuilder text = new StringBuilder();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = reader.getLocalName();
        ObjectNode child = element(reader, depth + 1);
        list(children, name).add(child);
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(reader.getText());
      }
    }
    attributes
        .properties()
        .forEach(attribute ->
            element.set(
                (children.has(attribute.getKey()) ? "@" : "") + attribute.getKey(),
                attribute.getValue()));
    if (!text.toString().isBlank()) {
      element.put(element.has("text") || children.has("text") ? "#text" : "text", text.toString());
    }
    element.setAll(children);
    return element;
  }

  private static ArrayNode list(ObjectNode children, String name) {
    return children.get(name) instanceof ArrayNode list ? list : children.putArray(name);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
