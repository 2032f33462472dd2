package dev.lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.Model.OptionSpec;

/** The value of an option in a configuration, as the command line takes it. */
final class ConfigValue {
  /** Which values may be built of parts. */
  private enum Form {
    /** One value. */
    SINGLE("one value"),
    /** A list of values. */
    LIST("one value or a list"),
    /** A name with settings: {@code cosine: {warmup: 2}} for {@code cosine(warmup=2)}. */
    TERM("a name, or a name with settings as in {cosine: {warmup: 2}}"),
    /** A list of these. */
    TERMS("a list of names and of names with settings, as in [flip, {crop: {pad: 4}}]"),
    /** Numbers by names: {@code {cat: 2, dog: 1}} for {@code cat=2,dog=1}. */
    NUMBERS("one value or numbers by name, as in {cat: 2, dog: 1}");

    private final String wanted;

    Form(String wanted) {
      this.wanted = wanted;
    }
  }

  private static final Map<String, Form> FORMS =
      Map.of(
          "--augment", Form.TERMS,
          "--schedule", Form.TERM,
          "--init", Form.TERM,
          "--class-weights", Form.NUMBERS);

  private ConfigValue() {}

  /** Returns whether a value says that the option is not given. */
  static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  /** Returns what a value is, for messages. */
  static String kind(Node node) {
    return switch (node) {
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      case SequenceNode sequence -> "a list";
      default -> "a mapping";
    };
  }

  /**
   * Returns the argument of the command line that gives an option its value.
   *
   * @throws IllegalArgumentException where the value has another form than the option requires,
   *     saying which
   */
  static String argument(OptionSpec option, Node node) {
    String name = option.longestName();
    if (option.typeInfo().isBoolean()) {
      if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.BOOL)) {
        throw new IllegalArgumentException("requires true or false, got " + kind(node));
      }
      boolean yes = Boolean.parseBoolean(scalar.getValue());
      return yes ? name : "--no-" + name.substring(2);
    }
    Form form = option.splitRegex().isEmpty() ? FORMS.getOrDefault(name, Form.SINGLE) : Form.LIST;
    String text = text(form, node);
    if (text == null) {
      throw new IllegalArgumentException("requires " + form.wanted + ", got " + kind(node));
    }
    return name + "=" + text;
  }

  /** Returns a value as a text; null where it has another form. */
  private static String text(Form form, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
    }
    return switch (form) {
      case SINGLE -> null;
      case LIST -> list(node, ",", Form.SINGLE);
      case TERMS -> node instanceof MappingNode ? term(node) : list(node, ",", Form.TERM);
      case TERM -> term(node);
      case NUMBERS -> numbers(node);
    };
  }

  /** Returns the parts of a list between separators; null where it is none. */
  private static String list(Node node, String separator, Form form) {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (Node part : sequence.getValue()) {
      parts.add(text(form, part));
    }
    return parts.contains(null) ? null : String.join(separator, parts);
  }

  /** Returns {@code name(setting=value,...)}; null where it is no name with settings. */
  private static String term(Node node) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
      return null;
    }
    NodeTuple tuple = mapping.getValue().getFirst();
    String name = text(Form.SINGLE, tuple.getKeyNode());
    Node settings = tuple.getValueNode();
    if (isNull(settings)) {
      return name;
    }
    String text = numbers(settings);
    return name == null || text == null ? null : name + "(" + text + ")";
  }

  /** Returns {@code name=value,...}, a list of values with / between them; null for all else. */
  private static String numbers(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(Form.SINGLE, tuple.getKeyNode());
      Node value = tuple.getValueNode();
      String text =
          value instanceof SequenceNode ? list(value, "/", Form.SINGLE) : text(Form.SINGLE, value);
      parts.add(name == null || text == null ? null : name + "=" + text);
    }
    return parts.contains(null) ? null : String.join(",", parts);
  }
}
