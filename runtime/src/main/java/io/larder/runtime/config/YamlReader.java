package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Makes {@link YamlNode}s of a text, from the library's events: they come without recursion, so
 * that the limits on depth and length hold before anything is built, and no alias is ever followed.
 */
final class YamlReader {

  /** The format needs six. */
  private static final int MAXIMUM_DEPTH = 20;

  private static final int MAXIMUM_LENGTH = 1_000;

  private final String text;
  private final Iterator<Event> events;

  private YamlReader(String text) {
    this.text = text;
    // The schema that makes no types of texts: `off` and `10_000` mean what we say they mean.
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setVersionFunction(version -> version) // what a file says of its version is no error
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text; one without any content is an empty map.
   *
   * @throws UnreadableYamlException if it is no YAML, or uses what we do not take
   */
  static YamlNode read(String text) {
    YamlMessages.checkCharacters(text);
    try {
      return new YamlReader(text).document();
    } catch (MarkedYamlEngineException syntax) {
      throw new YamlMessages(text).explain(syntax);
    } catch (UnreadableYamlException ours) {
      throw ours;
    } catch (RuntimeException unexpected) { // whatever a file makes the library do, it is the file
      throw new UnreadableYamlException(
          new YamlNode.Mark(1, 1), "this cannot be read as YAML: " + unexpected.getMessage());
    }
  }

  private YamlNode document() {
    YamlNode root = new YamlNode.Fields(new YamlNode.Mark(1, 1), List.of());
    boolean isFound = false;
    for (Event event = events.next(); !(event instanceof StreamEndEvent); event = events.next()) {
      if (event instanceof NodeEvent) {
        if (isFound) {
          throw new UnreadableYamlException(
              mark(event), "a second document begins here; a configuration is one");
        }
        YamlNode found = node(event, 0);
        root = found.isNothing() ? root : found;
        isFound = true;
      }
    }
    return root;
  }

  private YamlNode node(Event event, int depth) {
    refuseFeatures(event);
    if (event instanceof ScalarEvent scalar) {
      return text(scalar);
    }
    if (depth == MAXIMUM_DEPTH) {
      throw new UnreadableYamlException(
          mark(event), "this is nested deeper than " + MAXIMUM_DEPTH + " levels");
    }
    return event instanceof MappingStartEvent ? fields(event, depth) : items(event, depth);
  }

  private YamlNode.Text text(ScalarEvent scalar) {
    String value = scalar.getValue();
    if (value.length() > MAXIMUM_LENGTH) {
      throw new UnreadableYamlException(
          mark(scalar), "this text is longer than 1,000 characters; is a quote missing?");
    }
    return new YamlNode.Text(mark(scalar), value, scalar.getScalarStyle() != ScalarStyle.PLAIN);
  }

  private YamlNode items(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new YamlNode.Items(mark(start), items);
  }

  private YamlNode fields(Event start, int depth) {
    List<YamlNode.Field> fields = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(node(event, depth + 1) instanceof YamlNode.Text key)) {
        throw new UnreadableYamlException(mark(event), "a key must be a word");
      }
      YamlNode value = node(events.next(), depth + 1);
      // The library has a value that is not there behind the colon, or on a later line.
      fields.add(
          new YamlNode.Field(
              key, value.isNothing() ? new YamlNode.Text(key.at(), "", false) : value));
    }
    return new YamlNode.Fields(mark(start), fields);
  }

  /** What makes YAML dangerous, or is written by mistake where a value begins with its sign. */
  private void refuseFeatures(Event event) {
    if (event instanceof AliasEvent) {
      throw new YamlMessages(text).needsQuotes(mark(event), "*");
    }
    if (((NodeEvent) event).getAnchor().isPresent()) {
      throw new YamlMessages(text).needsQuotes(mark(event), "&");
    }
    boolean hasTag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag().isPresent()
            : ((CollectionStartEvent) event).getTag().isPresent();
    if (hasTag) {
      throw new YamlMessages(text).needsQuotes(mark(event), "!");
    }
  }

  private static YamlNode.Mark mark(Event event) {
    return YamlMessages.mark(event.getStartMark());
  }
}
