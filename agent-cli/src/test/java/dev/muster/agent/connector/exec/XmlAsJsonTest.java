package dev.muster.agent.connector.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class XmlAsJsonTest {
  @Test
  void attributes_children_and_text_each_have_their_place() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0"?>
                <!DOCTYPE run [<!ELEMENT run ANY>]>
                <run a="1" b="x"><b c="2"/><b>t &amp; u</b><e/></run>
                """))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"run": {"a": "1", "@b": "x", "b": [{"c": "2"}, {"text": "t & u"}], "e": [{}]}}
                    """));
  }

  @Test
  void a_document_type_is_skipped_and_nothing_is_fetched() throws Exception {
    assertThat(
            read(
                """
                <!DOCTYPE nmaprun SYSTEM "http://127.0.0.1:1/x.dtd">
                <nmaprun><a b="c"/></nmaprun>
                """))
        .isEqualTo(new JsonMapper().readTree("{\"nmaprun\": {\"a\": [{\"b\": \"c\"}]}}"));
  }

  @Test
  void no_entity_of_the_document_is_expanded() {
    String external = "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><r a='x'>&e;</r>";
    String bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>";
    for (String xml : new String[] {external, bomb}) {
      try {
        assertThat(read(xml).toString()).doesNotContain("aaaa").hasSizeLessThan(40);
      } catch (XMLStreamException refused) {
        assertThat(refused).hasMessageNotContaining("aaaa");
      }
    }
  }

  @Test
  void what_is_broken_or_too_deep_is_refused() {
    assertThatThrownBy(() -> read("<a><b></a>")).isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> read("<a/><b/>")).isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> read("<a>".repeat(41) + "</a>".repeat(41)))
        .isInstanceOf(XMLStreamException.class);
  }

  private static ObjectNode read(String xml) throws XMLStreamException {
    return XmlAsJson.read(xml.getBytes(UTF_8));
  }
}
