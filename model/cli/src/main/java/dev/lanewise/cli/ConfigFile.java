package dev.lanewise.cli;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.ModelNotes;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Options in a YAML file: a mapping of their names to their values. Nothing of it is executed, and
 * only its tree is read.
 *
 * @param name the file's, for messages
 * @param entries in the file's order
 */
record ConfigFile(String name, List<Entry> entries) {
  /** No configuration is larger. */
  private static final int MOST_BYTES = 1 << 20;

  private static final List<String> RECIPES = List.of("strong");

  /** What a training that is resumed keeps up: where it saves besides, and what it records. */
  private static final Set<String> KEPT_UP =
      Set.of(
          "checkpoint-every",
          "keep-checkpoints",
          "save-best",
          "best-by",
          "history",
          "log",
          "log-steps",
          "report",
          "tensorboard",
          "tensorboard-steps");

  /**
   * A key and what it is given.
   *
   * @param line of the key, from 1
   */
  record Entry(String key, int line, Node value) {}

  /** What is wrong with a file. */
  static final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads a file.
   *
   * @param file YAML, or a model that keeps the configuration of its training
   * @throws ConfigException where it is no mapping of names, or one stands in it twice
   * @throws ModelException where it cannot be read
   */
  static ConfigFile read(Path file) {
    return ModelFiles.isModel(file)
        ? parse("the configuration in " + file, ofModel(file))
        : parse(file.toString(), text(file));
  }

  /**
   * Reads a recipe of our own.
   *
   * @throws ModelException where there is none of the name
   */
  static ConfigFile ofRecipe(String recipe) {
    if (!RECIPES.contains(recipe)) {
      throw new ModelException(
          "--recipe requires " + String.join(" or ", RECIPES) + ", got '" + recipe + "'");
    }
    String file = "recipes/" + recipe + ".yaml";
    try (InputStream in = ConfigFile.class.getResourceAsStream(file)) {
      return parse("the recipe " + recipe, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads of a model's training where it saved and what it recorded.
   *
   * @return no entries where the file is no model, or keeps no configuration
   */
  static ConfigFile ofStopped(Path file) {
    String name = "the configuration in " + file;
    String text = ModelFiles.isModel(file) ? ModelNotes.of(file).get(Configuration.NOTE) : null;
    if (text == null) {
      return new ConfigFile(name, List.of());
    }
    return new ConfigFile(
        name,
        parse(name, text).entries().stream()
            .filter(entry -> KEPT_UP.contains(entry.key()))
            .toList());
  }

  private static String ofModel(Path file) {
    String text = ModelNotes.of(file).get(Configuration.NOTE);
    if (text == null) {
      throw new ModelException(
          "--config requires a model that 'lanewise train' made, and "
              + file
              + " keeps no configuration");
    }
    return text;
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException("--config requires a file, got no file at " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ModelException(
            "--config requires a file of at most 1 MiB, got " + Files.size(file) + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelException("--config requires a text in UTF-8, and " + file + " is none", e);
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + " (--config): " + e.getMessage(), e);
    }
  }

  /**
   * Reads a text.
   *
   * @param name of the file, for messages
   */
  static ConfigFile parse(String name, String text) {
    Optional<Node> root;
    try {
      LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
      root = new Compose(settings).composeReader(new StringReader(text));
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new ConfigException(name + place + ": is no YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new ConfigException(name + ": is no YAML: " + e.getMessage(), e);
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : tuples(name, root.orElse(null))) {
      int line = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ConfigException(
            name + " line " + line + ": requires the name of an option before ':'", null);
      }
      Integer before = lines.putIfAbsent(key.getValue(), line);
      if (before != null) {
        throw new ConfigException(
            name
                + " line "
                + line
                + ": "
                + key.getValue()
                + " stands in line "
                + before
                + " already",
            null);
      }
      entries.add(new Entry(key.getValue(), line, tuple.getValueNode()));
    }
    return new ConfigFile(name, List.copyOf(entries));
  }

  private static List<NodeTuple> tuples(String name, Node root) {
    if (root == null || ConfigValue.isNull(root)) {
      return List.of();
    }
    if (root instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw new ConfigException(
        name
            + " line "
            + line(root)
            + ": requires lines as in 'epochs: 20', got "
            + ConfigValue.kind(root),
        null);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** Returns the start of a message on an entry. */
  String at(Entry entry) {
    return name + " line " + entry.line() + ": ";
  }
}
